//! Rejected blocks: exactly the codes they name, and never just for want of a crate.

use crate::book_test::BookTest;

const MOVED: &str = "let s = String::new();\nlet t = s;\nprintln!(\"{s}\");";

fn block(tags: &str, code: &str) -> BookTest {
    BookTest::new(&format!("# A\n\n```rust,{tags}\n{code}\n```\n"))
}

#[test]
fn the_code_that_is_named_holds() {
    block("compile_fail,E0382", MOVED).check(&[]).passed(1);
}

#[test]
fn every_code_that_comes_must_be_named() {
    let code = format!("{MOVED}\nfn f() -> i32 {{ \"\" }}");
    block("compile_fail,E0382", &code)
        .check(&[])
        .failed(0, 1)
        .says("error[exact-codes]: rejected with E0308 and E0382\n --> src/a.md:3:1");
    block("compile_fail,E0382,E0308", &code)
        .check(&[])
        .passed(1);
}

#[test]
fn every_code_that_is_named_must_come() {
    block("compile_fail,E0382,E0499", MOVED)
        .check(&[])
        .failed(0, 1)
        .says("error[exact-codes]: rejected with E0382")
        .says("promised: the compiler rejects it with E0382 and E0499");
}

#[test]
fn an_error_without_a_code_beside_the_named_one_is_one_too_many() {
    let code = format!("{MOVED}\nlet a = 1\nlet b = 2;");
    block("compile_fail,E0382", &code)
        .check(&[])
        .failed(0, 1)
        .says("error[exact-codes]: rejected with E0382, and an error without a code: expected `;`, found keyword `let`");
}

#[test]
fn an_error_without_a_code_is_not_the_one_that_is_named() {
    block("compile_fail,E0382", "let a = ;")
        .check(&[])
        .failed(0, 1)
        .says("error[exact-codes]: rejected with an error without a code: expected expression");
}

#[test]
fn a_block_that_compiles_is_not_rejected() {
    block("compile_fail,E0382", "let a = 1;")
        .check(&[])
        .failed(0, 1)
        .says("error[compiles]: it compiles\n --> src/a.md:3:1")
        .says("promised: the compiler rejects it with E0382");
}

#[test]
fn a_missing_crate_is_no_rejection_unless_its_code_is_named() {
    for (tags, code) in [
        ("compile_fail", "use nowhere::A;"),
        ("compile_fail,E0382", "nowhere::f();"),
        ("compile_fail", "extern crate nowhere;"),
        ("compile_fail,E0432", "use nowhere::A;\nelsewhere::f();"),
    ] {
        block(tags, code)
            .check(&[])
            .failed(0, 1)
            .says("error[missing-crate]: rejected with ")
            .says("perhaps only because a crate or an item is missing");
    }
    block("compile_fail,E0432", "use nowhere::A;")
        .check(&[])
        .passed(1);
    block("compile_fail,E0433", "nowhere::f();")
        .check(&[])
        .passed(1);
    block("compile_fail,E0463", "extern crate nowhere;")
        .check(&[])
        .passed(1);
}

#[test]
fn a_warning_with_a_code_is_no_error() {
    // Edition 2024 warns with a code, E0133, where an unsafe function is called in another.
    let code = "unsafe fn f() {}\nunsafe fn g() { f() }\nlet a: i32 = \"\";";
    block("compile_fail,E0308", code).check(&[]).passed(1);
}

#[test]
fn errors_that_only_code_generation_finds_are_rejections() {
    let code = "struct A<const N: usize>;\nimpl<const N: usize> A<N> {\n    const B: () = assert!(N > 1);\n    fn f() { Self::B }\n}\nA::<1>::f();";
    block("compile_fail,E0080", code).check(&[]).passed(1);
    block("compile_fail,E0382", code)
        .check(&[])
        .failed(0, 1)
        .says("rejected with E0080");
}

#[test]
fn a_lint_that_denies_has_no_code_even_if_it_has_a_name() {
    let code = "#![deny(non_camel_case_types)]\nstruct a_b;";
    block("compile_fail", code).check(&[]).passed(1);
    block("compile_fail,E0001", code)
        .check(&[])
        .failed(0, 1)
        .says("an error without a code: type `a_b` should have an upper camel case name");
}

#[test]
fn a_compiler_that_breaks_down_rejects_nothing() {
    let book = block("compile_fail", "let a = 1;").file(
        "rustc",
        "#!/bin/sh\ncase $1 in\n-vV) echo 'host: x86_64-unknown-linux-gnu'; exit 0;;\n--print) echo /nowhere; exit 0;;\nesac\necho '{\"level\":\"error\",\"message\":\"first\",\"code\":null,\"rendered\":\"\",\"spans\":[]}' >&2\necho '{\"level\":\"error: internal compiler error\",\"message\":\"no idea\",\"code\":null,\"rendered\":\"\",\"spans\":[]}' >&2\nexit 101\n",
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let rustc = book.path("rustc");
        std::fs::set_permissions(&rustc, std::fs::Permissions::from_mode(0o755)).unwrap();
        let book = book.env("RUSTC", rustc.to_str().unwrap());
        book.check(&[])
            .code(2)
            .says("error: src/a.md:3: rustc broke down")
            .says("no idea");
    }
}

#[test]
fn without_the_rule_on_crates_the_codes_still_count() {
    let book =
        BookTest::new("```rust,compile_fail,E0382\nuse std::gone::X;\nlet a: u8 = 1;\n```\n");
    let ended = book.rules("missing-crate = \"off\"").check(&[]).code(1);
    assert!(
        ended.stdout.contains("error[exact-codes]"),
        "{}",
        ended.stdout
    );
}
