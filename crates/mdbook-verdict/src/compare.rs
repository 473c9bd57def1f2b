//! Compares what a fence promises with what came: `[..]` is any characters, a line `...` any lines.

/// Whether `actual` is what `promised` says, line by line.
///
/// A missing final newline and CRLF make no difference. Takes time in proportion to the product
/// of the two numbers of lines where `...` is used, else to the text's length.
pub fn matches(promised: &str, actual: &str) -> bool {
    lines_match(&lines(promised), &lines(actual))
}

/// The same for lines that may come in any order.
///
/// Lines with `[..]` are paired off after the plain ones, the first that fits.
pub fn matches_in_any_order(promised: &str, actual: &str) -> bool {
    let (mut promised, mut rest) = (lines(promised), lines(actual));
    if promised.len() != rest.len() {
        return false;
    }
    promised.sort_by_key(|line| line.contains("[..]"));
    promised.iter().all(|line| {
        let found = rest.iter().position(|came| line_matches(line, came));
        found.map(|at| rest.remove(at)).is_some()
    })
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().collect()
}

fn lines_match(promised: &[&str], actual: &[&str]) -> bool {
    match promised.split_first() {
        None => actual.is_empty(),
        Some((&"...", rest)) => (0..=actual.len()).any(|skip| lines_match(rest, &actual[skip..])),
        Some((line, rest)) => actual
            .split_first()
            .is_some_and(|(came, others)| line_matches(line, came) && lines_match(rest, others)),
    }
}

fn line_matches(promised: &str, came: &str) -> bool {
    let mut parts = promised.split("[..]");
    let Some(mut rest) = came.strip_prefix(parts.next().unwrap_or_default()) else {
        return false;
    };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_must_be_equal_but_for_line_ends() {
        assert!(matches("a\nb", "a\r\nb\n"));
        assert!(!matches("a\nb", "a\nb\nc"));
        assert!(!matches("a", "a "));
        assert!(!matches("", "a"));
    }

    #[test]
    fn wildcards_stand_for_characters_and_lines() {
        assert!(matches(
            "thread [..] panicked at [..]:",
            "thread 7 panicked at x.rs:1:"
        ));
        assert!(!matches("thread [..]!", "thread 7"));
        assert!(matches("[..]", "x") && matches("a[..]", "a"));
        assert!(matches("a\n...\nd", "a\nb\nc\nd"));
        assert!(matches("a\n...\nd", "a\nd"));
        assert!(!matches("a\n...\nd", "a\nb"));
    }

    #[test]
    fn any_order_still_counts_every_line() {
        assert!(matches_in_any_order("a\nb\nb", "b\na\nb"));
        assert!(!matches_in_any_order("a\nb\nb", "b\na\na"));
        assert!(!matches_in_any_order("a\nb", "a\nb\nb"));
        assert!(matches_in_any_order("n [..]\nn 1", "n 1\nn 2"));
    }
}
