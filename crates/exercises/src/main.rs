//! `cargo exercise`: tries the exercise that you are at, and says what to do next.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use exercises::{Error, Guide, Judge, forever};

#[derive(Parser)]
#[command(
    name = "cargo exercise",
    about = "Tries the exercise that you are at, and says what to do next",
    after_help = "Exit code: 0 it passes, 1 not yet, 2 it couldn't be tried.",
    args_conflicts_with_subcommands = true
)]
struct Cli {
    /// The exercise to try (the one that you are at, if none is named)
    name: Option<String>,
    /// Show every exercise: done, next, begun or open
    #[arg(long, conflicts_with_all = ["name", "watch"])]
    list: bool,
    /// Try again on each save, until stopped
    #[arg(long)]
    watch: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Show a hint; each time one more
    Hint {
        /// The exercise
        name: Option<String>,
    },
    /// Begin again from a fresh copy; what you had is kept beside it
    Reset {
        /// The exercise
        name: Option<String>,
    },
    /// Show the solutions of an exercise that passes
    Solution {
        /// The exercise
        name: Option<String>,
        /// Even if it doesn't pass yet
        #[arg(long)]
        anyway: bool,
    },
}

fn main() -> ExitCode {
    match run(&Cli::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(cli: &Cli) -> Result<bool, Error> {
    let root = root();
    let mut judge = Judge::new(&root)?;
    judge.colour = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let mut guide = Guide::new(&root, judge, io::stdout())?;
    match &cli.command {
        Some(Command::Hint { name }) => guide.hint(name.as_deref()),
        Some(Command::Reset { name }) => guide.reset(name.as_deref()),
        Some(Command::Solution { name, anyway }) => guide.solution(name.as_deref(), *anyway),
        None if cli.list => guide.list(),
        None if cli.watch => forever(&mut guide, cli.name.as_deref()),
        None => guide.attempt(cli.name.as_deref()),
    }
}

/// The repository's root.
fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = manifest.ancestors().nth(2);
    root.expect("crates/exercises lies two folders deep")
        .to_owned()
}
