//! The project's own commands: `cargo book` and `cargo xtask`.

mod address;
mod bench;
#[cfg(unix)]
mod bench_outcomes;
mod browse;
mod build;
mod bundle;
mod chapters;
mod contents;
#[cfg(test)]
mod contrast;
mod costs;
mod counts;
mod describe;
mod epub;
mod generated;
mod hardware;
#[cfg(test)]
mod house;
mod languages;
mod lighthouse;
mod meter;
mod mutants;
mod pdf;
#[cfg(unix)]
mod real_books;
mod repository;
#[cfg(test)]
mod sanitizer;
mod serve;
mod testers;
mod turning;
mod verify;
mod watch;
mod weigh;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::{Args, Parser, Subcommand};
use regex::Regex;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The project's own commands")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Verify every block of the book and build its pages
    Book(BookArguments),
    /// See that everything generated is as its generator would write it
    Check,
    /// Ask the compiler which types are Send and Sync, and write the atlas
    Atlas,
    /// Build the pages, and see that a first visit to each is light and stays on its host
    Weigh(Pages),
    /// Take the guards out of a copy of the crates, one by one, and see the tests notice
    Mutants {
        /// Only those whose file, text or catcher matches
        filter: Option<Regex>,
        /// Only those that aren't in docs/mutants.md yet, and write that
        #[arg(long, conflicts_with = "filter")]
        new: bool,
    },
    /// Give programs with known faults to every tool that is here, and record which finds what
    Testers(testers::Arguments),
    /// Build the pages, and try them in a real Chromium
    Browse(browse::Arguments),
    /// Build the pages, and see that Lighthouse takes no point off a page of any kind
    Lighthouse(lighthouse::Arguments),
    /// Build the pages, and make an EPUB of them: target/book.epub
    Epub(Pages),
    /// Build the pages, and have Chromium print them: target/book.pdf
    Pdf(Pages),
    /// Measure our verifier beside other tools, and write docs/bench-verdict.md
    BenchVerdict(bench::Arguments),
    /// Measure our explorer beside loom, and write docs/bench-outcomes.md
    #[cfg(unix)]
    BenchOutcomes(bench_outcomes::Arguments),
    /// Measure what sharing costs on this machine, and write data/costs.json and what follows from it
    Costs(costs::Arguments),
    /// Run the races in Python, Go and Java where these are here, and write data/languages.json
    Languages(languages::Arguments),
    /// Run the explored programs of the pages on orderings on this machine, and record what it shows
    Hardware(hardware::Arguments),
    /// Check other people's books with rustdoc and with our verifier, and write docs/real-books.md
    #[cfg(unix)]
    RealBooks {
        /// The folders of the books
        #[arg(required = true)]
        folders: Vec<PathBuf>,
    },
}

/// Which pages to look at.
#[derive(Args)]
struct Pages {
    /// Take the pages as `cargo book` left them, and build none
    #[arg(long)]
    as_built: bool,
}

