//! What a borrow becomes in machine code: the plain pointer, and no more.
//!
//! Each source is compiled alone and optimised; instructions are compared as
//! text, so this holds on any processor rustc has a code generator for.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// Two leases, one after the other: look at all items, then change one.
const BORROWED: &str = "
#[unsafe(no_mangle)]
pub fn probe(items: &mut [u64; 4]) -> u64 {
    let reader = &*items;
    let sum = reader[0].wrapping_add(reader[1]).wrapping_add(reader[2]);
    let writer = &mut *items;
    writer[3] = sum;
    sum
}";

/// The same through a raw pointer, which nobody lends and nobody checks.
const RAW: &str = "
#[unsafe(no_mangle)]
pub unsafe fn probe(items: *mut u64) -> u64 {
    unsafe {
        let sum = (*items).wrapping_add(*items.add(1)).wrapping_add(*items.add(2));
        *items.add(3) = sum;
        sum
    }
}";

/// The same with leases that are counted while the program runs.
const COUNTED: &str = "
use std::cell::RefCell;

#[unsafe(no_mangle)]
pub fn probe(items: &RefCell<[u64; 4]>) -> u64 {
    let reader = items.borrow();
    let sum = reader[0].wrapping_add(reader[1]).wrapping_add(reader[2]);
    drop(reader);
    items.borrow_mut()[3] = sum;
    sum
}";

#[test]
fn a_borrow_compiles_to_the_code_of_a_raw_pointer() {
    assert_eq!(instructions("borrowed", BORROWED), instructions("raw", RAW));
}

#[test]
fn a_lease_counted_at_run_time_compiles_to_more() {
    let (borrowed, counted) = (
        instructions("borrowed_again", BORROWED),
        instructions("counted", COUNTED),
    );
    assert!(counted.len() > borrowed.len(), "{counted:#?}");
}

/// The instructions of `probe` in `source`, optimised, one per line.
///
/// `name` is the file's; no two tests may share one.
fn instructions(name: &str, source: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (rs, asm) = (
        folder.join(name).with_extension("rs"),
        folder.join(name).with_extension("s"),
    );
    fs::write(&rs, source).expect("the folder for tests' files can be written to");
    let rustc = env::var_os("RUSTC").unwrap_or("rustc".into());
    let output = Command::new(rustc)
        .args([
            "--edition=2024",
            "--crate-type=lib",
            "--emit=asm",
            "-O",
            "-o",
        ])
        .args([&asm, &rs])
        .output()
        .expect("rustc runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );

    let text = fs::read_to_string(&asm).expect("rustc has written the machine code");
    let body: Vec<String> = text
        .lines()
        .skip_while(|line| !matches!(*line, "probe:" | "_probe:")) // the latter on macOS
        .skip(1)
        .take_while(|line| !line.contains("func_end") && !line.contains(".cfi_endproc"))
        .map(str::trim)
        .filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()))
        .map(str::to_owned)
        .collect();
    assert!(!body.is_empty(), "no instructions found in:\n{text}");
    body
}
