//! The tags of a fence, read as rustdoc reads them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::fence::FenceTag;
use crate::near;

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

/// The other words that rustdoc knows.
const FURTHER: [&str; 2] = ["ignore", "standalone_crate"];

/// What may be meant by a tag that rustdoc doesn't know: it runs the block as if it weren't there.
pub fn meant(tag: &str) -> Option<String> {
    let lower = tag.to_lowercase();
    // A letter O for a zero, too few digits, or too many.
    let digits = lower.strip_prefix('e').unwrap_or(&lower).replace('o', "0");
    if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
        let edition = !lower.starts_with('e') && Edition::of(&digits).is_some();
        return Some(match edition {
            true => format!("edition{digits}"),
            false => "an error code, E and four digits,".to_owned(),
        });
    }
    edition_meant(&lower).or_else(|| {
        let known = OF_RUST.into_iter().chain(FURTHER);
        near::nearest(tag, known.filter(|known| *known != "rust")).map(str::to_owned)
    })
}

/// `edition2021` for `rust2021`, `edition-2021` and `Edition2021`.
fn edition_meant(lower: &str) -> Option<String> {
    let year = lower.get(lower.len().checked_sub(4)?..)?;
    let before = lower[..lower.len() - 4].trim_end_matches(['-', '_', '=']);
    (Edition::of(year).is_some() && ["edition", "rust"].contains(&before))
        .then(|| format!("edition{year}"))
}

/// A fence that isn't checked, though its tags look as if it was to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// What it seems to be.
    pub seems: &'static str,
    /// Why it isn't.
    pub why: String,
}

/// Whether, and why, a fence that is neither Rust nor a result fence looks like one.
pub fn lost(info: &str) -> Option<Lost> {
    if let Some(meant) = FenceTag::meant(info) {
        return Some(Lost {
            seems: "what comes of a block",
            why: format!("a fence with these tags is compared with nothing: is `{meant}` meant?"),
        });
    }
    let words = words(info);
    let spoken = words.iter().any(|word| OF_RUST.contains(word));
    let cause = match tokens(info) {
        Some(tokens) if tokens.contains(&"custom") && spoken => {
            "`custom` says that it is another language".to_owned()
        }
        // That it isn't tested is what it asks for.
        Some(tokens) if tokens.contains(&"ignore") => return None,
        Some(tokens) if spoken => {
            let stranger = tokens.iter().position(|token| !is_rustdocs(token))?;
            let (first, behind) = (tokens[stranger], &tokens[stranger + 1..]);
            let undone = behind.iter().find(|token| is_rustdocs(token))?;
            format!(
                "`{first}` stands before `{undone}`; what rustdoc doesn't know, and codes, must come behind what it knows"
            )
        }
        None if spoken => {
            let odd = info.split([',', ' ', '\t']).find(|part| part.contains(ODD));
            format!("rustdoc can't read `{}`", odd.unwrap_or(info))
        }
        _ => {
            let first = words.first()?;
            let names_rust = near::alike(first, "rust") || ["rs", "rustlang"].contains(first);
            let meant = match names_rust {
                true => "rust".to_owned(),
                false => language_meant(first, &words)?,
            };
            format!("is `{meant}` meant?")
        }
    };
    Some(Lost {
        seems: "a block of Rust",
        why: format!(
            "rustdoc doesn't test a block with these tags, and nor is it tested here: {cause}"
        ),
    })
}

/// Whether rustdoc takes a tag for a word about testing.
fn is_rustdocs(tag: &str) -> bool {
    let known = OF_RUST.contains(&tag) || FURTHER.contains(&tag);
    known || tag.starts_with("ignore-") || tag.starts_with("edition")
}

/// What may be meant by the tags of a fence whose language, `first`, isn't Rust.
fn language_meant(first: &str, words: &[&str]) -> Option<String> {
    if let Some(edition) = edition_meant(&first.to_lowercase()) {
        return Some(format!("rust,{edition}"));
    }
    let known = || OF_RUST.into_iter().chain(FURTHER);
    let like_first = near::nearest(first, known().filter(|known| *known != "rust"));
    // Behind another language only what can hardly be chance counts.
    let like_any = || known().find(|known| words.iter().any(|word| near::alike(word, known)));
    let like_any = || like_any().filter(|tag| !["rust", "ignore"].contains(tag));
    let tag = like_first.or_else(like_any)?;
    Some(format!("rust,{tag}"))
}

/// The words of an info string; what is quoted is a title or the like.
fn words(info: &str) -> Vec<&str> {
    let unquoted = info.split('"').step_by(2);
    unquoted
        .flat_map(|part| part.split(|c: char| !(c.is_alphanumeric() || "_-.=".contains(c))))
        .filter(|word| !word.is_empty())
        .collect()
}

