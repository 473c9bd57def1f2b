//! Each fault, planted, and refused at its place. Beside each, that
//! mdbook-admonish alone lets it pass, or what close by is right.

use crate::book::Book;
use admonish::Rule;
use serde_json::{Value, json};

/// The lines and rules of a chapter's faults.
fn faults(text: &str) -> Vec<(usize, Rule)> {
    let faults = Book::of(text).faults();
    let place = |fault: admonish::Fault| {
        assert_eq!(fault.file, "src/chapter.md");
        assert!(!fault.expanded);
        (fault.line, fault.rule)
    };
    faults.into_iter().map(place).collect()
}

/// Refused for one fault; which, and at what line.
fn fault(text: &str) -> (usize, Rule) {
    let mut faults = faults(text);
    assert_eq!(faults.len(), 1, "{text}\n{faults:?}");
    faults.remove(0)
}

/// What mdbook-admonish alone makes of it, if it lets it pass.
fn passes_in_mdbook_admonish(text: &str) -> Option<String> {
    use mdbook::preprocess::{CmdPreprocessor, Preprocessor};
    let input = admonish::to_mdbook_04(&Book::of(text).input("html")).expect("converted");
    let (context, book) = CmdPreprocessor::parse_input(input.to_string().as_bytes()).expect("read");
    let book = mdbook_admonish::Admonish.run(&context, book).ok()?;
    let book = serde_json::to_value(book).expect("JSON");
    let text = book.pointer("/sections/0/Chapter/content");
    text.and_then(Value::as_str).map(str::to_owned)
}

#[test]
fn a_kind_that_nobody_declared() {
    let text = "# A\n\n```admonish waning title=\"note\"\nText.\n```\n";
    assert_eq!(fault(text), (3, Rule::UnknownKind("waning".into())));
    let note = passes_in_mdbook_admonish(text).expect("passes");
    assert!(note.contains("admonish-note"));
    for info in [
        "type=\"waning\"",
        "type = 'waning', title=\"warning\"",
        "title=\"tip\" type=\"waning\"",
        "waning.note",
        "waning \"note\"",
        "waning collapsible=true",
    ] {
        let text = format!("~~~admonish {info}\nText.\n~~~\n");
        assert_eq!(
            fault(&text),
            (1, Rule::UnknownKind("waning".into())),
            "{info}"
        );
    }
    let spaced = "```admonish type=\"my own\"\nText.\n```\n";
    assert_eq!(fault(spaced), (1, Rule::UnknownKind("my own".into())));
}

#[test]
fn every_kind_of_mdbook_admonish_and_of_the_book_is_known() {
    let kinds = "note abstract summary tldr info todo tip hint important success check done \
        question help faq warning caution attention failure fail missing danger error bug \
        example quote cite mine my-own ours older";
    let mut text = "```admonish\nThe kind that has no name.\n```\n\n".to_owned();
    for kind in kinds.split_whitespace() {
        text += &format!("```admonish {kind} title=\"waning\"\nText.\n```\n\n");
    }
    let book = Book::of(&text)
        .with(
            "directive",
            json!({ "custom": { "mine": {
                "icon": "a.svg", "color": "#123456", "aliases": ["my-own"], "title": "Mein",
            }}}),
        )
        .with(
            "custom",
            json!([{ "directive": "ours", "icon": "a.svg", "color": "#123456", "aliases": ["older"] }]),
        );
    let page = book.page();
    assert_eq!(page.matches("class=\"admonition admonish-").count(), 32);
    assert!(page.contains("<span class=\"admonition-kind\">Mein</span>"));
    // Without the configuration the same words are faults.
    assert_eq!(Book::of(&text).faults().len(), 4);
}

#[test]
fn words_that_cannot_be_read() {
    let (line, rule) = fault("A\n\n```admonish note title=Unquoted\nText.\n```\n");
    assert_eq!(line, 3);
    assert!(matches!(rule, Rule::Syntax(why) if why.contains("TOML parsing error")));
    let (line, rule) = fault("```admonish note, title=\"A\"\nText.\n```\n");
    assert_eq!(line, 1);
    assert!(matches!(rule, Rule::Syntax(why) if why.contains("'note,' is not a valid directive")));
    // Also where the book asks for no more than a red box.
    let book = Book::of("```admonish note title=Unquoted\nText.\n```\n");
    assert_eq!(book.with("on_failure", json!("continue")).faults().len(), 1);
}

