//! The compiler as skeptic calls it: rustc, told what the order on a program's last line says.
//!
//! skeptic passes at most `--edition=2021`, and every crate that this package's dependencies use.
//! Here the edition becomes the block's, and the crates those that a block may name. A program
//! without an order is compiled as it is asked for.

use std::collections::BTreeSet;
use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use skeptic_tests::Order;

/// The rustc that cargo built this package and the blocks' crates with.
const RUSTC: &str = env!("BLOCK_RUSTC");
/// What a block may name, with commas between.
const CRATES: &str = env!("BLOCK_CRATES");

fn main() -> ExitCode {
    let asked: Vec<OsString> = env::args_os().skip(1).collect();
    let program = asked.first().map(Path::new);
    let order = program
        .and_then(|program| fs::read_to_string(program).ok())
        .and_then(|text| Order::read(&text));
    let (Some(program), Some(order)) = (program, order) else {
        return rustc(&asked);
    };
    let told = told(&asked, &order);
    let code = rustc(&told);
    if code != ExitCode::SUCCESS {
        if !order.rejected {
            eprintln!("note: a block may name these crates: {CRATES}");
        }
        return code;
    }
    let only_checked = told.iter().any(is_emit);
    if order.rejected && only_checked {
        let mut to_the_end = told.clone();
        to_the_end.retain(|argument| !is_emit(argument));
        to_the_end.push("-o".into());
        to_the_end.push(program.with_extension("whole").into());
        return rustc(&to_the_end);
    }
    code
}

/// The arguments, with the block's edition and only the crates that it may name.
fn told(asked: &[OsString], order: &Order) -> Vec<OsString> {
    let allowed: BTreeSet<&str> = CRATES.split(", ").collect();
    let mut told = Vec::new();
    let mut asked = asked.iter();
    while let Some(argument) = asked.next() {
        if argument == "--extern" {
            let library = asked.next().map(OsString::as_os_str).unwrap_or_default();
            if allowed.contains(name(library)) {
                told.extend([argument.clone(), library.to_owned()]);
            }
        } else if !argument.to_string_lossy().starts_with("--edition") {
            told.push(argument.clone());
        }
    }
    told.push(format!("--edition={}", order.edition).into());
    if order.test_harness {
        told.push("--test".into());
    }
    told
}

/// `crossbeam` of `crossbeam=/path/to/libcrossbeam.rlib`.
fn name(library: &OsStr) -> &str {
    let text = library.to_str().unwrap_or_default();
    text.split_once('=').map_or(text, |(name, _)| name)
}

fn is_emit(argument: &OsString) -> bool {
    argument.to_string_lossy().starts_with("--emit")
}

fn rustc(arguments: &[OsString]) -> ExitCode {
    match Command::new(RUSTC).args(arguments).status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(status) => {
            let code = status.code().and_then(|code| u8::try_from(code).ok());
            ExitCode::from(code.unwrap_or(1))
        }
        Err(error) => {
            eprintln!("can't run {RUSTC}: {error}");
            ExitCode::from(2)
        }
    }
}
