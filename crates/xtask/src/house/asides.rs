//! Asides are short, in chapters, and each stands behind its paragraph.

use std::path::Path;

use regex::Regex;

use super::pages;

/// More is no aside.
const WORDS: usize = 45;

/// More on one page would talk over the text.
const ON_A_PAGE: usize = 4;

/// What is wrong with the asides of a page.
fn faults(path: &Path, text: &str) -> Vec<String> {
    let opening = "```admonish aside";
    let mut faults = Vec::new();
    let mut count = 0;
    let mut before = "";
    let mut lines = text.lines().enumerate().peekable();
    while let Some((number, line)) = lines.next() {
        let Some(rest) = line.trim_start().strip_prefix(opening) else {
            if !line.trim().is_empty() {
                before = line;
            }
            continue;
        };
        count += 1;
        let mut fault =
            |what: String| faults.push(format!("{}:{}: {what}", path.display(), number + 1));
        if line.len() != opening.len() {
            fault(format!("an aside has no title and no indent: {rest}"));
        }
        if !is_prose(before) {
            fault(format!(
                "an aside stands behind a paragraph, and not behind `{before}`"
            ));
        }
        let inside: Vec<&str> = lines
            .by_ref()
            .map(|(_, line)| line)
            .take_while(|line| !line.starts_with("```"))
            .collect();
        before = "```";
        if !inside.iter().all(|line| is_prose(line)) {
            fault("an aside is one paragraph".to_owned());
        }
        let words = words(&inside.join(" "));
        if words > WORDS {
            fault(format!("an aside of {words} words; {WORDS} at most"));
        }
    }
    if count > ON_A_PAGE {
        faults.push(format!(
            "{}: {count} asides; {ON_A_PAGE} at most",
            path.display()
        ));
    }
    if count > 0 && path.starts_with("reference") {
        faults.push(format!("{}: asides are for chapters", path.display()));
    }
    faults
}

/// A line of a paragraph: no code, heading, list, table, quote or HTML.
fn is_prose(line: &str) -> bool {
    let other = ["```", "~~~", "#", "- ", "* ", "+ ", "|", ">", "<", "    "];
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = numbered.len() < line.len() && numbered.starts_with(". ");
    !line.trim().is_empty() && !other.iter().any(|start| line.starts_with(start)) && !numbered
}

/// As a reader counts them: a link's address is none.
fn words(text: &str) -> usize {
    let address = Regex::new(r"\]\([^)]*\)").unwrap();
    address.replace_all(text, "]").split_whitespace().count()
}

#[test]
fn asides_are_short_and_stand_behind_their_paragraphs() {
    let mut asides = 0;
    for page in pages() {
        let text = &page.chapter.source.text;
        let faults = faults(&page.chapter.path, text);
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        asides += text.matches("\n```admonish aside\n").count();
    }
    assert!(asides >= 25, "{asides} asides");
}

#[test]
fn each_fault_of_an_aside_is_found() {
    let found = |path: &str, text: &str| faults(Path::new(path), text).join("\n");
    let aside = |inside: &str| format!("Text.\n\n```admonish aside\n{inside}\n```\n");
    let sound = aside(&format!(
        "{}[word](https://example.org/a_b)",
        "word ".repeat(44)
    ));
    assert_eq!(found("a.md", &sound), "");

    let long = aside(&"word ".repeat(46));
    assert_eq!(
        found("a.md", &long),
        "a.md:3: an aside of 46 words; 45 at most"
    );
    assert!(found("a.md", &sound.repeat(5)).contains("5 asides; 4 at most"));
    assert!(found("reference/a.md", &sound).contains("asides are for chapters"));
    for before in [
        "# Heading",
        "- item",
        "| cell |",
        "1. item",
        "```",
        "</div>",
    ] {
        let lost = sound.replace("Text.", before);
        assert!(
            found("a.md", &lost).contains("behind a paragraph"),
            "{before}"
        );
    }
    let two = format!("{sound}\n{}", sound.strip_prefix("Text.\n\n").unwrap());
    assert!(
        found("a.md", &two).contains("behind a paragraph"),
        "two in a row"
    );
    for inside in ["- item", "Text.\n\nMore.", "    code", "~~~rust\ncode\n~~~"] {
        assert!(
            found("a.md", &aside(inside)).contains("one paragraph"),
            "{inside}"
        );
    }
    let titled = sound.replace("aside\n", "aside title=\"Loud\"\n");
    assert!(found("a.md", &titled).contains("no title"));
}
