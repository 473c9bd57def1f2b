//! The command: arguments, formats and exit codes.

use crate::book_test::{BookTest, Ended};

const ONE: &str = "```rust\nprintln!(\"one\");\n```\n\n```text,output\none\n```\n";
const TWO: &str = "```rust,compile_fail,E0308\nlet a: i32 = \"\";\n```\n\n```rust,no_run\nloop {}\n```\n\n```rust,ignore\nno\n```\n";

fn two_chapters() -> BookTest {
    BookTest::empty()
        .file("src/SUMMARY.md", "# Summary\n\n[Zero](zero.md)\n\n# Part\n\n- [One](one.md)\n    - [Two](part/two.md)\n- [Draft]()\n\n---\n\n[Last](last.md)\n")
        .file("src/zero.md", "")
        .file("src/one.md", ONE)
        .file("src/part/two.md", TWO)
        .file("src/last.md", "")
        .file("src/unnamed.md", "```rust\nnot in the book\n```\n")
}

#[test]
fn every_chapter_that_the_summary_names_is_checked() {
    two_chapters()
        .check(&[])
        .passed(4)
        .says("4 Rust blocks: 1 run, 1 compiled only, 1 rejected, 1 output fence, 1 ignored");
}

#[test]
fn list_names_blocks_and_promises() {
    let listed = two_chapters().run(&["list"]).code(0);
    assert_eq!(
        listed.stdout,
        "src/one.md:1       it compiles and runs\nsrc/one.md:5         text,output\nsrc/part/two.md:1  the compiler rejects it with E0308\nsrc/part/two.md:5  it compiles\nsrc/part/two.md:9  nothing: it is ignored\n"
    );
    let listed = two_chapters()
        .run(&["list", "--filter", "two.md:5"])
        .code(0);
    assert_eq!(listed.stdout, "src/part/two.md:5  it compiles\n");
}

#[test]
fn a_filter_narrows_the_check_and_its_counts() {
    two_chapters()
        .check(&["--filter", "two"])
        .passed(2)
        .says("3 Rust blocks: 0 run, 1 compiled only, 1 rejected, 1 ignored");
}

#[test]
fn a_filter_that_matches_nothing_is_a_mistake() {
    two_chapters()
        .check(&["--filter", "three"])
        .code(2)
        .says("error: no block's name matches `three`");
}

#[test]
fn loose_files_are_checked_in_the_default_edition() {
    let book = two_chapters();
    book.check(&["src/one.md", "src/part/two.md"]).passed(4);
    book.check(&["src/unnamed.md"])
        .failed(0, 1)
        .says("mdbook-verdict check src/unnamed.md --filter 'src/unnamed.md:1$'");
}

#[test]
fn the_command_in_a_report_checks_that_block() {
    let book = BookTest::new("").file("src/SUMMARY.md", "# Summary\n\n- [A](<it's+a (1).md>)\n");
    let book = book.file("src/it's+a (1).md", "```rust\npanic!()\n```\n");
    let said = book.check(&[]).failed(0, 1).stdout;
    let command = said.split("mdbook-verdict check ").nth(1).unwrap();
    let command = command.lines().next().unwrap();
    let arguments = command.strip_prefix("--filter '").unwrap();
    let filter = arguments.strip_suffix('\'').unwrap();
    assert!(!filter.contains('\''), "{filter}");
    book.check(&["--filter", filter]).failed(0, 1);
}

#[test]
fn one_job_reports_what_four_do() {
    let mut chapter = String::new();
    for number in 0..8 {
        chapter.push_str(&format!(
            "```rust\nprintln!(\"{number}\");\n```\n\n```text,output\n{}\n```\n\n",
            number % 3
        ));
    }
    let book = BookTest::new(&chapter);
    let one = book.check(&["--jobs", "1"]).failed(11, 5);
    let four = book.check(&["--jobs", "4"]).failed(11, 5);
    assert_eq!(one.stdout, four.stdout);
}

