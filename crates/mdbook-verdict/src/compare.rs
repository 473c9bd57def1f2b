//! Compares what a fence promises with what came: `[..]` is any characters, a line `...` any lines.

use std::collections::BTreeMap;

/// Whether `actual` is what `promised` says, line by line.
///
/// A missing final newline and CRLF make no difference. Takes time in proportion to the product
/// of the two numbers of lines where `...` is used, else to the text's length.
pub fn matches(promised: &str, actual: &str) -> bool {
    lines_match(&lines(promised), &lines(actual))
}

/// The same for lines that may come in any order.
///
/// Takes time in proportion to the cube of the number of lines with `[..]`.
pub fn matches_in_any_order(promised: &str, actual: &str) -> bool {
    let (promised, actual) = (lines(promised), lines(actual));
    if promised.len() != actual.len() {
        return false;
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for line in actual {
        *counts.entry(line).or_default() += 1;
    }
    let (wild, plain): (Vec<_>, Vec<_>) =
        promised.into_iter().partition(|line| line.contains("[..]"));
    for line in plain {
        match counts.get_mut(line) {
            Some(count @ 1..) => *count -= 1,
            _ => return false,
        }
    }
    let rest: Vec<&str> = counts
        .iter()
        .flat_map(|(line, count)| std::iter::repeat_n(*line, *count))
        .collect();
    let mut taken_by = vec![None; rest.len()];
    (0..wild.len()).all(|line| {
        let mut tried = vec![false; rest.len()];
        pair(line, &wild, &rest, &mut taken_by, &mut tried)
    })
}

/// Finds a line that came for a promised one; others move on to another that fits them too.
fn pair(
    line: usize,
    promised: &[&str],
    actual: &[&str],
    taken_by: &mut [Option<usize>],
    tried: &mut [bool],
) -> bool {
    for came in 0..actual.len() {
        if tried[came] || !line_matches(promised[line], actual[came]) {
            continue;
        }
        tried[came] = true;
        let free = match taken_by[came] {
            None => true,
            Some(other) => pair(other, promised, actual, taken_by, tried),
        };
        if free {
            taken_by[came] = Some(line);
            return true;
        }
    }
    false
}

/// The lines of a text; an empty text is one empty line.
fn lines(text: &str) -> Vec<&str> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.split('\n')
        .map(|line| line.strip_suffix('\r').unwrap_or(line))
        .collect()
}

fn lines_match(promised: &[&str], actual: &[&str]) -> bool {
    let (mut line, mut came) = (0, 0);
    // The last `...` met, and how far it reaches: it grows where what follows doesn't fit.
    let mut any: Option<(usize, usize)> = None;
    while came < actual.len() {
        match promised.get(line) {
            Some(&"...") => {
                any = Some((line, came));
                line += 1;
                continue;
            }
            Some(wanted) if line_matches(wanted, actual[came]) => {
                (line, came) = (line + 1, came + 1);
                continue;
            }
            _ => {}
        }
        let Some((start, reach)) = any else {
            return false;
        };
        any = Some((start, reach + 1));
        (line, came) = (start + 1, reach + 1);
    }
    promised[line..].iter().all(|rest| *rest == "...")
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
        assert!(matches("...\nb\n...\nb", "b\na\nb\na\nb"));
        assert!(matches("a\n...", "a"));
    }

    #[test]
    fn any_order_still_counts_every_line() {
        assert!(matches_in_any_order("a\nb\nb", "b\na\nb"));
        assert!(!matches_in_any_order("a\nb\nb", "b\na\na"));
        assert!(!matches_in_any_order("a\nb", "a\nb\nb"));
        assert!(matches_in_any_order("n [..]\nn 1", "n 1\nn 2"));
        assert!(matches_in_any_order("[..]a[..]\n[..]b", "ab\nxa"));
        assert!(!matches_in_any_order("[..]a[..]\n[..]a", "ab\nxb"));
    }
}
