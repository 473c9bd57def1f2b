//! What isn't followed is an error at its place that says what to write.

use outcomes::{Options, parse};
use snapbox::Data;
use std::path::{Path, PathBuf};

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/refused");
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    all.sort();
    all
}

#[test]
fn each_refused_program_names_the_place_and_the_way_out() {
    let check = snapbox::Assert::new().action_env("SNAPSHOTS");
    let all = fixtures();
    assert!(all.len() >= 15);
    for path in all {
        let source = std::fs::read_to_string(&path).unwrap();
        let error = match parse(&source, Options::default()) {
            Ok(_) => panic!("{} is followed", path.display()),
            Err(error) => error,
        };
        // The line that is at fault says so itself.
        let marked = source
            .lines()
            .position(|line| line.contains("//~"))
            .unwrap()
            + 1;
        assert_eq!(
            error.span().line as usize,
            marked,
            "{}: {error}",
            path.display()
        );
        check.eq(
            format!("{error}\n"),
            Data::read_from(&path.with_extension("error"), None).raw(),
        );
    }
}

#[test]
fn a_hidden_line_counts_and_a_block_needs_no_main() {
    let source = "# use std::sync::Mutex;\nlet m = Mutex::new(1);\nlet x = 1.5;\n";
    let error = parse(source, Options::default()).unwrap_err();
    assert_eq!((error.span().line, error.span().column), (3, 9));
}
