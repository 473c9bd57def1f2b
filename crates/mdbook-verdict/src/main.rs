//! The `mdbook-verdict` command: parses arguments, calls the library, maps to exit codes 0, 1, 2.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use mdbook_verdict::{
    Book, Error, Human, Json, Options, Promise, Reporter, Summary, Toolchain, VerdictPreprocessor,
    Verifier,
};
use regex::Regex;

/// Verifies every Rust block of an mdBook: what it prints, what the compiler says of it, and why it is rejected.
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
    /// Compile, run and compare every block; exit 0 if all holds, 1 if not, 2 if it can't be told
    Check(Check),
    /// Name every block and what it promises
    List(Books),
    /// Tell mdBook whether a renderer's book is worth preprocessing
    Supports {
        /// The renderer, such as `html`
        renderer: String,
    },
}

#[derive(Args)]
struct Books {
    /// A book's folder, or Markdown files
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// Only blocks whose name (`src/chapter.md:12`) matches this regular expression
    #[arg(long, value_name = "REGEX")]
    filter: Option<Regex>,
}

#[derive(Args)]
struct Check {
    #[command(flatten)]
    books: Books,
    /// Write what came into result fences that hold something else
    #[arg(long)]
    bless: bool,
    /// How many blocks to work on at once [default: the number of cores]
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// The time limit of a block's run, in seconds [default: book.toml's, or 10]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    timeout: Option<Duration>,
    /// Remember nothing, and use nothing that is remembered
    #[arg(long)]
    no_cache: bool,
    /// How to report
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// A JSON object a line, for programs
    Json,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text
        .parse()
        .map_err(|_| "not a number of seconds".to_owned())?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}

fn main() -> ExitCode {
    let ended = match Cli::parse().command {
        None => preprocess(),
        Some(Command::Check(check)) => run_check(&check),
        Some(Command::List(books)) => list(&books),
        Some(Command::Supports { renderer }) => Ok(VerdictPreprocessor::supports(&renderer)),
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
    match VerdictPreprocessor.answer(io::stdin().lock(), io::stdout().lock()) {
        Err(Error::Refuted(count)) => {
            eprintln!("error: {}", Error::Refuted(count));
            Ok(false)
        }
        answered => answered.map(|()| true),
    }
}

/// The books that the paths name: each folder one, all loose files together one.
fn books(paths: &[PathBuf]) -> Result<Vec<Book>, Error> {
    let (folders, files): (Vec<_>, Vec<_>) = paths.iter().cloned().partition(|path| path.is_dir());
    let mut books = folders
        .iter()
        .map(|folder| Book::load(folder))
        .collect::<Result<Vec<_>, _>>()?;
    if !files.is_empty() {
        books.push(Book::of_files(&files)?);
    }
    Ok(books)
}

fn run_check(check: &Check) -> Result<bool, Error> {
    let options = Options {
        filter: check.books.filter.clone(),
        jobs: check.jobs,
        timeout: check.timeout,
        bless: check.bless,
        no_cache: check.no_cache,
    };
    let (mut holds, mut found) = (true, false);
    for book in books(&check.books.paths)? {
        let summary = check_book(&book, &options, check)?;
        holds &= summary.holds();
        found |= summary.counts.blocks + summary.failed + summary.warnings > 0;
    }
    match (&check.books.filter, found) {
        (Some(filter), false) => Err(Error::NoMatch(filter.to_string())),
        _ => Ok(holds),
    }
}

fn check_book(book: &Book, options: &Options, check: &Check) -> Result<Summary, Error> {
    let verifier = Verifier::new(&book.root, &book.config, options)?;
    let mut reporter: Box<dyn Reporter> = match check.format {
        Format::Json => Box::new(Json::new(io::stdout().lock())),
        Format::Human => {
            let place = place(&check.books.paths);
            Box::new(Human::new(
                io::stdout(),
                &book.root,
                &format!("mdbook-verdict check {place}--filter"),
                &format!("mdbook-verdict check {place}--bless --filter"),
            ))
        }
    };
    verifier.check(book, options, reporter.as_mut())
}

/// The paths that were given, as arguments of the commands that reports name.
fn place(paths: &[PathBuf]) -> String {
    match paths {
        [here] if here == Path::new(".") => String::new(),
        paths => paths.iter().map(|path| quoted(path) + " ").collect(),
    }
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/\\.:_-".contains(c);
    match text.chars().all(plain) {
        true => text,
        false => format!("'{}'", text.replace('\'', r"'\''")),
    }
}

fn list(arguments: &Books) -> Result<bool, Error> {
    for book in books(&arguments.paths)? {
        let host = Toolchain::find(&book.root).map_err(Error::Toolchain)?.host;
        for block in book
            .pages(&host)
            .iter()
            .flat_map(|page| &page.blocks.blocks)
        {
            if arguments
                .filter
                .as_ref()
                .is_some_and(|filter| !filter.is_match(&block.name))
            {
                continue;
            }
            println!("{}: {}", block.name, Promise::of(block).words());
            for fence in &block.fences {
                println!("{}: {}", fence.location, fence.tag.written());
            }
        }
    }
    Ok(true)
}
