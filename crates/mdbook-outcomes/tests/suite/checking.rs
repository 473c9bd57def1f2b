//! What a page says must be what the explorer finds: each kind of fault is planted, and caught.

use crate::book::BookTest;

/// Two stores and two loads; what the orderings are decides what can come of it.
const MESSAGE: &str = "# A

```rust,explore
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread;

fn main() {
    let (x, y) = (AtomicBool::new(false), AtomicBool::new(false));
    thread::scope(|scope| {
        let one = scope.spawn(|| {
            x.store(true, SeqCst);
            y.load(SeqCst)
        });
        let two = scope.spawn(|| {
            y.store(true, SeqCst);
            x.load(SeqCst)
        });
        println!(\"{} {}\", one.join().unwrap(), two.join().unwrap());
    });
}
```

```text,outcomes,tso
false true
true false
true true
```
";

fn refused(chapter: &str) -> String {
    BookTest::new(chapter).run(&["check"]).code(1)
}

#[test]
fn a_true_page_passes() {
    let said = BookTest::new(MESSAGE).run(&["check"]).code(0);
    assert!(said.contains("2 passed, 0 failed"), "{said}");
}

#[test]
fn a_weakened_ordering_fails_at_the_outcome_that_it_lets_in() {
    for (strong, weak) in [
        (
            "x.store(true, SeqCst)",
            "x.store(true, std::sync::atomic::Ordering::Release)",
        ),
        (
            "y.store(true, SeqCst)",
            "y.store(true, std::sync::atomic::Ordering::Relaxed)",
        ),
    ] {
        let said = refused(&MESSAGE.replace(strong, weak));
        assert!(said.contains("`false false` can come about too"), "{said}");
        assert!(said.contains("src/a.md:24:1"), "{said}");
    }
}

#[test]
fn a_changed_line_fails_at_that_line() {
    for (line, changed, place, cause) in [
        (
            "true true",
            "true maybe",
            "src/a.md:26:1",
            "`true maybe` can't come about",
        ),
        (
            "true false\n",
            "",
            "src/a.md:25:1",
            "`true false` can come about too",
        ),
        (
            "true true",
            "true true\nzzz",
            "src/a.md:27:1",
            "`zzz` can't come about",
        ),
        (
            "true false\ntrue true",
            "true true\ntrue false",
            "src/a.md:25:1",
            "byte order",
        ),
        ("true true", "true true\ntrue true", "src/a.md:27:1", "once"),
    ] {
        let chapter = MESSAGE.replacen(line, changed, 1);
        assert_ne!(chapter, MESSAGE);
        let said = refused(&chapter);
        assert!(
            said.contains(cause) && said.contains(place),
            "{changed}: {said}"
        );
    }
}

#[test]
fn bless_writes_what_is_found_and_nothing_else() {
    let empty = MESSAGE.replace("false true\ntrue false\ntrue true\n", "");
    let book = BookTest::new(&empty);
    book.run(&["check"]).code(1);
    book.run(&["check", "--bless"]).code(0);
    assert_eq!(book.chapter(), MESSAGE);
}

#[test]
fn what_cannot_be_followed_is_told_at_its_line_and_column() {
    let chapter = "# A\n\n> ```rust,explore\n> # let hidden = 1;\n> let half = 0.5;\n> ```\n>\n> ```text,outcomes,sc\n> x\n> ```\n";
    let said = refused(chapter);
    assert!(said.contains("src/a.md:5:14"), "{said}");
    assert!(
        said.contains("it can't be explored: only integers"),
        "{said}"
    );
    let hidden = refused(&chapter.replace("# let hidden = 1;", "# let hidden = 1.5;"));
    assert!(hidden.contains("src/a.md:4:18"), "{hidden}");
}

#[test]
fn a_fault_in_an_included_file_is_told_there() {
    let book = BookTest::new(
        "# A\n\n```rust,explore\n{{#include part.rs}}\n```\n\n```text,outcomes,sc\n```\n",
    );
    book.write("src/part.rs", "let a = 1;\nlet half = 0.5;\n");
    let said = book.run(&["check"]).code(1);
    assert!(said.contains("src/part.rs:2:12"), "{said}");
}

#[test]
fn the_full_text_is_explored_hidden_lines_and_an_implicit_main_too() {
    let chapter = "```rust,explore\n# let hidden = 6;\nprintln!(\"{}\", hidden * 7);\n```\n\n```text,outcomes,sc\n42\n```\n";
    BookTest::new(chapter).run(&["check"]).code(0);
    refused(&chapter.replace("hidden = 6", "hidden = 7"));
}

#[test]
fn tag_and_fence_need_each_other_and_a_model_that_there_is() {
    let chapter = "```rust,explore\nprintln!(\"1\");\n```\n\n```text,outcomes,sc\n1\n```\n";
    BookTest::new(chapter).run(&["check"]).code(0);
    for (from, to, cause) in [
        ("rust,explore", "rust", "isn't tagged `explore`"),
        ("text,outcomes,sc", "text", "no `text,outcomes,MODEL` fence"),
        (
            "outcomes,sc",
            "outcomes,pso",
            "there is no memory model `pso`",
        ),
        ("outcomes,sc", "outcomes", "must name one memory model"),
        (
            "outcomes,sc",
            "outcomes,sc,tso",
            "must name one memory model",
        ),
        ("println!(\"1\")", "println!(\"1\"", "doesn't compile"),
    ] {
        let said = refused(&chapter.replace(from, to));
        assert!(said.contains(cause), "{to}: {said}");
    }
}

#[test]
fn a_program_that_never_ends_is_explored_without_being_run() {
    let spins = "```rust,no_run,explore\n// Not run: it never ends.\nloop { std::hint::spin_loop(); }\n```\n\n```text,outcomes,sc\n```\n";
    let book = BookTest::new(spins);
    book.run(&["check", "--bless"]).code(0);
    let chapter = book.chapter();
    assert!(chapter.contains("livelock: t0 goes round"), "{chapter}");
}

#[test]
fn a_book_without_explored_blocks_has_nothing_to_check() {
    let said = BookTest::new("```rust\n1;\n```\n").run(&["check"]).code(0);
    assert!(said.contains("no block to explore"), "{said}");
}
