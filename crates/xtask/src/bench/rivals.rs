//! The testers of blocks and of compiler errors that are crates: skeptic, trybuild and ui_test.

use std::rc::Rc;

use anyhow::Result;
use mdbook_verdict::{Program, Promise};

use super::package::Package;
use super::rounds::Entry;
use super::subject::Subject;
use super::toolbox::Toolbox;

/// skeptic on the blocks that run.
///
/// # Errors
///
/// If it can't be had.
pub fn skeptic(toolbox: &Rc<Toolbox>, subject: &Subject) -> Result<Entry> {
    let manifest = "[build-dependencies]\nskeptic = \"=0.14.2\"\n\n[dev-dependencies]\nskeptic = \"=0.14.2\"\n";
    let package = Package::write(toolbox, "skeptic", manifest)?;
    package.add(
        "build.rs",
        "fn main() {\n    skeptic::generate_doc_tests(&[\"blocks/all.md\"]);\n}\n",
    )?;
    package.add(
        "tests/blocks.rs",
        "include!(concat!(env!(\"OUT_DIR\"), \"/skeptic-tests.rs\"));\n",
    )?;
    let mut markdown = String::new();
    // It knows no implicit `main`: it gets whole programs.
    for block in subject.that(|promise| *promise == Promise::Runs) {
        markdown += &format!("```rust\n{}\n```\n\n", Program::of(block).text.trim_end());
    }
    package.add("blocks/all.md", &markdown)?;
    package.entry(&subject.name, "running blocks only", None)
}

/// trybuild on the blocks that are rejected.
///
/// # Errors
///
/// If it can't be had.
pub fn trybuild(toolbox: &Rc<Toolbox>, subject: &Subject) -> Result<Entry> {
    let package = Package::write(
        toolbox,
        "trybuild",
        "[dev-dependencies]\ntrybuild = \"1\"\n",
    )?;
    package.add(
        "tests/blocks.rs",
        "#[test]\nfn rejected() {\n    trybuild::TestCases::new().compile_fail(\"blocks/*.rs\");\n}\n",
    )?;
    add_rejected(&package, subject)?;
    package.entry(
        &subject.name,
        ABOUT_REJECTED,
        Some(("TRYBUILD", "overwrite")),
    )
}

/// ui_test on the blocks that are rejected.
///
/// # Errors
///
/// If it can't be had.
pub fn ui_test(toolbox: &Rc<Toolbox>, subject: &Subject) -> Result<Entry> {
    let manifest =
        "[dev-dependencies]\nui_test = \"0.30\"\n\n[[test]]\nname = \"blocks\"\nharness = false\n";
    let package = Package::write(toolbox, "ui_test", manifest)?;
    package.add("tests/blocks.rs", UI_TEST)?;
    add_rejected(&package, subject)?;
    package.entry(&subject.name, ABOUT_REJECTED, Some(("BLESS", "1")))
}

const ABOUT_REJECTED: &str = "rejected blocks only";

/// Its test program: messages are compared with files; no annotations are asked for, and what
/// rustc suggests isn't tried out.
const UI_TEST: &str = r#"use ui_test::custom_flags::rustfix::RustfixMode;
use ui_test::spanned::Spanned;
use ui_test::{Config, bless_output_files, error_on_output_conflict, run_tests};

fn main() -> ui_test::color_eyre::Result<()> {
    let mut config = Config::rustc("blocks");
    let defaults = config.comment_defaults.base();
    defaults.require_annotations = Spanned::dummy(false).into();
    defaults.set_custom("rustfix", RustfixMode::Disabled);
    config.output_conflict_handling = match std::env::var_os("BLESS") {
        Some(_) => bless_output_files,
        None => error_on_output_conflict,
    };
    run_tests(config)
}
"#;

/// A file for each rejected block.
fn add_rejected(package: &Package, subject: &Subject) -> Result<()> {
    let rejected = subject.that(|promise| matches!(promise, Promise::Rejected(_)));
    for (number, block) in rejected.enumerate() {
        package.add(format!("blocks/b{number:03}.rs"), &Program::of(block).text)?;
    }
    Ok(())
}
