//! The `mdbook-outcomes` command: parses arguments, calls the library, maps to exit codes 0, 1, 2.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};
use mdbook_outcomes::{Error, OutcomesPreprocessor};
use mdbook_verdict::{Human, Options};
use regex::Regex;

/// Finds everything that the concurrent programs of an mdBook can come to, and shows it.
///
/// Without a command it answers mdBook as a preprocessor, on standard input and output.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Check the blocks tagged `explore` and their fences; exit 0 if all hold, 1 if not, 2 if it can't be told
    Check {
        /// The book's folder
        #[arg(default_value = ".")]
        book: PathBuf,
        /// Only blocks whose name (`src/chapter.md:12`) matches this regular expression
        #[arg(long, value_name = "REGEX")]
        filter: Option<Regex>,
        /// Write what was found into fences that hold something else
        #[arg(long)]
        bless: bool,
    },
    /// Print the script that lets readers step through a program, for book.toml's additional-js
    Script,
    /// Print the style sheet of the panes, for book.toml's additional-css
    Style,
    /// Tell mdBook whether a renderer's book is worth preprocessing
    Supports {
        /// The renderer, such as `html`
        renderer: String,
    },
}

fn main() -> ExitCode {
    let ended = match Cli::parse().command {
        None => preprocess(),
        Some(Command::Check {
            book,
            filter,
            bless,
        }) => check(&book, filter, bless),
        Some(Command::Script) => print(mdbook_outcomes::SCRIPT),
        Some(Command::Style) => print(mdbook_outcomes::STYLE),
        Some(Command::Supports { renderer }) => Ok(OutcomesPreprocessor::supports(&renderer)),
    };
    match ended {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn preprocess() -> Result<bool, Error> {
    if io::stdin().is_terminal() {
        // mdBook would speak through a pipe: this is a person.
        eprintln!("{}", Cli::command().render_help());
        return Err(Error::Protocol("standard input is a terminal".to_owned()));
    }
    match OutcomesPreprocessor.answer(io::stdin().lock(), io::stdout().lock()) {
        Err(error @ (Error::Page { .. } | Error::Verdict(mdbook_verdict::Error::Refuted(_)))) => {
            eprintln!("error: {error}");
            Ok(false)
        }
        answered => answered.map(|()| true),
    }
}

fn check(book: &std::path::Path, filter: Option<Regex>, bless: bool) -> Result<bool, Error> {
    let options = Options {
        filter,
        bless,
        ..Options::default()
    };
    let mut reporter = Human::new(
        io::stdout(),
        book,
        "mdbook-outcomes check --filter",
        "mdbook-outcomes check --bless --filter",
    );
    let summary = mdbook_outcomes::check(book, options, &mut reporter)?;
    if summary.counts.blocks == 0 {
        println!("no block to explore");
    }
    Ok(summary.holds())
}

fn print(text: &str) -> Result<bool, Error> {
    // Who closes our output has no use for the rest.
    let _ = io::stdout().write_all(text.as_bytes());
    Ok(true)
}