#[test]
fn a_setting_that_does_not_exist() {
    let text = "```admonish note titel=\"The rule\", id=\"a\"\nText.\n```\n";
    assert_eq!(fault(text), (1, Rule::UnknownSetting("titel".into())));
    assert!(passes_in_mdbook_admonish(text).is_some());
    let right = "```admonish note title=\"x = 1, 'y' = \\\\\"2 = 3\\\\\"\", class=\"a b\", collapsible=false, id='c'\nText.\n```\n";
    Book::of(right).page();
}

#[test]
fn a_word_that_mdbook_admonish_takes_for_a_language() {
    for word in [
        "admonish,note",
        "Admonish note",
        "admonition note",
        "admonish\tnote",
        "admonish:tip",
    ] {
        let text = format!("```{word}\nText.\n```\n");
        let (line, rule) = fault(&text);
        assert!(
            line == 1 && matches!(rule, Rule::NotSeen(_)),
            "{word}: {rule:?}"
        );
        assert_eq!(passes_in_mdbook_admonish(&text), Some(text), "stays code");
    }
}

#[test]
fn a_definition_that_only_mdbook_reads_as_one() {
    let text = "Lock\n: A thing.\n\n    ```admonish note\n    Text.\n    ```\n";
    let text_marker = "Lock\n: ```admonish note\n  Text.\n  ```\n";
    for (text, line) in [(text, 4), (text_marker, 2)] {
        let (found, rule) = fault(text);
        assert!(
            found == line && matches!(rule, Rule::NotSeen(_)),
            "{rule:?}"
        );
        assert!(
            !passes_in_mdbook_admonish(text)
                .expect("passes")
                .contains("<div")
        );
    }
}

#[test]
fn without_definition_lists_it_is_indented_code_to_both() {
    let text = "Lock\n: A thing.\n\n    ```admonish note\n    Text.\n    ```\n";
    let mut input = Book::of(text).input("html");
    input[0]["config"]["output"] = json!({ "html": { "definition-lists": false } });
    assert_eq!(admonish::run_json(&input).expect("no fault"), input[1]);
}

#[test]
fn inside_raw_html_it_would_be_plain_text() {
    let text = "<div class=\"compare\">\n```admonish note\nText.\n```\n</div>\n";
    let (line, rule) = fault(text);
    let why = "raw HTML; leave an empty line";
    assert!(line == 2 && rule.to_string().contains(why), "{rule}");
    // With an empty line it is Markdown again; in a comment it is gone on purpose.
    Book::of("<div>\n\n```admonish note\nText.\n```\n\n</div>\n").page();
    Book::of("<!--\n```admonish nonsense\nText.\n```\n-->\n").page();
}

#[test]
fn a_backtick_in_the_title_makes_it_no_fence() {
    let text = "- A\n\n  ````admonish note title=\"What `Send` means\"\n  Text.\n  ````\n";
    // The closing line opens a fence of its own.
    let (line, rule) = fault(text);
    assert!(
        line == 3 && matches!(rule, Rule::NotSeen(why) if why.contains("~~~")),
        "{rule:?}"
    );
    assert_eq!(passes_in_mdbook_admonish(text).as_deref(), Some(text));
    let tildes = text.replace("````", "~~~");
    assert!(Book::of(&tildes).page().contains("What `Send` means"));
    let numbered = text.replace("- A\n\n  ", "\n1. ").replace("\n  ", "\n   ");
    assert_eq!(fault(&numbered).0, 2);
    let sentence = "```admonish note``` is how it begins.\n";
    assert_eq!(Book::of(sentence).page(), sentence);
}

#[test]
fn what_shows_how_to_write_an_admonition_is_left_alone() {
    for text in [
        "````markdown\n```admonish nonsense\nText.\n```\n````\n",
        "    ```admonish nonsense\n    Text.\n    ```\n",
        "<pre>\n```admonish nonsense\n</pre>\n",
        "Write `admonish`.\n\n```admirable\nText.\n```\n",
    ] {
        assert_eq!(Book::of(text).page(), text);
    }
}

#[test]
fn an_admonition_inside_an_admonition() {
    let text =
        "A\n\n`````admonish note\nText.\n\n````admonish tip\n```rust\n1;\n```\n````\n`````\n";
    assert_eq!(fault(text), (6, Rule::Nested));
    let page = passes_in_mdbook_admonish(text).expect("passes");
    assert!(page.contains("````admonish tip"), "stays code");
}

