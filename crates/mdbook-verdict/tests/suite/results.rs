//! Result fences: output, stderr and diagnostics that don't say what comes.

use crate::book_test::BookTest;

const PRINTS: &str =
    "```rust\nprintln!(\"one\");\nprintln!(\"two\");\neprintln!(\"aside\");\n```\n\n";
const MOVES: &str =
    "```rust,compile_fail,E0382\nlet s = String::new();\nlet t = s;\nprintln!(\"{s}\");\n```\n\n";

fn fence(block: &str, tag: &str, text: &str) -> BookTest {
    BookTest::new(&format!("{block}```{tag}\n{text}```\n"))
}

#[test]
fn the_whole_output_must_be_there() {
    fence(PRINTS, "text,output", "one\ntwo\n")
        .check(&[])
        .passed(2);
    for text in [
        "one\n",
        "two\none\n",
        "one\ntwo\nthree\n",
        "one \ntwo\n",
        "\none\ntwo\n",
    ] {
        fence(PRINTS, "text,output", text)
            .check(&[])
            .failed(1, 1)
            .says("error[output]: the output differs from what the fence says\n --> src/a.md:7:1");
    }
}

#[test]
fn wildcards_stand_for_characters_and_lines() {
    for text in ["o[..]\n[..]\n", "...\ntwo\n", "...\n", "one\n...\n"] {
        fence(PRINTS, "text,output", text).check(&[]).passed(2);
    }
    fence(PRINTS, "text,output", "t[..]\n...\n")
        .check(&[])
        .failed(1, 1);
}

#[test]
fn lines_in_any_order_are_still_all_lines() {
    let tag = "text,output,any-order";
    fence(PRINTS, tag, "two\none\n").check(&[]).passed(2);
    for text in ["two\n", "two\ntwo\n", "two\none\none\n", "two\nthree\n"] {
        fence(PRINTS, tag, text).check(&[]).failed(1, 1);
    }
    fence(PRINTS, "text,output,anyorder", "two\none\n")
        .check(&[])
        .failed(1, 1)
        .says("`anyorder` is not known: only `any-order` and `lanes` are, one at a time");
}

#[test]
fn standard_error_is_compared_alone() {
    fence(PRINTS, "text,stderr", "aside\n").check(&[]).passed(2);
    fence(PRINTS, "text,stderr", "one\ntwo\naside\n")
        .check(&[])
        .failed(1, 1)
        .says("error[stderr]: the stderr differs from what the fence says\n --> src/a.md:7:1");
}

#[test]
fn a_panics_message_is_the_same_on_every_machine() {
    let block = "```rust,should_panic\nlet v: Vec<i32> = Vec::new();\nv[1];\n```\n\n";
    let text = "\nthread 'main' ([..]) panicked at [..]:\nindex out of bounds: the len is 0 but the index is 1\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n";
    let book = fence(block, "text,stderr", text).env("RUST_BACKTRACE", "full");
    book.check(&[]).passed(2);
    fence(block, "text,stderr", &text.replace("is 0", "is 2"))
        .check(&[])
        .failed(1, 1);
}

#[test]
fn a_panic_in_std_names_no_file_of_the_machine_that_built_it() {
    let block = "```rust,should_panic\nlet _ = std::time::Instant::now() + std::time::Duration::MAX;\n```\n\n";
    let text =
        "\nthread 'main' ([..]) panicked at [..]:\noverflow when adding duration to instant\n";
    let book = fence(block, "text,stderr", "");
    book.check(&["--bless"]).passed(2);
    let blessed = book.read("src/a.md");
    assert!(blessed.contains(text), "{blessed}");
    assert!(!blessed.contains(".rs"), "{blessed}");
}

#[test]
fn a_fence_behind_a_block_that_is_not_run_is_a_fault() {
    for tags in ["no_run", "compile_fail,E0308", "ignore"] {
        for (kind, rule) in [("output", "output"), ("stderr", "stderr")] {
            let block = format!(
                "```rust,{tags}\nlet a: i32 = {};\n```\n\n",
                match tags {
                    "no_run" => "1",
                    _ => "\"\"",
                }
            );
            let ended = fence(&block, &format!("text,{kind}"), "")
                .check(&[])
                .code(1);
            let cause = match tags {
                "ignore" => "the block before it is ignored",
                _ => "the block before it isn't run, so it prints nothing",
            };
            ended.says(&format!("error[{rule}]: {cause}\n --> src/a.md:5:1"));
        }
    }
}

