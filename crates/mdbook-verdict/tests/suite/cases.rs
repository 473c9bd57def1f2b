//! One book with a fault of each kind: the whole report, as a reader sees it.

use snapbox::{assert_data_eq, str};

use crate::book_test::BookTest;

#[test]
fn a_wrong_code_is_reported_at_the_block() {
    let book = BookTest::new(
        "# A\n\n```rust,compile_fail,E0499\nlet s = String::new();\nlet t = s;\nprintln!(\"{s}\");\n```\n",
    );
    assert_data_eq!(
        book.check(&[]).failed(0, 1).stdout,
        str![[r#"
error[exact-codes]: rejected with E0382
 --> src/a.md:3:1
  |
3 | ```rust,compile_fail,E0499
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^ promised: the compiler rejects it with E0499
  |
  = note: ACTUAL:
          error[E0382]: borrow of moved value: `s`
           --> src/a.md:6:12
            |
          1 | let s = String::new();
            |     - move occurs because `s` has type `String`, which does not implement the `Copy` trait
          2 | let t = s;
            |         - value moved here
          3 | println!("{s}");
            |            ^ value borrowed here after move
            |
          help: consider cloning the value if the performance cost is acceptable
            |
          2 | let t = s.clone();
            |          ++++++++
  = help: check it again with: mdbook-verdict check --filter 'src/a.md:3$'

about the rule: mdbook-verdict --explain exact-codes

1 Rust block: 0 run, 0 compiled only, 1 rejected
0 passed, 1 failed

"#]]
    );
}

#[test]
fn a_wrong_output_is_reported_at_its_fence() {
    let book = BookTest::new(
        "- item\n\n  ```rust\n  println!(\"one\\ntwo\");\n  ```\n\n  ```text,output\n  one\n  three\n  ```\n",
    );
    assert_data_eq!(
        book.check(&[]).failed(1, 1).stdout,
        str![[r#"
error[output]: the output differs from what the fence says
 --> src/a.md:7:3
  |
7 |   ```text,output
  |   ^^^^^^^^^^^^^^ promised: this output
  |
  = note: EXPECTED:
          one
          three
  = note: ACTUAL:
          one
          two
  = help: check it again with: mdbook-verdict check --filter 'src/a.md:3$'
  = help: if what came is right, write it: mdbook-verdict check --bless --filter 'src/a.md:3$'

about the rule: mdbook-verdict --explain output

1 Rust block: 1 run, 0 compiled only, 0 rejected, 1 output fence
1 passed, 1 failed

"#]]
    );
}

#[test]
fn an_empty_fence_is_reported_with_the_way_to_fill_it() {
    let book = BookTest::new("```rust\nprintln!(\"one\");\n```\n\n```text,output\n```\n");
    assert_data_eq!(
        book.check(&[]).failed(1, 1).stdout,
        str![[r#"
error[output]: the output fence is empty, but something came
 --> src/a.md:5:1
  |
5 | ```text,output
  | ^^^^^^^^^^^^^^ promised: nothing
  |
  = note: ACTUAL:
          one
  = help: check it again with: mdbook-verdict check --filter 'src/a.md:1$'
  = help: if what came is right, write it: mdbook-verdict check --bless --filter 'src/a.md:1$'

about the rule: mdbook-verdict --explain output

1 Rust block: 1 run, 0 compiled only, 0 rejected, 1 output fence
1 passed, 1 failed

"#]]
    );
}

#[test]
fn a_block_that_does_not_compile_is_reported_with_the_message() {
    let book = BookTest::new("> ```rust\n> let a: i32 = \"text\";\n> ```\n");
    assert_data_eq!(
        book.check(&[]).failed(0, 1).stdout,
        str![[r#"
error[compiles]: the compiler rejects it: E0308
 --> src/a.md:1:3
  |
1 | > ```rust
  |   ^^^^^^^ promised: it compiles and runs
  |
  = note: ACTUAL:
          error[E0308]: mismatched types
           --> src/a.md:2:16
            |
          1 | let a: i32 = "text";
            |        ---   ^^^^^^ expected `i32`, found `&str`
            |        |
            |        expected due to this
  = help: check it again with: mdbook-verdict check --filter 'src/a.md:1$'

about the rule: mdbook-verdict --explain compiles

1 Rust block: 1 run, 0 compiled only, 0 rejected
0 passed, 1 failed

"#]]
    );
}

#[test]
fn a_panic_is_reported_with_what_the_block_wrote() {
    let book = BookTest::new("```rust\nprintln!(\"so far\");\npanic!(\"no further\");\n```\n");
    assert_data_eq!(
        book.check(&[]).failed(0, 1).stdout,
        str![[r#"
error[runs]: it ended with exit status: 101
 --> src/a.md:1:1
  |
1 | ```rust
  | ^^^^^^^ promised: it compiles and runs
  |
  = note: ACTUAL:
          so far
          
          thread 'main' ([..]) panicked at src/a.md:3:1:
          no further
          note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace
  = help: check it again with: mdbook-verdict check --filter 'src/a.md:1$'

about the rule: mdbook-verdict --explain runs

1 Rust block: 1 run, 0 compiled only, 0 rejected
0 passed, 1 failed

"#]]
    );
}

#[test]
fn a_missing_include_is_reported_at_the_helper() {
    let book = BookTest::new("# A\n\n```rust\n{{#include gone.rs}}\n```\n");
    assert_data_eq!(
        book.check(&[]).failed(0, 1).stdout,
        str![[r#"
error[missing-include]: `gone.rs` can't be read: No such file or directory (os error 2)
 --> src/a.md:4:1
  |
4 | {{#include gone.rs}}
  | ^^^^^^^^^^^^^^^^^^^^ promised: the include expands to text: `{{#include gone.rs}}`
  |
  = help: check it again with: mdbook-verdict check --filter 'src/a.md:4$'

about the rule: mdbook-verdict --explain missing-include

1 Rust block: 1 run, 0 compiled only, 0 rejected
0 passed, 1 failed

"#]]
    );
}

#[test]
fn a_missing_chapter_is_reported_in_the_summary() {
    let book = BookTest::empty().file(
        "src/SUMMARY.md",
        "# Summary\n\n- [One](one.md)\n  - [Two](part/two.md)\n",
    );
    let book = book.file("src/one.md", "");
    assert_data_eq!(
        book.check(&[]).failed(0, 1).stdout,
        str![[r#"
error[missing-chapter]: the file can't be read: No such file or directory (os error 2)
 --> src/SUMMARY.md:4:10
  |
4 |   - [Two](part/two.md)
  |          ^^^^^^^^^^^^^ promised: a chapter in `part/two.md`
  |
  = help: check it again with: mdbook-verdict check --filter 'src/SUMMARY.md:4$'

about the rule: mdbook-verdict --explain missing-chapter

0 Rust blocks: 0 run, 0 compiled only, 0 rejected
0 passed, 1 failed

"#]]
    );
}

#[test]
fn a_missing_crate_is_reported_as_one() {
    let book = BookTest::new("```rust\nuse nowhere::Thing;\n```\n");
    assert_data_eq!(
        book.check(&[]).failed(0, 1).stdout,
        str![[r#"
error[missing-crate]: the compiler rejects it: E0432, perhaps for want of a crate
 --> src/a.md:1:1
  |
1 | ```rust
  | ^^^^^^^ promised: it compiles and runs
  |
  = note: ACTUAL:
          error[E0432]: unresolved import `nowhere`
           --> src/a.md:2:5
            |
          1 | use nowhere::Thing;
            |     ^^^^^^^ use of unresolved module or unlinked crate `nowhere`
            |
            = help: you might be missing a crate named `nowhere`
  = help: check it again with: mdbook-verdict check --filter 'src/a.md:1$'

about the rule: mdbook-verdict --explain missing-crate

1 Rust block: 1 run, 0 compiled only, 0 rejected
0 passed, 1 failed

"#]]
    );
}

#[test]
fn a_hang_is_reported_and_the_rest_goes_on() {
    let book = BookTest::new("```rust\nloop {}\n```\n\n```rust\n1 + 1;\n```\n");
    assert_data_eq!(
        book.check(&["--timeout", "3"]).failed(1, 1).stdout,
        str![[r#"
error[timeout]: it was still running after 3 s
 --> src/a.md:1:1
  |
1 | ```rust
  | ^^^^^^^ promised: it compiles and runs
  |
  = help: check it again with: mdbook-verdict check --filter 'src/a.md:1$'

src/a.md:1 was stopped; the other blocks go on
about the rule: mdbook-verdict --explain timeout

2 Rust blocks: 2 run, 0 compiled only, 0 rejected
1 passed, 1 failed

"#]]
    );
}

#[test]
fn a_rejection_that_shows_no_reason_is_reported_where_the_book_wants_one() {
    let book = BookTest::new("```rust,compile_fail\nlet a = ;\n```\n")
        .rules("uncoded-rejection = \"error\"");
    assert_data_eq!(
        book.check(&[]).failed(0, 1).stdout,
        str![[r#"
error[uncoded-rejection]: rejected without a code, and no `text,diagnostic` fence shows why
 --> src/a.md:1:1
  |
1 | ```rust,compile_fail
  | ^^^^^^^^^^^^^^^^^^^^ promised: the compiler rejects it
  |
  = note: ACTUAL:
          error: expected expression, found `;`
           --> src/a.md:2:9
            |
          1 | let a = ;
            |         ^ expected expression
  = help: check it again with: mdbook-verdict check --filter 'src/a.md:1$'

about the rule: mdbook-verdict --explain uncoded-rejection

1 Rust block: 0 run, 0 compiled only, 1 rejected
0 passed, 1 failed

"#]]
    );
}

#[test]
fn a_tag_that_rustdoc_does_not_know_is_a_warning() {
    let book = BookTest::new(
        "```rust,should-panic\n1 + 1;\n```\n\n```E0382,compile_fail\nlet a = 1;\n```\n",
    );
    assert_data_eq!(
        book.check(&[]).passed(1).stdout,
        str![[r#"
warning[unknown-tag]: rustdoc doesn't test a block with these tags, and nor is it tested here: `E0382` stands before `compile_fail`; what rustdoc doesn't know, and codes, must come behind what it knows
 --> src/a.md:5:1
  |
5 | ```E0382,compile_fail
  | ^^^^^^^^^^^^^^^^^^^^^ promised: a block of Rust (`E0382,compile_fail`)
  |
  = help: check it again with: mdbook-verdict check --filter 'src/a.md:5$'

warning[unknown-tag]: rustdoc doesn't know the tag `should-panic`; is should_panic meant?
 --> src/a.md:1:1
  |
1 | ```rust,should-panic
  | ^^^^^^^^^^^^^^^^^^^^ promised: `should-panic`, which changes nothing
  |
  = help: check it again with: mdbook-verdict check --filter 'src/a.md:1$'

about the rule: mdbook-verdict --explain unknown-tag

1 Rust block: 1 run, 0 compiled only, 0 rejected, 2 warnings
1 passed, 0 failed

"#]]
    );
}
