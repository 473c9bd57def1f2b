//! The crates' `tests/races.rs` under ThreadSanitizer, where a nightly toolchain
//! for 64-bit Linux is; where none is, this says so and passes.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The crates that have one.
const CRATES: [&str; 2] = ["channel", "mutex"];

const TARGET: &str = "x86_64-unknown-linux-gnu";

#[test]
fn no_race_is_seen_in_the_crates() {
    for name in CRATES {
        let folder = tempfile::tempdir().unwrap();
        if let Some(run) = watched(&package(name), folder.path()) {
            assert!(run.status.success(), "{name}: {}", said(&run));
            assert!(!is_race(&run), "{name}: {}", said(&run));
        }
    }
}

/// Whatever the schedule: nothing orders the first writes of two threads.
#[test]
fn a_guard_that_has_taken_no_lock_is_seen_to_race() {
    let planted = tempfile::tempdir().unwrap();
    for file in ["src/mutex.rs", "tests/races.rs", "tests/watched/mod.rs"] {
        let source = fs::read_to_string(package("mutex").join(file)).unwrap();
        let source = source.replace("\r\n", "\n");
        let copy = planted.path().join(file);
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        let changed = source.replacen("    acquire(&mutex.lock);\n", "", 1);
        assert_eq!(changed == source, file.starts_with("tests"), "{file}");
        fs::write(copy, changed).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    if let Some(run) = watched(planted.path(), folder.path()) {
        assert!(is_race(&run), "{}", said(&run));
    }
}

fn package(name: &str) -> PathBuf {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    crates.join(name)
}

/// Runs a package's `tests/races.rs` under the sanitizer.
fn watched(package: &Path, folder: &Path) -> Option<Output> {
    let version = nightly(&["-vV"]).filter(|output| output.status.success());
    let is_ours = |output: Output| {
        String::from_utf8_lossy(&output.stdout).contains(&format!("host: {TARGET}"))
    };
    if !version.is_some_and(is_ours) {
        // Not by `eprintln!`, whose words a test that passes keeps to itself.
        let words =
            format!("no nightly toolchain for {TARGET} here: no run is watched for races\n");
        std::io::stderr().write_all(words.as_bytes()).unwrap();
        return None;
    }
    let program = folder.join("races");
    let source = package.join("tests/races.rs");
    let compiled = nightly(&[
        "--edition=2024",
        "-O",
        "-Zsanitizer=thread",
        // The standard library isn't compiled for it; the programs know that.
        "-Cunsafe-allow-abi-mismatch=sanitizer",
        "--target",
        TARGET,
        "-o",
        program.to_str().unwrap(),
        source.to_str().unwrap(),
    ]);
    let compiled = compiled.unwrap();
    assert!(compiled.status.success(), "{}", said(&compiled));
    Some(Command::new(program).output().unwrap())
}

/// What nightly's compiler says; nothing if it couldn't even be asked.
fn nightly(arguments: &[&str]) -> Option<Output> {
    Command::new("rustup")
        .args(["run", "nightly", "rustc"])
        .args(arguments)
        .output()
        .ok()
}

fn is_race(run: &Output) -> bool {
    said(run).contains("WARNING: ThreadSanitizer: data race")
}

fn said(run: &Output) -> String {
    String::from_utf8_lossy(&run.stderr).into_owned()
}
