//! Blocks that don't end, or don't stop writing.

#[cfg(unix)]
use std::process::Command;

use crate::book_test::BookTest;

const ENDS: &str = "```rust\nprintln!(\"still here\");\n```\n\n```text,output\nstill here\n```\n";

#[test]
fn a_hang_is_stopped_and_the_rest_goes_on() {
    let book = BookTest::new(&format!("```rust\nloop {{}}\n```\n\n{ENDS}")).config("timeout = 3");
    book.check(&[])
        .failed(2, 1)
        .says("error[timeout]: it was still running after 3 s\n --> src/a.md:1:1");
    let lines = book.json(&[]);
    assert_eq!(lines[1]["status"], "timeout");
    assert_eq!(lines[1]["rule"], "timeout");
}

#[test]
fn a_deadlock_shows_what_it_wrote_before() {
    let chapter = "```rust\nuse std::sync::Mutex;\nlet m = Mutex::new(1);\nlet a = m.lock();\neprintln!(\"one lock\");\nlet b = m.lock();\n```\n";
    BookTest::new(chapter)
        .check(&["--timeout", "3"])
        .failed(0, 1)
        .says("still running after 3 s")
        .says("one lock");
}

#[test]
fn a_hang_is_no_panic() {
    BookTest::new("```rust,should_panic\nloop {}\n```\n")
        .check(&["--timeout", "3"])
        .failed(0, 1)
        .says("error[timeout]");
}

#[test]
fn endless_output_is_stopped() {
    let chapter = format!("```rust\nloop {{ println!(\"again\"); }}\n```\n\n{ENDS}");
    BookTest::new(&chapter)
        .check(&[])
        .failed(2, 1)
        .says("error[runs]: it wrote more than 1048576 bytes and was stopped\n --> src/a.md:1:1");
}

#[test]
fn endless_memory_is_refused() {
    let chapter = "```rust\nlet v: Vec<u8> = Vec::with_capacity(8 << 30);\n```\n";
    let ended = BookTest::new(chapter).check(&[]);
    match cfg!(target_os = "linux") {
        true => drop(ended.failed(0, 1).says("memory allocation")),
        false => drop(ended),
    }
}

/// A block that starts a copy of itself, which writes its process id to a file of the book, and
/// then never ends.
#[cfg(unix)]
fn with_a_child(book: &BookTest, then: &str, streams: &str) -> String {
    let file = book.path("child");
    format!(
        "```rust\nuse std::process::{{Command, Stdio}};\nlet mut child = Command::new(\"sleep\").arg(\"1000\"){streams}.spawn().unwrap();\nstd::fs::write({file:?}, child.id().to_string()).unwrap();\n{then}\n```\n"
    )
}

#[cfg(unix)]
fn child_is_alive(book: &BookTest) -> bool {
    let id = book.read("child");
    let asked = Command::new("ps")
        .args(["-o", "stat=", "-p", &id])
        .output()
        .unwrap();
    // One that is dead but whose end nobody has asked for yet is a `Z`.
    let state = String::from_utf8(asked.stdout).unwrap();
    !(state.trim().is_empty() || state.starts_with('Z'))
}

#[cfg(unix)]
#[test]
fn what_a_stopped_block_started_is_stopped_too() {
    let book = BookTest::new("");
    let chapter = with_a_child(&book, "loop {}", "");
    let book = book.file("src/a.md", &chapter);
    book.check(&["--timeout", "5"])
        .failed(0, 1)
        .says("error[timeout]");
    assert!(!child_is_alive(&book));
}

#[cfg(unix)]
#[test]
fn what_a_block_leaves_behind_is_stopped() {
    let book = BookTest::new("");
    let nulls = ".stdout(Stdio::null()).stderr(Stdio::null())";
    let chapter = with_a_child(&book, "", nulls);
    let book = book.file("src/a.md", &chapter);
    book.check(&[]).passed(1);
    assert!(!child_is_alive(&book));
}

#[cfg(target_os = "linux")]
#[test]
fn a_child_that_leaves_the_group_cannot_hold_us_up() {
    let chapter = "```rust\nstd::process::Command::new(\"setsid\").args([\"sleep\", \"30\"]).spawn().unwrap();\nloop {}\n```\n";
    BookTest::new(chapter)
        .check(&["--timeout", "1"])
        .failed(0, 1)
        .says("error[timeout]");
}

#[cfg(target_os = "linux")]
#[test]
fn what_runs_does_not_outlive_us() {
    use std::io::Read as _;

    let book = BookTest::new("");
    let pipe = book.path("pipe");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let chapter = format!(
        "```rust\nuse std::io::Write;\nlet mut pipe = std::fs::File::create({pipe:?}).unwrap();\npipe.write_all(b\"x\").unwrap();\nloop {{}}\n```\n"
    );
    let book = book.file("src/a.md", &chapter);
    let mut verifier = Command::new(env!("CARGO_BIN_EXE_mdbook-verdict"))
        .args(["check", "--timeout", "600"])
        .current_dir(book.root())
        .spawn()
        .unwrap();
    // Opens once the block has opened its end.
    let mut read = std::fs::File::open(&pipe).unwrap();
    read.read_exact(&mut [0]).unwrap();
    verifier.kill().unwrap();
    verifier.wait().unwrap();
    let (sender, ended) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        // Ends when nobody can write to it any more: when the block is dead.
        let _ = sender.send(read.read_to_end(&mut Vec::new()).unwrap());
    });
    let rest = ended.recv_timeout(std::time::Duration::from_secs(60));
    assert_eq!(rest, Ok(0), "the block is still running");
}
