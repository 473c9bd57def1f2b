//! The planted book (tests/planted) has a block of every kind and of every fault, each in a
//! chapter of that name: what holds must pass, and what doesn't must be seen.

use std::panic;
use std::path::Path;
use std::sync::LazyLock;

use crate::codes::Judge;
use crate::planted;

/// Whether skeptic's test of that chapter's block passes, as the test harness would say.
fn passes(chapter: &str) -> bool {
    test_passes(&test_of(chapter))
}

fn test_of(chapter: &str) -> String {
    format!("{chapter}_line_3")
}

fn test_passes(test: &str) -> bool {
    let test = planted(test);
    panic::catch_unwind(test.run).is_err() == test.should_panic
}

fn planted(test: &str) -> &'static planted::Test {
    planted::TESTS
        .iter()
        .find(|planted| planted.name == test)
        .unwrap_or_else(|| panic!("{test} is not among {:?}", planted::TESTS))
}

/// What is wrong with the codes of that chapter's block.
fn judged(chapter: &str) -> Result<(), String> {
    static PLANTED: LazyLock<Result<Judge, String>> = LazyLock::new(|| {
        Judge::of(
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("tests/planted")
                .as_path(),
        )
    });
    let judge = PLANTED.as_ref().map_err(String::clone)?;
    judge.judge(&test_of(chapter))
}

#[test]
fn blocks_that_hold_pass() {
    for chapter in [
        "holds",
        "fence_in_a_block",
        "panics",
        "compiles_only",
        "rejected",
        "test_harness",
        "names_a_crate",
    ] {
        assert!(passes(chapter), "{chapter}");
    }
    assert_eq!(judged("rejected"), Ok(()));
    assert!(test_passes("in_an_admonition_line_4"));
    assert!(test_passes("in_an_admonition_line_11"));
}

#[test]
fn only_a_block_that_says_so_is_ignored() {
    let ignored = planted::TESTS.iter().filter(|test| test.ignored);
    let names: Vec<_> = ignored.map(|test| test.name).collect();
    assert_eq!(names, ["ignored_line_3"]);
}

#[test]
fn a_block_is_compiled_in_its_own_edition() {
    // One program that ends well under 2024 alone, and its opposite under 2021.
    assert!(passes("edition_2024"));
    assert!(passes("edition_2021"));
    assert!(passes("edition_2015"));
}

#[test]
fn a_block_that_fails_is_seen() {
    for chapter in [
        "panics_unpromised",
        "does_not_compile",
        "does_not_panic",
        "failing_test_harness",
    ] {
        assert!(!passes(chapter), "{chapter}");
    }
}

#[test]
fn a_panic_that_is_only_an_error_of_the_compiler_is_seen() {
    let (panics, compiles) = (
        "panic_that_does_not_compile",
        "panic_that_does_not_compile_compiles",
    );
    // skeptic takes the compiler's refusal for the panic.
    assert!(passes(panics));
    assert!(!passes(compiles));
    // Where it does compile, the second test has nothing to say.
    assert!(passes("panics_compiles"));
}

#[test]
fn a_rejection_that_does_not_come_is_seen() {
    for chapter in ["accepted", "accepted_and_panics"] {
        assert!(!passes(chapter), "{chapter}");
        let report = judged(chapter).unwrap_err();
        assert!(report.contains("it compiles"), "{report}");
    }
}

#[test]
fn a_rejection_that_comes_only_when_code_is_made_is_one() {
    assert!(passes("rejected_late"));
    assert_eq!(judged("rejected_late"), Ok(()));
}

#[test]
fn a_wrong_code_is_seen() {
    // skeptic knows no codes.
    assert!(passes("wrong_code"));
    let report = judged("wrong_code").unwrap_err();
    assert!(report.starts_with("src/wrong_code.md:3: fail"), "{report}");
    assert!(report.contains("E0499"), "{report}");
    assert!(report.contains("E0382"), "{report}");
}

#[test]
fn one_code_more_than_named_is_seen() {
    let report = judged("one_code_too_few").unwrap_err();
    assert!(report.contains("E0308"), "{report}");
}

#[test]
fn a_rejection_that_is_only_a_missing_crate_is_seen() {
    assert!(passes("missing_crate"));
    let report = judged("missing_crate").unwrap_err();
    assert!(report.contains("E0432"), "{report}");
}

#[test]
fn a_rejection_that_is_only_a_missing_file_is_seen() {
    let report = judged("missing_include").unwrap_err();
    assert!(report.contains("no_such_file.rs"), "{report}");
}

#[test]
fn a_crate_that_only_the_tools_use_can_not_be_named() {
    assert!(!passes("names_an_undeclared_crate"));
}

#[test]
fn a_block_that_is_gone_since_the_build_is_no_pass() {
    let report = judged("no_such_chapter").unwrap_err();
    assert!(
        report.contains("edited after these tests were built"),
        "{report}"
    );
}
