//! This book's own copies of what the crate brings.

use std::fs;
use std::path::Path;

/// The most that the script may weigh.
const MOST_BYTES: usize = 15_000;

#[test]
fn the_books_copies_are_the_crates_own() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for (file, ours, command) in [
        ("theme/explorer.js", mdbook_outcomes::SCRIPT, "script"),
        ("theme/explorer.css", mdbook_outcomes::STYLE, "style"),
    ] {
        // Packaged alone, the crate has no book around it.
        let Ok(copy) = fs::read_to_string(root.join(file)) else {
            continue;
        };
        let write = format!("cargo run -p mdbook-outcomes -- {command} > {file}");
        assert!(copy == ours, "{file} is old: {write}");
    }
}

#[test]
fn the_script_is_small_and_asks_no_host() {
    let script = mdbook_outcomes::SCRIPT;
    assert!(script.len() < MOST_BYTES, "{} bytes", script.len());
    assert!(!script.contains("http") && !script.contains("import"));
}