/// What no tag can hold: rustdoc tests nothing where it meets one.
const ODD: [char; 5] = ['{', '}', '"', '=', '('];

/// The tags of an info string; none where rustdoc finds it malformed, and tests nothing.
fn tokens(info: &str) -> Option<Vec<&str>> {
    fn regex(pattern: &str) -> Regex {
        Regex::new(pattern).expect("a valid regex")
    }
    // Classes (`{.rust}`), attributes and notes in brackets say nothing about testing.
    static SKIPPED: LazyLock<Regex> = LazyLock::new(|| {
        let word = r"[A-Za-z0-9_:\-][A-Za-z0-9_:.!#$%&*+/;<>?@^|~\-]*";
        let attribute = format!(
            r#"(?:\.[A-Za-z0-9_:.!#$%&*+/;<>?@^|~\-]+|(?:"[^"]*"|{word})=(?:"[^"]*"|{word}))"#
        );
        let block = format!(r"\{{[, \t]*(?:{attribute}(?:[, \t]+{attribute})*[, \t]*)?\}}");
        regex(&format!(r"^(?:{block}|\([^)]*\))"))
    });
    static QUOTED: LazyLock<Regex> = LazyLock::new(|| regex(r#"^"([^"]*)""#));
    static WORD: LazyLock<Regex> =
        LazyLock::new(|| regex(r"^[A-Za-z0-9_:\-][A-Za-z0-9_:.!#$%&*+/;<>?@^|~\-]*"));
    let separator = |c: char| c == ',' || c == ' ' || c == '\t';
    let mut tokens = Vec::new();
    let mut rest = info.trim();
    loop {
        rest = rest.trim_start_matches(separator);
        if rest.is_empty() {
            return Some(tokens);
        }
        if let Some(skipped) = SKIPPED.find(rest) {
            rest = &rest[skipped.end()..];
        } else if let Some(quoted) = QUOTED.captures(rest) {
            tokens.push(quoted.get(1)?.as_str());
            rest = &rest[quoted[0].len()..];
        } else {
            let (word, after) = rest.split_at(WORD.find(rest)?.end());
            match after.chars().next() {
                // rustdoc forgets a word that attributes follow.
                Some('{') => {}
                Some(c) if c != '(' && !separator(c) => return None,
                _ => tokens.push(word),
            }
            rest = after;
        }
    }
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

    #[test]
    fn a_mistyped_tag_is_understood() {
        for (tag, known) in [
            ("should_panik", "should_panic"),
            ("compile-fail", "compile_fail"),
            ("compilefail", "compile_fail"),
            ("NoRun", "no_run"),
            ("ignored", "ignore"),
            ("test-harness", "test_harness"),
            ("rust2021", "edition2021"),
            ("edition-2018", "edition2018"),
            ("2024", "edition2024"),
            ("EO382", "an error code, E and four digits,"),
            ("0382", "an error code, E and four digits,"),
        ] {
            assert_eq!(meant(tag).as_deref(), Some(known), "{tag}");
        }
        for tag in [
            "editable",
            "noplayground",
            "mdbook-runnable",
            "does_not_compile",
            "panics",
            "edition2042",
            "explore",
            "e",
        ] {
            assert_eq!(meant(tag), None, "{tag}");
        }
    }

    #[test]
    fn a_fence_that_is_lost_is_told_why() {
        for (info, why) in [
            (
                "editable,should_panic",
                "`editable` stands before `should_panic`",
            ),
            ("rust,editable,no_run", "`editable` stands before `no_run`"),
            ("E0382,compile_fail", "`E0382` stands before `compile_fail`"),
            ("rust,title=\"x\"", "can't read `title=\"x\"`"),
            ("rust,custom", "`custom` says"),
            ("Rust", "is `rust` meant?"),
            ("rs,should_panic", "`rs` stands before `should_panic`"),
            ("rs", "is `rust` meant?"),
            ("rust2021", "is `rust,edition2021` meant?"),
            ("should_panik", "is `rust,should_panic` meant?"),
            ("editable,compile-fail", "is `rust,compile_fail` meant?"),
            ("text,ouput", "is `text,output` meant?"),
            ("text, output", "is `text,output` meant?"),
            ("text,stdout", "is `text,output` meant?"),
            ("text,diagnostics", "is `text,diagnostic` meant?"),
        ] {
            let lost = lost(info).unwrap_or_else(|| panic!("{info} isn't lost"));
            assert!(lost.why.contains(why), "{info}: {}", lost.why);
        }
        for info in [
            "ron",
            "rst",
            "ruby",
            "text",
            "text,result",
            "text output",
            "console,ignored",
            "toml",
            "r",
            "gitignore",
            "text,any",
            "rust,editable,ignore",
        ] {
            assert_eq!(lost(info), None, "{info}");
        }
    }
}
