//! The gate with auto traits, where a nightly toolchain is installed. Where
//! none is, these tests say so and pass: stable Rust has no auto traits to
//! offer, and what it says to them is a block of the book.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

/// What all the programs start with.
const GATE: &str = "tests/nightly/gate.rs";

#[test]
fn a_struct_and_a_closure_cross_without_being_named() {
    let program = "
        struct Order { item: String, count: usize }
        fn main() {
            let order = Order { item: String::from(\"tea\"), count: 2 };
            println!(\"{}\", spawn(move || order.item.repeat(order.count)));

            let all = std::sync::Arc::new(std::sync::Mutex::new(vec![1]));
            let theirs = all.clone();
            spawn(move || theirs.lock().unwrap().push(2));
            println!(\"{:?}\", all.lock().unwrap());
        }";
    let folder = tempfile::tempdir().unwrap();
    let Some(compiled) = compile(program, folder.path()) else {
        return;
    };
    assert!(compiled.status.success(), "{}", errors(&compiled));

    let run = Command::new(folder.path().join("gate")).output().unwrap();
    assert!(run.status.success());
    assert_eq!(String::from_utf8_lossy(&run.stdout), "teatea\n[1, 2]\n");
}

#[test]
fn a_closure_that_captures_an_rc_is_refused() {
    refused(
        "fn main() { let count = std::rc::Rc::new(1); spawn(move || *count); }",
        "Rc<i32>",
    );
}

#[test]
fn a_struct_with_a_raw_pointer_inside_is_refused() {
    refused(
        "struct Node { next: Option<Next> }
         struct Next(*mut u8);
         fn main() { let node = Node { next: None }; spawn(move || drop(node)); }",
        "Node",
    );
}

#[test]
fn a_reference_to_a_cell_is_refused() {
    refused(
        "fn main() {
             let cell: &'static std::cell::Cell<u8> = Box::leak(Box::default());
             spawn(move || cell.set(1));
         }",
        "Cell<u8>",
    );
}

#[test]
fn a_result_that_may_not_come_back_is_refused() {
    refused("fn main() { spawn(|| std::rc::Rc::new(1_u8)); }", "Rc<u8>");
}

/// By its fields alone a guard could go: it is a reference to a mutex.
#[test]
fn a_guard_is_refused_since_it_was_named() {
    refused(
        "static LAST: std::sync::Mutex<u8> = std::sync::Mutex::new(0);
         fn main() { let guard = LAST.lock().unwrap(); spawn(move || drop(guard)); }",
        "MutexGuard",
    );
}

/// Asserts that the program is refused, for one reason, which names `culprit`.
#[track_caller]
fn refused(main: &str, culprit: &str) {
    let folder = tempfile::tempdir().unwrap();
    let Some(compiled) = compile(main, folder.path()) else {
        return;
    };
    let errors = errors(&compiled);
    let codes: Vec<&str> = errors.matches("error[E").collect();
    assert_eq!(codes.len(), 1, "{errors}");
    assert!(errors.contains("error[E0277]"), "{errors}");
    assert!(errors.contains("MayCross"), "{errors}");
    assert!(errors.contains(culprit), "{errors}");
}

/// Compiles the gate with this `main` into `folder`, if there is a nightly.
fn compile(main: &str, folder: &Path) -> Option<Output> {
    if !nightly(&["--version"]).is_some_and(|output| output.status.success()) {
        // Not by `eprintln!`, whose words a test that passes keeps to itself.
        let words = b"no nightly toolchain here: the gate with auto traits is not tried
";
        std::io::stderr().write_all(words).unwrap();
        return None;
    }
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let gate = std::fs::read_to_string(package.join(GATE)).unwrap();
    let source = folder.join("gate.rs");
    std::fs::write(&source, format!("{gate}\n{main}\n")).unwrap();
    let source = source.to_str().unwrap();
    let folder = folder.to_str().unwrap();
    nightly(&["--edition", "2024", "--out-dir", folder, source])
}

/// What nightly's compiler says; nothing if it couldn't even be asked.
fn nightly(arguments: &[&str]) -> Option<Output> {
    Command::new("rustup")
        .args(["run", "nightly", "rustc"])
        .args(arguments)
        .output()
        .ok()
}

fn errors(compiled: &Output) -> String {
    String::from_utf8_lossy(&compiled.stderr).into_owned()
}
