//! `list`: what each block promises.

use snapbox::{assert_data_eq, str};

use crate::book_test::BookTest;

fn book() -> BookTest {
    BookTest::empty()
        .file("src/SUMMARY.md", "- [A](a.md)\n- [B](part/b.md)\n")
        .file(
            "src/a.md",
            "```rust\n1;\n```\n\n```text,output,any-order\n```\n\n```rust,should_panic,edition2018\npanic!();\n```\n",
        )
        .file(
            "src/part/b.md",
            "> ```rust,compile_fail,E0382,E0499\n> 1;\n> ```\n>\n> ```text,diagnostic\n> ```\n\n```compile_fail\n1;\n```\n\n```rust,no_run\n1;\n```\n\n```rust,ignore\n1;\n```\n",
        )
}

#[test]
fn promises_stand_in_one_column_and_fences_below_their_block() {
    assert_data_eq!(
        book().run(&["list"]).code(0).stdout,
        str![[r#"
src/a.md:1        it compiles and runs
src/a.md:5          text,output,any-order
src/a.md:8        it compiles, runs and panics
src/part/b.md:1   the compiler rejects it with E0382 and E0499
src/part/b.md:5     text,diagnostic
src/part/b.md:8   the compiler rejects it
src/part/b.md:12  it compiles
src/part/b.md:16  nothing: it is ignored

"#]]
    );
}

#[test]
fn json_lists_the_same() {
    let listed = book().run(&["list", "--format", "json"]).code(0).stdout;
    let lines: Vec<serde_json::Value> = listed
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines[0], serde_json::json!({ "version": 1, "blocks": 6 }));
    assert_eq!(lines.len(), 9);
    assert_eq!(
        lines[3],
        serde_json::json!({
            "file": "src/a.md", "line": 8, "column": 1, "name": "src/a.md:8", "kind": "block",
            "tags": "rust,should_panic,edition2018", "promise": "panics", "codes": [],
            "edition": "2018",
        })
    );
    assert_eq!(
        lines[5],
        serde_json::json!({
            "file": "src/part/b.md", "line": 5, "column": 3, "name": "src/part/b.md:1",
            "kind": "diagnostic", "tags": "text,diagnostic", "promise": null, "codes": [],
            "edition": null,
        })
    );
    let promises: Vec<_> = lines
        .iter()
        .filter_map(|line| line["promise"].as_str())
        .collect();
    assert_eq!(
        promises,
        [
            "runs", "panics", "rejected", "rejected", "compiles", "ignored"
        ]
    );
    assert_eq!(lines[4]["codes"], serde_json::json!(["E0382", "E0499"]));
}

#[test]
fn a_filter_that_matches_nothing_is_a_mistake() {
    book()
        .run(&["list", "--filter", "c.md"])
        .code(2)
        .says("error: no block's name matches `c.md`");
}

#[test]
fn a_book_without_blocks_lists_none() {
    assert_eq!(BookTest::new("").run(&["list"]).code(0).stdout, "");
}
