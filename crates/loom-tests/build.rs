//! Cuts parts out of the programs: what a program keeps to itself, a test can't
//! name, and `include!` takes no file that begins with its documentation.

use std::path::Path;
use std::{env, fs};

/// The programs' anchors that `tests/programs.rs` includes.
const PARTS: [(&str, &str); 5] = [
    ("barrier", "rounds"),
    ("condvar", "buffer"),
    ("counter_lost", "chance"),
    ("deadlock", "record"),
    ("deadlock_ordered", "both"),
];

fn main() {
    let folder = env::var_os("OUT_DIR").expect("cargo names a folder");
    for (program, anchor) in PARTS {
        let source = format!("../../examples/{program}.rs");
        println!("cargo::rerun-if-changed={source}");
        let text = fs::read_to_string(&source).unwrap_or_else(|e| panic!("{source}: {e}"));
        let part: Vec<&str> = text
            .lines()
            .skip_while(|line| line.trim() != format!("// ANCHOR: {anchor}"))
            .take_while(|line| line.trim() != format!("// ANCHOR_END: {anchor}"))
            .collect();
        assert!(!part.is_empty(), "{source} has no anchor `{anchor}`");
        let file = Path::new(&folder).join(format!("{program}_{anchor}.rs"));
        fs::write(file, part.join("\n") + "\n").expect("the folder can be written to");
    }
}
