//! The tags of a fence, read as rustdoc reads them.

use std::collections::BTreeSet;

/// A Rust edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Edition {
    /// 2015: what rustdoc and mdBook assume where nothing is said.
    #[default]
    E2015,
    /// 2018.
    E2018,
    /// 2021.
    E2021,
    /// 2024.
    E2024,
}

impl Edition {
    /// The edition of that year, if there is one.
    pub fn of(year: &str) -> Option<Edition> {
        match year {
            "2015" => Some(Edition::E2015),
            "2018" => Some(Edition::E2018),
            "2021" => Some(Edition::E2021),
            "2024" => Some(Edition::E2024),
            _ => None,
        }
    }

    /// The year, as rustc's `--edition` wants it.
    pub fn year(self) -> &'static str {
        match self {
            Edition::E2015 => "2015",
            Edition::E2018 => "2018",
            Edition::E2021 => "2021",
            Edition::E2024 => "2024",
        }
    }
}

/// What the tags of a fence say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tags {
    /// rustdoc takes the block for Rust, and tests it.
    pub rust: bool,
    /// `ignore`, or an `ignore-TARGET` that matches this host.
    pub ignore: bool,
    /// `no_run`.
    pub no_run: bool,
    /// `should_panic`.
    pub should_panic: bool,
    /// `compile_fail`.
    pub compile_fail: bool,
    /// `test_harness`.
    pub test_harness: bool,
    /// `edition2021` and its like.
    pub edition: Option<Edition>,
    /// The error codes named: `E0382`.
    pub codes: BTreeSet<String>,
    /// Tags that rustdoc doesn't know, in order.
    pub unknown: Vec<String>,
}

impl Tags {
    /// Reads an info string. `target` is the host's target triple, for `ignore-TARGET`.
    ///
    /// The rules, order among tags included, are those of stable rustdoc's `LangString`: an
    /// unknown tag before the first tag that implies Rust switches testing off.
    pub fn parse(info: &str, target: &str) -> Tags {
        let mut tags = Tags::default();
        let (mut rust, mut other, mut custom) = (false, false, false);
        let Some(tokens) = tokens(info) else {
            return tags;
        };
        let mut ignored_targets = Vec::new();
        for token in tokens {
            // `rust` or not, once a tag that implies it comes first.
            let implied = !other;
            match token {
                "rust" => rust = true,
                "custom" => custom = true,
                "ignore" => (tags.ignore, rust) = (true, implied),
                "no_run" => (tags.no_run, rust) = (true, implied),
                "should_panic" => (tags.should_panic, rust) = (true, implied),
                "compile_fail" => (tags.compile_fail, rust) = (true, implied || rust),
                "test_harness" => (tags.test_harness, rust) = (true, implied || rust),
                "standalone_crate" => rust = implied || rust,
                _ if token.starts_with("ignore-") => {
                    ignored_targets.push(&token["ignore-".len()..]);
                    rust = implied;
                }
                _ if token.starts_with("edition") => {
                    tags.edition = Edition::of(&token["edition".len()..]);
                    if tags.edition.is_none() {
                        tags.unknown.push(token.to_owned());
                    }
                }
                _ => {
                    if is_code(token) {
                        tags.codes.insert(token.to_owned());
                    } else {
                        tags.unknown.push(token.to_owned());
                    }
                    other = true;
                }
            }
        }
        if !ignored_targets.is_empty() {
            tags.ignore = ignored_targets.iter().any(|part| target.contains(part));
        }
        tags.rust = !custom && (!other || rust);
        tags
    }
}

/// Whether it has the form of an error code: E and four digits.
pub fn is_code(tag: &str) -> bool {
    tag.len() == 5 && tag.starts_with('E') && tag[1..].bytes().all(|b| b.is_ascii_digit())
}

/// Tags that make rustdoc test a block, or say what it is to find.
const OF_RUST: [&str; 5] = [
    "rust",
    "compile_fail",
    "should_panic",
    "no_run",
    "test_harness",
];

/// Whether an info string has, anywhere, a tag of rustdoc's that says a block is to be tested.
pub fn speaks_of_rust(info: &str) -> bool {
    // What is quoted is a title or the like.
    let unquoted = info.split('"').step_by(2);
    unquoted
        .flat_map(|part| part.split(|c: char| !(c.is_alphanumeric() || "_-.=".contains(c))))
        .any(|word| OF_RUST.contains(&word))
}

/// What may be meant by a tag that rustdoc doesn't know: it runs the block as if it weren't there.
pub fn meant(tag: &str) -> Option<&'static str> {
    let plain = tag.to_lowercase().replace('-', "_");
    let known = OF_RUST.into_iter().chain(["ignore", "standalone_crate"]);
    let digits = plain.strip_prefix('e').unwrap_or_default();
    if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Some("an error code, E and four digits,");
    }
    known.into_iter().find(|known| *known == plain)
}

/// The tags of an info string; none where rustdoc finds it malformed, and tests nothing.
fn tokens(info: &str) -> Option<Vec<&str>> {
    let separator = |c: char| c == ',' || c == ' ' || c == '\t';
    let mut tokens = Vec::new();
    let mut rest = info.trim();
    while !rest.is_empty() {
        rest = rest.trim_start_matches(separator);
        if let Some(braced) = rest.strip_prefix('{') {
            // Classes (`{.rust}`) and attributes say nothing about testing.
            let (inside, after) = braced.split_once('}')?;
            if inside.contains(['{', '"']) && inside.matches('"').count() % 2 == 1 {
                return None;
            }
            rest = after;
        } else if let Some(comment) = rest.strip_prefix('(') {
            rest = comment.split_once(')')?.1;
        } else if !rest.is_empty() {
            let end = rest.find(separator).unwrap_or(rest.len());
            let token = &rest[..end];
            if token.contains(['{', '}', '"', '=', '(']) {
                return None;
            }
            tokens.push(token);
            rest = &rest[end..];
        }
    }
    Some(tokens)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(info: &str) -> Tags {
        Tags::parse(info, "x86_64-unknown-linux-gnu")
    }

    #[test]
    fn what_rustdoc_tests_is_rust() {
        for info in [
            "",
            "rust",
            "rust,E0382",
            "editable,rust",
            "{.rust}",
            "should_panic",
            "edition2018",
        ] {
            assert!(parse(info).rust, "{info}");
        }
    }

    #[test]
    fn what_rustdoc_skips_is_not_rust() {
        for info in [
            "text",
            "python",
            "E0382,compile_fail",
            "editable,should_panic",
            "rust,title=\"x\"",
            "rust{no_run}",
            "rust,custom",
            "text,output",
        ] {
            assert!(!parse(info).rust, "{info}");
        }
    }

    #[test]
    fn tags_say_what_is_promised() {
        let tags = parse("rust,compile_fail,E0382,E0499,edition2021");
        assert!(tags.compile_fail && tags.rust);
        assert_eq!(tags.codes.iter().collect::<Vec<_>>(), ["E0382", "E0499"]);
        assert_eq!(tags.edition, Some(Edition::E2021));
        assert!(parse("rust,ignore-linux").ignore);
        assert!(!parse("rust,ignore-windows").ignore);
        assert_eq!(parse("rust,should-panic").unknown, ["should-panic"]);
    }
}
