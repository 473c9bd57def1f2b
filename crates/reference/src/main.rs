//! The preprocessor's command: `reference [supports RENDERER]`.

use std::io::{Write as _, stdin, stdout};
use std::process::ExitCode;

const USAGE: &str = "\
usage: reference                    a book from mdBook on standard input, back on standard output
       reference supports RENDERER  exit 0 for html";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [] => preprocess(),
        ["supports", "html"] => ExitCode::SUCCESS,
        ["supports", _] => ExitCode::from(1),
        ["help" | "--help" | "-h"] => print(&format!("{USAGE}\n")),
        _ => misuse(USAGE),
    }
}

fn preprocess() -> ExitCode {
    match reference::run(stdin().lock()) {
        Ok(book) => print(&book),
        Err(error @ reference::Error::Protocol(_)) => {
            misuse(&format!("reference: {error}\n{USAGE}"))
        }
        Err(error) => {
            eprintln!("reference: {error}");
            ExitCode::from(1)
        }
    }
}

fn print(text: &str) -> ExitCode {
    match stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => misuse(&format!("reference: standard output: {error}")),
    }
}

fn misuse(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::from(2)
}
