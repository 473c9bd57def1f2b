//! As mdBook calls it: a book as JSON on standard input, a book as JSON on standard output.

use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_preprocessor::config::Config;

use crate::book_test::{BookTest, Ended};

/// Hands the book over as mdBook 0.5 would.
pub fn call(book: &BookTest, renderer: &str) -> Ended {
    call_with(book, renderer, Config::default())
}

fn call_with(book: &BookTest, renderer: &str, config: Config) -> Ended {
    let context = PreprocessorContext::new(book.root().to_owned(), config, renderer.to_owned());
    let chapter = |path: &str| {
        BookItem::Chapter(Chapter::new(
            "A",
            book.read(&format!("src/{path}")),
            path,
            Vec::new(),
        ))
    };
    let draft = BookItem::Chapter(Chapter::new_draft("Draft", Vec::new()));
    let items = vec![
        BookItem::PartTitle("Part".into()),
        chapter("a.md"),
        BookItem::Separator,
        draft,
    ];
    let request = serde_json::to_string(&(context, Book::new_with_items(items))).unwrap();
    book.run_with_input(&[], &request)
}

/// The chapter's text as it comes back.
#[track_caller]
pub fn answer(book: &BookTest, renderer: &str) -> String {
    let ended = call(book, renderer).code(0);
    let book: Book = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(book.items.len(), 4);
    let chapter = book.chapters().next();
    chapter.unwrap().content.clone()
}

const GOOD: &str = "# A\n\n```rust\nprintln!(\"one\");\n```\n\n```text,output\none\n```\n\nwords\n";

#[test]
fn the_test_renderers_book_stays_as_it_is() {
    let book = BookTest::new(GOOD);
    assert_eq!(answer(&book, "test"), GOOD);
    call(&book, "test").says("2 passed, 0 failed");
}

#[test]
fn a_book_that_does_not_hold_is_refused_under_test() {
    let book = BookTest::new(&GOOD.replace("\none\n", "\ntwo\n"));
    let ended = call(&book, "test").code(1);
    assert_eq!(ended.stdout, "");
    ended
        .says("error[output]: the output differs from what the fence says\n --> src/a.md:7:1")
        .says("error: a promise of the book doesn't hold");
}

#[test]
fn html_runs_nothing_unless_it_is_asked_to() {
    let chapter = GOOD.replace("\none\n", "\ntwo\n");
    let text = answer(&BookTest::new(&chapter), "html");
    assert!(text.contains("```text,output\ntwo\n```"), "{text}");
    let without_rust = BookTest::new(&chapter).env("RUSTC", "/nonexistent");
    assert_eq!(answer(&without_rust, "html"), text);
    let book = BookTest::new(&chapter).config("verify = true");
    call(&book, "html").code(1).says("error[output]");
}

#[test]
fn html_sets_panes() {
    let text = answer(&BookTest::new(GOOD), "html");
    assert!(
        text.starts_with("# A\n\n<div class=\"verdict\" id=\"a-block-1\">\n"),
        "{text}"
    );
    for part in [
        "<figcaption>Compiles and runs</figcaption>\n\n```rust\nprintln!(\"one\");\n```\n\n</figure>",
        "<figcaption>Output</figcaption>\n\n```text,output\none\n```\n\n</figure>",
    ] {
        assert!(text.contains(part), "{text}");
    }
    assert_eq!(text.matches("<div").count(), text.matches("</div>").count());
    assert!(text.ends_with("\n\nwords\n"), "{text}");
}

/// It need not stand in book.toml: mdBook reads its environment too.
#[test]
fn what_mdbook_knows_of_the_repository_makes_links_of_files() {
    let book = BookTest::new("```rust\n{{#include code.rs}}\n```\n")
        .file("src/code.rs", "let a = 1;\nlet b = 2;\n");
    let text = answer(&book, "html");
    assert!(
        text.contains(", from <span class=\"pane-file\">src/<wbr>code.rs</span>"),
        "{text}"
    );
    let mut config = Config::default();
    let repository = "output.html.git-repository-url";
    config.set(repository, "https://github.com/x/y").unwrap();
    let ended = call_with(&book, "html", config.clone()).code(0);
    let link = "https://github.com/x/y/blob/HEAD/src/code.rs#L1-L2";
    assert!(ended.stdout.contains(link), "{}", ended.stdout);
    let template = "preprocessor.verdict.file-url-template";
    config.set(template, "somewhere").unwrap();
    call_with(&book, "html", config)
        .code(2)
        .says("book.toml: preprocessor.verdict.file-url-template: `somewhere` is no address");
}

#[test]
fn a_missing_include_is_refused_under_html_too() {
    let book = BookTest::new("words\n\n{{#include gone.md}}\n");
    let ended = call(&book, "html").code(1);
    assert_eq!(ended.stdout, "");
    ended
        .says("error[missing-include]: src/a.md:3:1: `gone.md` can't be read")
        .says("error: a promise of the book doesn't hold");
    call(&book, "test").code(1);
}

#[test]
fn helpers_of_mdbook_survive() {
    // `links` comes after us: it must find what it would have made, and its own escapes.
    let chapter = "{{#title Another title}}\n\n\\{{#include gone.rs}} and \\{{#include gone.rs}}\n\n{{#playground code.rs editable}}\n\n{{#quiz x.toml}}\n";
    let book = BookTest::new(chapter).file("src/code.rs", "fn main() {}\n");
    for renderer in ["html", "test"] {
        let text = answer(&book, renderer);
        assert!(
            text.contains("\n\\{{#include gone.rs}} and \\{{#include gone.rs}}\n"),
            "{text}"
        );
        assert!(
            text.contains("```rust,editable\nfn main() {}\n```"),
            "{text}"
        );
        assert!(text.contains("\n{{#quiz x.toml}}\n"), "{text}");
        assert!(text.ends_with("{{#title Another title}}\n"), "{text}");
    }
}

#[test]
fn only_blocks_with_an_external_crate_are_ignored_by_rustdoc() {
    let chapter = "```rust\nassert_eq!(helper::three(), 3);\n```\n\n```rust\nlet helper = 3; // the crate isn't named\n```\n\n```rust,compile_fail,E0308\nlet a: &str = helper::three();\n```\n\n> ```should_panic\n> helper::three();\n> panic!();\n> ```\n";
    let book = BookTest::new(chapter)
        .config("manifest = \"programs/Cargo.toml\"")
        .file(
            "programs/Cargo.toml",
            "[package]\nname = \"programs\"\n\n[dependencies]\nhelper = { path = \"../helper\" }\n",
        )
        .file("programs/src/lib.rs", "")
        .file("helper/Cargo.toml", "[package]\nname = \"helper\"\n")
        .file("helper/src/lib.rs", "pub fn three() -> i32 { 3 }\n");
    assert_eq!(
        answer(&book, "test"),
        chapter
            .replacen("```rust\n", "```rust,ignore\n", 1)
            .replace("```should_panic", "```ignore,should_panic")
    );
    call(&book, "test")
        .says("2 of 4 blocks name an external crate: verified here, ignored by rustdoc");
}

#[test]
fn what_is_no_request_ends_with_two() {
    BookTest::new("")
        .run_with_input(&[], "{}")
        .code(2)
        .says("error: as a preprocessor: ");
}