#[test]
fn in_a_quote_the_box_would_fall_out() {
    let text = "A\n\n> ```admonish note\n> Text.\n> ```\n";
    assert_eq!(fault(text), (3, Rule::FallsOut("quote")));
    assert!(passes_in_mdbook_admonish(text).is_some());
    let listed = "- a\n\n  > b\n  >\n  > ```admonish note\n  > Text.\n  > ```\n";
    assert_eq!(fault(listed), (5, Rule::FallsOut("quote")));
    let alert = "> [!NOTE]\n> ```admonish note\n> Text.\n> ```\n";
    assert_eq!(fault(alert), (2, Rule::FallsOut("quote")));
}

#[test]
fn in_a_list_the_box_falls_out_where_its_indent_is_lost() {
    // A tab is taken for one space.
    let tab = "- a\n\n\t```admonish note\n\tText.\n\t```\n";
    assert_eq!(fault(tab), (3, Rule::FallsOut("list")));
    // In a chapter's first line the indent is taken for none.
    let first = "- ```admonish note\n  Text.\n  ```\n";
    assert_eq!(fault(first), (1, Rule::FallsOut("list")));
    assert!(passes_in_mdbook_admonish(tab).is_some());
    assert!(passes_in_mdbook_admonish(first).is_some());
}

#[test]
fn in_a_list_indented_by_spaces_all_is_well() {
    for text in [
        "1. a\n\n   ```admonish note\n   Text.\n   ```\n\n2. b\n",
        "\n- ```admonish note\n  Text.\n  ```\n- b\n",
        "- a\n  - b\n\n    ```admonish note\n    Text.\n    ```\n    c\n",
        "a[^1]\n\n[^1]: b\n\n    ```admonish note\n    Text.\n    ```\n",
    ] {
        let page = Book::of(text).page();
        assert!(page.contains("admonish-note"), "{page}");
    }
}

#[test]
fn a_fence_that_is_never_closed() {
    let text = "A\n\n```admonish note\nThe text";
    assert_eq!(fault(text), (3, Rule::Unclosed));
    let page = passes_in_mdbook_admonish(text).expect("passes");
    assert!(page.contains("\nThe tex\n"), "a letter is lost: {page}");
    let panics = "```admonish note\n\n\n";
    assert_eq!(fault(panics), (1, Rule::Unclosed));
    assert!(std::panic::catch_unwind(|| passes_in_mdbook_admonish(panics)).is_err());
}

#[test]
fn a_fence_that_the_rust_inside_it_closes() {
    let text = "A\n\n```admonish note\nText.\n\n```rust\nfn main() {}\n```\n```\n\nB\n";
    assert_eq!(fault(text), (3, Rule::ClosedEarly));
    assert!(passes_in_mdbook_admonish(text).is_some());
    let listed = "```admonish note\n- a\n  ```rust\n  fn main() {}\n  ```\n```\n";
    assert_eq!(fault(listed), (1, Rule::ClosedEarly));
    let tildes = "~~~admonish note\n~~~rust\nfn main() {}\n~~~\n~~~\n";
    assert_eq!(fault(tildes), (1, Rule::ClosedEarly));
    // More backticks, or other marks, and it holds.
    Book::of("````admonish note\n```rust\nfn main() {}\n```\n````\n").page();
    Book::of("~~~admonish note\n```rust\nfn main() {}\n```\n~~~\n").page();
}

#[test]
fn a_fence_that_a_nameless_fence_inside_it_closes() {
    let text = "```admonish note\nText.\n```\nshown\n```\n";
    assert_eq!(fault(text), (5, Rule::StrayFence));
    assert!(passes_in_mdbook_admonish(text).is_some());
}

#[test]
fn rust_that_the_tests_would_not_see() {
    let text = "A\n\n````admonish note\nText.\n\n```rust\nfn main() {}\n```\n````\n";
    let hidden = |book: Book| {
        let mut faults = book.faults();
        assert_eq!(faults.len(), 1);
        let fault = faults.remove(0);
        assert_eq!(fault.line, 6, "the line of the Rust");
        match fault.rule {
            Rule::HiddenRust(why) => why,
            other => panic!("{other:?}"),
        }
    };
    for unset in [json!({}), json!({ "test": { "render_mode": "preserve" } })] {
        let why = hidden(Book::of(text).with("renderer", unset));
        assert!(why.contains("render_mode = \"strip\""), "{why}");
    }
    let why = hidden(Book::of(text).with("renderers", json!(["html"])));
    assert!(why.contains("doesn't name \"test\""), "{why}");
    // What nobody tests can't be hidden.
    let ignored = text.replace("rust", "rust,ignore");
    Book::of(&ignored).with("renderer", json!({})).page();
}