#[test]
fn a_fence_with_no_block_before_it_is_a_fault() {
    for kind in ["output", "stderr", "diagnostic"] {
        let chapter = format!("text\n\n```text,{kind}\none\n```\n\n{PRINTS}");
        BookTest::new(&chapter)
            .check(&[])
            .failed(1, 1)
            .says("there is no Rust block before this fence in its chapter\n --> src/a.md:3:1");
    }
}

#[test]
fn a_stale_diagnostic_is_seen() {
    let blessed = fence(MOVES, "text,diagnostic", "");
    blessed.check(&["--bless"]).passed(2);
    let text = blessed.read("src/a.md");
    assert!(
        text.contains("```text,diagnostic\nerror[E0382]: borrow of moved value: `s`\n --> [..]\n"),
        "{text}"
    );
    BookTest::new(&text.replacen("String::new()", "String::from(\"\")", 1))
        .check(&[])
        .failed(1, 1)
        .says(
            "error[diagnostic]: the diagnostic differs from what the fence says\n --> src/a.md:7:1",
        );
}

#[test]
fn a_diagnostic_behind_a_block_that_compiles_is_a_fault() {
    fence(PRINTS, "text,diagnostic", "")
        .check(&[])
        .failed(1, 1)
        .says("error[diagnostic]: the block before it compiles, so there is no message");
}

#[test]
fn a_diagnostic_counts_from_the_blocks_first_line_hidden_ones_included() {
    for (block, line) in [
        (
            "```rust,compile_fail,E0308\n# use std::rc::Rc;\nlet a: i32 = \"\";\n```\n\n",
            2,
        ),
        (
            "```rust,compile_fail,E0308\nfn main() {\n    let a: i32 = \"\";\n}\n```\n\n",
            2,
        ),
        (
            "```rust,compile_fail,E0308\n#![allow(dead_code)]\n\nlet a: i32 = \"\";\n```\n\n",
            3,
        ),
    ] {
        let book = fence(block, "text,diagnostic", "");
        book.check(&["--bless"]).passed(2);
        let text = book.read("src/a.md");
        assert!(text.contains(&format!("\n{line} | ")), "{text}");
    }
}

#[test]
fn a_diagnostic_shows_nothing_that_the_reader_did_not_write() {
    let denied = "```rust,compile_fail\n#![deny(unused_variables)]\nlet a = 1;\n```\n\n";
    let unclosed = "```rust,compile_fail\nlet a = { 1;\n```\n\n";
    let question = "```rust,compile_fail\n#![deny(unused_must_use)]\nResult::<(), ()>::Ok(());\nOk::<(), ()>(())\n```\n\n";
    for block in [denied, unclosed, question] {
        let book = fence(block, "text,diagnostic", "");
        book.check(&["--bless"]).passed(2);
        let text = book.read("src/a.md");
        assert!(!text.contains("fn main"), "{text}");
        assert!(!text.contains("184467"), "{text}");
        assert!(!text.contains("aborting"), "{text}");
        book.check(&[]).passed(2);
    }
}

#[test]
fn all_errors_stand_in_a_diagnostic_an_empty_line_between_two() {
    let block =
        "```rust,compile_fail,E0308\nfn f() -> i32 { \"\" }\nfn g() -> i32 { \"\" }\n```\n\n";
    let book = fence(block, "text,diagnostic", "");
    book.check(&["--bless"]).passed(2);
    let text = book.read("src/a.md");
    assert_eq!(
        text.matches("error[E0308]: mismatched types\n --> [..]\n")
            .count(),
        2
    );
    assert!(text.contains("\n\nerror[E0308]"), "{text}");
}

#[test]
fn a_strangers_fence_means_nothing() {
    for tag in [
        "text",
        "text,result",
        "text output",
        "output",
        "text, output",
        "console",
    ] {
        fence(PRINTS, tag, "nothing of the sort\n")
            .check(&[])
            .passed(1);
    }
}

#[test]
fn a_fence_belongs_to_the_nearest_block_before_it() {
    let chapter = format!(
        "{PRINTS}```rust\nprintln!(\"three\");\n```\n\nwords\n\n```text,output\nthree\n```\n"
    );
    BookTest::new(&chapter).check(&[]).passed(3);
}

#[test]
fn where_the_block_fails_bless_is_not_advised() {
    fence(
        "```rust\nprintln!(\"a\");\npanic!();\n```\n\n",
        "text,output",
        "b\n",
    )
    .check(&[])
    .failed(0, 2)
    .never_says("--bless");
}
