//! The `mdbook-verdict` command: parses arguments, calls the library, maps to exit codes 0, 1, 2.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};
use mdbook_verdict::{
    Block, Book, Error, GitHub, Human, Json, Junit, Options, Partition, Reporter, Rule, Summary,
    Toolchain, VerdictPreprocessor, Verifier,
};
use regex::Regex;

/// Verifies every Rust block of an mdBook: what it prints, what the compiler says of it, and why it is rejected.
///
/// Without a command it answers mdBook as a preprocessor, on standard input and output.
#[derive(Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
struct Cli {
    /// Tell what a rule says, how it is broken, mended and turned off
    #[arg(long, value_name = "RULE", value_parser = rule)]
    explain: Option<Rule>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Compile, run and compare every block; exit 0 if all holds, 1 if not, 2 if it can't be told
    Check(Check),
    /// Name every block and what it promises
    List(List),
    /// Print the script that checks a reader's answer to a quiz, for book.toml's additional-js
    QuizScript,
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
    /// Only the K-th of N equal shares of the blocks: what one of N machines has to do
    #[arg(long, value_name = "K/N", default_value_t, hide_default_value = true)]
    partition: Partition,
}

#[derive(Args)]
struct List {
    #[command(flatten)]
    books: Books,
    /// How to list
    #[arg(long, value_enum, default_value = "human")]
    format: ListFormat,
}

#[derive(Clone, Copy, ValueEnum)]
enum ListFormat {
    /// For people
    Human,
    /// A JSON object a line, for programs
    Json,
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
    /// Annotations, for GitHub Actions
    Github,
    /// JUnit's XML, for other CI systems
    Junit,
}

fn rule(name: &str) -> Result<Rule, String> {
    let digits = name.strip_prefix('E').unwrap_or_default();
    if digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("it is the compiler's: rustc --explain {name}"));
    }
    Rule::named(name)
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text
        .parse()
        .map_err(|_| "not a number of seconds".to_owned())?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let ended = match cli.command {
        None => match cli.explain {
            Some(rule) => {
                print(&rule.explanation());
                Ok(true)
            }
            None => preprocess(),
        },
        Some(Command::Check(check)) => run_check(&check),
        Some(Command::List(arguments)) => list(&arguments),
        Some(Command::QuizScript) => {
            print(mdbook_verdict::QUIZ_SCRIPT);
            Ok(true)
        }
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

/// Who closes our output has no use for the rest.
fn print(text: &str) {
    let _ = io::stdout().write_all(text.as_bytes());
}

fn preprocess() -> Result<bool, Error> {
    if io::stdin().is_terminal() {
        // mdBook would speak through a pipe: this is a person.
        eprintln!("{}", Cli::command().render_help());
        return Err(Error::Protocol("standard input is a terminal".to_owned()));
    }
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
        partition: check.books.partition,
        jobs: check.jobs,
        timeout: check.timeout,
        bless: check.bless,
        no_cache: check.no_cache,
    };
    // One document for all books.
    let mut junit = Junit::new(io::stdout());
    let (mut holds, mut found) = (true, false);
    for book in books(&check.books.paths)? {
        let summary = check_book(&book, &options, check, &mut junit)?;
        holds &= summary.holds();
        found |= summary.counts.blocks + summary.failed + summary.warnings > 0;
    }
    check.books.must_match(found)?;
    if matches!(check.format, Format::Junit) {
        // Who closes our output has no use for the rest.
        let _ = junit.finish();
    }
    Ok(holds)
}

impl Books {
    /// A filter that matches nothing is a mistake; but a share of what matches can be empty.
    fn must_match(&self, found: bool) -> Result<(), Error> {
        match &self.filter {
            Some(filter) if !found && self.partition.is_first() => {
                Err(Error::NoMatch(filter.to_string()))
            }
            _ => Ok(()),
        }
    }
}

fn check_book(
    book: &Book,
    options: &Options,
    check: &Check,
    junit: &mut dyn Reporter,
) -> Result<Summary, Error> {
    let verifier = Verifier::new(&book.root, &book.config, options)?;
    match check.format {
        Format::Junit => verifier.check(book, options, junit),
        Format::Json => verifier.check(book, options, &mut Json::new(io::stdout().lock())),
        Format::Github => {
            let workspace = std::env::var_os("GITHUB_WORKSPACE").map(PathBuf::from);
            let workspace = workspace.unwrap_or_else(|| PathBuf::from("."));
            let mut reporter = GitHub::new(io::stdout().lock(), &book.root, &workspace);
            verifier.check(book, options, &mut reporter)
        }
        Format::Human => {
            let place = place(&check.books.paths);
            let mut reporter = Human::new(
                io::stdout(),
                &book.root,
                &format!("mdbook-verdict check {place}--filter"),
                &format!("mdbook-verdict check {place}--bless --filter"),
            )
            .explained_by("mdbook-verdict --explain");
            verifier.check(book, options, &mut reporter)
        }
    }
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

fn list(arguments: &List) -> Result<bool, Error> {
    let Books {
        paths,
        filter,
        partition,
    } = &arguments.books;
    let mut found = false;
    for book in books(paths)? {
        let host = Toolchain::find(&book.root).map_err(Error::Toolchain)?.host;
        let pages = book.pages(&host);
        let wanted = |block: &&Block| {
            let filter = filter.as_ref();
            filter.is_none_or(|filter| filter.is_match(&block.name))
        };
        let all = pages.iter().flat_map(|page| &page.blocks.blocks);
        let blocks: Vec<&Block> = partition.of(all.filter(wanted)).collect();
        found |= !blocks.is_empty();
        let out = io::stdout().lock();
        // Who closes our output has no use for the rest.
        let _ = match arguments.format {
            ListFormat::Human => mdbook_verdict::list(&blocks, out),
            ListFormat::Json => mdbook_verdict::list_json(&blocks, out),
        };
    }
    arguments.books.must_match(found)?;
    Ok(true)
}
