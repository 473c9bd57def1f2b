//! What a mistyped name was meant to be.

/// The name among `known` that `word` most likely was meant to be; none if it is like none.
///
/// Case, and what stands between words, make no difference; of other letters about one in four may
/// be wrong.
pub(crate) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word = plain(word);
    let near = known.into_iter().filter_map(|name| {
        let other = plain(name);
        let distance = strsim::osa_distance(&word, &other);
        let allowed = word.len().min(other.len()).div_ceil(4);
        (distance <= allowed && distance < other.len()).then_some((distance, name))
    });
    near.min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Whether two names differ in case, or in what stands between their words, at most.
pub(crate) fn alike(one: &str, other: &str) -> bool {
    plain(one) == plain(other)
}

fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| !matches!(c, '-' | '_' | ' '));
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_seen_and_another_word_is_not() {
        let known = ["should_panic", "no_run", "ignore"];
        for (word, meant) in [
            ("should_panik", Some("should_panic")),
            ("ShouldPanic", Some("should_panic")),
            ("shuold-pnaic", Some("should_panic")),
            ("norun", Some("no_run")),
            ("ingore", Some("ignore")),
            ("ignored", Some("ignore")),
            ("should_we", None),
            ("editable", None),
            ("run", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, known), meant, "{word}");
        }
    }
}