#[derive(Args, Clone)]
struct BookArguments {
    /// Open the first page
    #[arg(long)]
    open: bool,
    /// Serve the pages on this machine until stopped
    #[arg(long)]
    serve: bool,
    /// The port to serve them on
    #[arg(long, default_value_t = 3000, requires = "serve")]
    port: u16,
    /// Verify and build again on each save, until stopped
    #[arg(long)]
    watch: bool,
    #[command(flatten)]
    addresses: address::Addresses,
    /// Write what really came out into result fences; only those of blocks whose name matches
    #[arg(long, value_name = "FILTER", num_args = 0..=1, default_missing_value = "")]
    bless: Option<Regex>,
    /// Verify only blocks whose name matches, and build no pages
    #[arg(long, value_name = "FILTER", conflicts_with_all = ["bless", "open", "serve", "watch"])]
    only: Option<Regex>,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let root = root();
    let ended = match cli.command {
        Command::Book(arguments) => book(&root, &arguments),
        Command::Check => check(&root),
        Command::Atlas => atlas::write(&root).map(|()| true).map_err(Into::into),
        Command::Weigh(pages) => weigh(&root, &pages),
        Command::Languages(arguments) => languages::run(&root, &arguments).map(|()| true),
        Command::Mutants { filter, new } => mutants::run(
            &root,
            &mutants::Arguments {
                filter,
                new,
                folder: None,
                limit: mutants::LIMIT,
            },
        ),
        Command::Testers(arguments) => testers::run(&root, &arguments),
        Command::Browse(arguments) => browse(&root, &arguments),
        Command::Lighthouse(arguments) => lighthouse(&root, &arguments),
        Command::Epub(pages) => epub(&root, &pages),
        Command::Pdf(pages) => pdf(&root, &pages),
        Command::BenchVerdict(arguments) => bench::verdict(&root, &arguments).map(|()| true),
        #[cfg(unix)]
        Command::BenchOutcomes(arguments) => bench_outcomes::run(&root, &arguments),
        Command::Costs(arguments) => costs::run(&root, &arguments).map(|()| true),
        Command::Hardware(arguments) => hardware::record(&root, &arguments).map(|()| true),
        #[cfg(unix)]
        Command::RealBooks { folders } => real_books::check(&root, &folders),
    };
    match ended {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// The repository's root, relative to where we are if we are in it.
fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = manifest
        .ancestors()
        .nth(2)
        .expect("crates/xtask lies two folders deep");
    match std::env::current_dir() {
        Ok(here) if here == root => PathBuf::from("."),
        _ => root.to_owned(),
    }
}

/// Lets mdBook's warnings be seen.
fn listen() {
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::WARN)
        .with_writer(std::io::stderr)
        .without_time()
        .with_target(false)
        .init();
}

/// The folder of the pages: built now, or as they are.
fn pages(root: &Path, pages: &Pages) -> Result<PathBuf> {
    listen();
    if !pages.as_built {
        build::pages(root, &address::Addresses::default())?;
    }
    let folder = build::folder(root)?;
    let first = folder.join("index.html");
    if !first.is_file() {
        bail!(
            "{} isn't there: build it with `cargo book`",
            first.display()
        );
    }
    Ok(folder)
}

fn weigh(root: &Path, asked: &Pages) -> Result<bool> {
    weigh::pages(&pages(root, asked)?)
}

fn browse(root: &Path, arguments: &browse::Arguments) -> Result<bool> {
    let folder = pages(root, &arguments.pages)?;
    browse::pages(root, &folder, arguments)
}

fn lighthouse(root: &Path, arguments: &lighthouse::Arguments) -> Result<bool> {
    let folder = pages(root, &arguments.pages)?;
    lighthouse::pages(root, &folder, arguments)
}

fn epub(root: &Path, asked: &Pages) -> Result<bool> {
    epub::write(root, &pages(root, asked)?)
}

fn pdf(root: &Path, asked: &Pages) -> Result<bool> {
    pdf::write(root, &pages(root, asked)?).map(|()| true)
}

fn book(root: &Path, arguments: &BookArguments) -> Result<bool> {
    listen();
    let holds = verified(root, arguments)?;
    let pages = build::folder(root)?;
    let first = pages.join("index.html");
    if !(arguments.serve || arguments.watch) {
        if holds && arguments.open {
            opener::open(&first).with_context(|| format!("can't open {}", first.display()))?;
        }
        return Ok(holds);
    }
    let _server = match arguments.serve {
        true => Some(serve::start(pages, arguments.port)?),
        false => None,
    };
    if let (true, Some(server)) = (arguments.open, &_server) {
        opener::open_browser(server.address()).context("can't open a browser")?;
    }
    match arguments.watch {
        true => watch::forever(root, || verified(root, arguments)),
        false => serve::wait(),
    }
}

/// Whether everything generated is as its generator would write it.
fn check(root: &Path) -> Result<bool> {
    let same = [
        generated::check(root)?,
        atlas::check(root)?,
        mutants::check(root)?,
        hardware::check(root)?,
    ];
    Ok(same.iter().all(|same| *same))
}

/// Verifies the book, and builds the pages if all holds.
fn verified(root: &Path, arguments: &BookArguments) -> Result<bool> {
    if let Some(only) = &arguments.only {
        return verify::blocks(root, only);
    }
    if !verify::book(root, arguments.bless.as_ref())? {
        eprintln!("the pages were not built; those of the last good build are as they were");
        return Ok(false);
    }
    eprintln!("building the pages");
    let first = build::pages(root, &arguments.addresses)?;
    println!("{}", first.display());
    Ok(true)
}
