//! Blocks may use the dependencies of a package of the book.

use crate::book_test::BookTest;
use crate::preprocessor::answer;

const BLOCK: &str = "```rust\nprintln!(\"{}\", helper::three());\nassert_eq!(renamed::four(), 4);\n```\n\n```text,output\n3\n```\n";

/// A book beside a package with a path dependency, and a renamed one for its tests.
fn book(chapter: &str) -> BookTest {
    BookTest::new(chapter)
        .config("manifest = \"programs/Cargo.toml\"")
        .file(
            "programs/Cargo.toml",
            "[package]\nname = \"programs\"\nedition = \"2024\"\n\n[dependencies]\nhelper = { path = \"../helper\" }\n\n[dev-dependencies]\nhelper = { path = \"../helper\", features = [\"more\"] }\nrenamed = { package = \"other-crate\", path = \"../other\" }\n",
        )
        .file("programs/src/lib.rs", "compile_error!(\"the package itself isn't built\");\n")
        .file(
            "helper/Cargo.toml",
            "[package]\nname = \"helper\"\nedition = \"2024\"\n\n[features]\nmore = []\n",
        )
        .file(
            "helper/src/lib.rs",
            "pub fn three() -> i32 { 3 }\n#[cfg(feature = \"more\")]\npub fn more() {}\n",
        )
        .file(
            "other/Cargo.toml",
            "[package]\nname = \"other-crate\"\nedition = \"2024\"\n\n[dependencies]\nhelper = { path = \"../helper\" }\n",
        )
        .file(
            "other/src/lib.rs",
            "pub fn four() -> i32 { helper::three() + 1 }\n",
        )
}

#[test]
fn blocks_use_dependencies_by_the_names_they_have_in_the_manifest() {
    let book = book(BLOCK);
    book.check(&[]).passed(2);
    // A second time, with all built.
    book.check(&[]).passed(2);
}

#[test]
fn a_crate_named_twice_has_the_features_of_both() {
    book("```rust\nhelper::more();\n```\n").check(&[]).passed(1);
}

#[test]
fn the_package_itself_and_undeclared_crates_are_missing() {
    for name in ["programs", "other_crate"] {
        book(&format!("```rust\nuse {name}::x;\n```\n"))
            .check(&[])
            .failed(0, 1)
            .says("error[missing-crate]");
    }
}

#[test]
fn a_changed_dependency_is_built_anew() {
    let book = book(BLOCK);
    book.check(&[]).passed(2);
    let book = book.file("helper/src/lib.rs", "pub fn three() -> i32 { 33 }\n");
    book.check(&[]).failed(0, 2);
}

#[test]
fn dependencies_that_do_not_build_are_named() {
    book(BLOCK)
        .file("helper/src/lib.rs", "pub fn three() -> i32 { \"\" }\n")
        .check(&[])
        .code(2)
        .says("the dependencies of ")
        .says("programs/Cargo.toml can't be built")
        .says("mismatched types");
}

#[test]
fn the_users_target_folder_is_used() {
    let target = tempfile::tempdir().unwrap();
    let book = book(BLOCK).env("CARGO_TARGET_DIR", target.path().to_str().unwrap());
    book.check(&[]).passed(2);
    assert!(target.path().join("verdict").is_dir());
    assert!(!book.path("programs/target").exists());
}

#[test]
fn what_needs_no_crate_can_be_handed_to_the_playground() {
    let chapter = "```rust\nhelper::three();\n```\n\n```rust\n// no helper\nfn main() {}\n```\n\n```rust,compile_fail,E0308\nlet s: &str = helper::three();\n```\n\n```rust,compile_fail,E0308,edition2021\nlet helper: &str = 3;\n```\n\n```rust,no_run\nloop {}\n```\n";
    let book = book(chapter);
    let without = answer(&book, "html");
    assert!(!without.contains("data-"), "{without}");
    let book = book.config("manifest = \"programs/Cargo.toml\"\nplayground = true");
    let with = answer(&book, "html");
    let marked: Vec<_> = with
        .lines()
        .filter(|line| line.starts_with("<figure"))
        .map(|line| line.contains("data-run"))
        .collect();
    assert_eq!(marked, [false, true, false, true, false], "{with}");
    assert!(
        with.contains("<figure class=\"pane pane-rejected\" data-run=\"2021\" data-before=\"fn main() { \" data-after=\"}\">"),
        "{with}"
    );
    // What is remembered is the same.
    assert_eq!(answer(&book, "html"), with);
}