#[test]
fn rust_that_stripping_would_lose() {
    // rustdoc knows no definition lists: to it this is indented code.
    let text = "````admonish note\nLock\n: A thing.\n\n    ```rust\n    1;\n    ```\n````\n";
    let (line, rule) = fault(text);
    assert!(line == 5 && matches!(rule, Rule::HiddenRust(_)), "{rule:?}");
    assert!(passes_in_mdbook_admonish(text).is_some());
    // That the same text is tested elsewhere doesn't count.
    let twice = format!("{text}\n```rust\n1;\n```\n");
    assert_eq!(faults(&twice).len(), 1);
    // A comment that the fence had ended goes on to the end of the chapter.
    let text = "```admonish note\n<!--\n```\n\n```rust\n1;\n```\n\n```rust\n1;\n```\n";
    let faults = faults(text);
    assert_eq!(
        faults.iter().map(|(line, _)| *line).collect::<Vec<_>>(),
        [5, 9]
    );
    assert!(
        faults
            .iter()
            .all(|(_, rule)| matches!(rule, Rule::HiddenRust(_)))
    );
}

#[test]
fn an_id_that_is_already_on_the_page() {
    let twice = "```admonish note id=\"a\"\nText.\n```\n\n```admonish tip id=\"a\"\nText.\n```\n";
    assert_eq!(fault(twice), (5, Rule::Id("a".into())));
    assert!(passes_in_mdbook_admonish(twice).is_some());
    for text in [
        "# The rule\n\n```admonish note id=\"the-rule\"\nText.\n```\n",
        "# A {#the-rule}\n\n```admonish note id=\"the-rule\"\nText.\n```\n",
        "<p id=\"the-rule\"></p>\n\n```admonish note id=\"the-rule\"\nText.\n```\n",
    ] {
        assert_eq!(fault(text), (3, Rule::Id("the-rule".into())));
    }
}

#[test]
fn an_id_that_html_cannot_hold() {
    for id in ["", "a b", "a<b"] {
        let text = format!("```admonish note id=\"{id}\"\nText.\n```\n");
        assert_eq!(fault(&text), (1, Rule::Id(id.into())));
    }
}

#[test]
fn all_faults_of_all_chapters_come_at_once() {
    let bad = "```admonish waning\nText.\n```\n\n> ```admonish note\n> Text.\n> ```\n";
    let quoted = "> ```admonish note\n> Text.\n> ```\n";
    let book = Book::of("```admonish,note\nText.\n```\n\n```admonish nte\nText.\n```\n")
        .chapter("right.md", "```admonish note\nText.\n```\n")
        .chapter("part/quoted.md", quoted)
        .chapter("bad.md", bad);
    let places: Vec<String> = book
        .faults()
        .iter()
        .map(|fault| format!("{}:{}", fault.file, fault.line))
        .collect();
    let expected = [
        "src/chapter.md:1",
        "src/chapter.md:5",
        "src/part/quoted.md:1",
        "src/bad.md:1",
    ];
    assert_eq!(places, expected);
}

#[test]
fn the_file_is_named_from_the_books_root() {
    let mut input = Book::of("```admonish waning\nText.\n```\n").input("html");
    input[0]["config"]["book"]["src"] = json!("text/en");
    let message = admonish::run_json(&input).expect_err("refused").to_string();
    assert!(
        message.starts_with("text/en/chapter.md:1: `waning`"),
        "{message}"
    );
}

#[test]
fn the_line_is_the_files_where_includes_have_moved_it() {
    let book = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(book.path().join("src")).expect("a folder");
    let write = |text: &str| std::fs::write(book.path().join("src/chapter.md"), text);
    write("# A\n\n{{#include long.rs}}\n\n```admonish waning\nText.\n```\n").expect("written");
    let expanded = "# A\n\n1\n2\n3\n4\n\n```admonish waning\nText.\n```\n";
    let mut input = Book::of(expanded).input("html");
    input[0]["root"] = json!(book.path());
    let message = |input: &Value| admonish::run_json(input).expect_err("refused").to_string();
    assert!(
        message(&input).starts_with("src/chapter.md:5: `waning`"),
        "{}",
        message(&input)
    );

    // The admonition itself comes from the include.
    write("# A\n\n{{#include all.md}}\n").expect("written");
    let found = message(&input);
    assert!(found.starts_with("src/chapter.md:8: `waning`"), "{found}");
    assert!(
        found.contains("(the line is counted after includes are expanded)"),
        "{found}"
    );
}
