//! The project's own commands: `cargo book` and `cargo xtask`.

mod bench;
#[cfg(unix)]
mod bench_outcomes;
mod browse;
mod build;
mod bundle;
#[cfg(test)]
mod contrast;
mod costs;
mod counts;
mod describe;
mod generated;
#[cfg(test)]
mod house;
mod languages;
mod meter;
mod mutants;
#[cfg(unix)]
mod real_books;
#[cfg(test)]
mod sanitizer;
mod serve;
mod testers;
mod verify;
mod watch;
mod weigh;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
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
    Weigh,
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
    /// Measure our verifier beside other tools, and write docs/bench-verdict.md
    BenchVerdict(bench::Arguments),
    /// Measure our explorer beside loom, and write docs/bench-outcomes.md
    #[cfg(unix)]
    BenchOutcomes(bench_outcomes::Arguments),
    /// Measure what sharing costs on this machine, and write data/costs.json and what follows from it
    Costs(costs::Arguments),
    /// Run the races in Python, Go and Java where these are here, and write data/languages.json
    Languages(languages::Arguments),
    /// Check other people's books with rustdoc and with our verifier, and write docs/real-books.md
    #[cfg(unix)]
    RealBooks {
        /// The folders of the books
        #[arg(required = true)]
        folders: Vec<PathBuf>,
    },
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
        Command::Weigh => weigh(&root),
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
        Command::BenchVerdict(arguments) => bench::verdict(&root, &arguments).map(|()| true),
        #[cfg(unix)]
        Command::BenchOutcomes(arguments) => bench_outcomes::run(&root, &arguments),
        Command::Costs(arguments) => costs::run(&root, &arguments).map(|()| true),
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

fn weigh(root: &Path) -> Result<bool> {
    listen();
    build::pages(root)?;
    weigh::pages(&build::folder(root)?)
}

fn browse(root: &Path, arguments: &browse::Arguments) -> Result<bool> {
    listen();
    build::pages(root)?;
    browse::pages(root, &build::folder(root)?, arguments)
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
    let first = build::pages(root)?;
    println!("{}", first.display());
    Ok(true)
}