#[test]
fn json_lines_have_the_documented_keys() {
    let book = BookTest::new(&format!(
        "# A\n\n{TWO}\n{}",
        ONE.replace("\none\n", "\ntwo\n")
    ));
    let lines = book.json(&[]);
    assert_eq!(lines[0], serde_json::json!({ "version": 1, "blocks": 4 }));
    assert_eq!(lines.len(), 6);
    let keys = [
        "blessed", "came", "codes", "column", "detail", "file", "kind", "line", "ms", "name",
        "promised", "rule", "status",
    ];
    for line in &lines[1..] {
        assert!(line["ms"].is_u64());
        let found: Vec<_> = line
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(found, keys);
    }
    let said: Vec<_> = lines[1..]
        .iter()
        .map(|line| {
            let word = |key: &str| line[key].as_str().unwrap_or("-").to_owned();
            let codes = &line["codes"];
            format!(
                "{} {} {} {} {codes} {}",
                word("file"),
                line["line"],
                word("kind"),
                word("status"),
                word("rule")
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            "src/a.md 3 block pass [\"E0308\"] -",
            "src/a.md 7 block pass [] -",
            "src/a.md 11 block ignored [] -",
            "src/a.md 15 block pass [] -",
            "src/a.md 19 output fail [] output",
        ]
    );
    assert_eq!(lines[5]["name"], "src/a.md:15");
    assert_eq!(lines[5]["detail"], "one");
}

#[test]
fn json_is_all_that_json_prints() {
    let ended = BookTest::new("```rust\npanic!()\n```\n").check(&["--format", "json"]);
    assert_eq!(ended.code, Some(1));
    assert!(
        ended
            .stdout
            .lines()
            .all(|line| line.starts_with('{') && line.ends_with('}'))
    );
}

/// It couldn't do its job, and says why in one line.
#[track_caller]
fn cannot(ended: Ended, why: &str) {
    let ended = ended.code(2).says(why);
    assert!(ended.stderr.starts_with("error: "), "{}", ended.stderr);
    assert_eq!(ended.stdout, "");
}

#[test]
fn what_cannot_be_checked_ends_with_two() {
    let book = || BookTest::new(ONE);
    cannot(book().file("book.toml", "[rust").check(&[]), "book.toml");
    cannot(book().config("tiemout = 3").check(&[]), "tiemout");
    cannot(
        book().rules("ouput = \"warn\"").check(&[]),
        "there is no such rule",
    );
    cannot(book().check(&["nowhere"]), "nowhere");
    cannot(book().check(&["nowhere.md"]), "nowhere.md");
    cannot(
        book().env("RUSTC", "/nonexistent").check(&[]),
        "can't run rustc",
    );
    cannot(
        book()
            .file("src/SUMMARY.md", "- [A](a.md)\n# B\n- [C](a.md)\n  text")
            .check(&[]),
        "SUMMARY.md",
    );
    let missing = book();
    std::fs::remove_file(missing.path("src/SUMMARY.md")).unwrap();
    cannot(missing.check(&[]), "src/SUMMARY.md: No such file");
    cannot(
        book().config("manifest = \"Cargo.toml\"").check(&[]),
        "the dependencies of",
    );
}

#[test]
fn a_wrong_argument_ends_with_two() {
    let book = BookTest::new(ONE);
    for arguments in [
        &["--filter", "("][..],
        &["--timeout", "soon"],
        &["--timeout", "-1"],
        &["--format", "xml"],
        &["--loud"],
    ] {
        book.check(arguments).code(2).says("error: ");
    }
}

#[test]
fn a_book_without_book_toml_has_the_defaults() {
    let book = BookTest::new("```rust\nlet async = 1;\n```\n");
    std::fs::remove_file(book.path("book.toml")).unwrap();
    book.check(&[]).passed(1);
}

#[test]
fn supports_answers_by_its_exit_code() {
    let book = BookTest::new("");
    for (renderer, code) in [("html", 0), ("test", 0), ("epub", 1), ("markdown", 1)] {
        book.run(&["supports", renderer]).code(code);
    }
}
