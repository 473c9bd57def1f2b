//! The preprocessor's command: `admonish [supports RENDERER | css]`.

use std::io::{Read, Write, stdin, stdout};
use std::process::ExitCode;

const USAGE: &str = "\
usage: admonish                    a book from mdBook 0.5 on standard input, back on standard output
       admonish supports RENDERER  exit 0: every renderer is supported
       admonish css                the stylesheet for additional-css";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [] => preprocess(),
        // Where a renderer is not configured, the book is handed back as it is.
        ["supports", _] => ExitCode::SUCCESS,
        ["css"] => print(admonish::CSS),
        ["help" | "--help" | "-h"] => print(&format!("{USAGE}\n")),
        _ => misuse(USAGE),
    }
}

fn preprocess() -> ExitCode {
    let mut input = String::new();
    if let Err(error) = stdin().read_to_string(&mut input) {
        return misuse(&format!("admonish: standard input: {error}"));
    }
    match admonish::run(&input) {
        Ok(book) => print(&book),
        Err(error) if error.is_misuse() => misuse(&format!("admonish: {error}\n{USAGE}")),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(1)
        }
    }
}

fn print(text: &str) -> ExitCode {
    match stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => misuse(&format!("admonish: standard output: {error}")),
    }
}

fn misuse(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::from(2)
}
