//! Every outcome of a small concurrent Rust program, and the schedule that shows each.
//!
//! A thread program can be run a million times without the run that matters.
//! This crate reads the program itself and tries them all:
//!
//! ```
//! use outcomes::{Limits, Model, Options};
//!
//! let program = outcomes::parse(
//!     "use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
//!      let n = AtomicU32::new(0);
//!      std::thread::scope(|s| {
//!          for _ in 0..2 {
//!              s.spawn(|| n.store(n.load(SeqCst) + 1, SeqCst));
//!          }
//!      });
//!      println!(\"{}\", n.load(SeqCst));",
//!     Options::default(),
//! )?;
//! let all = outcomes::explore(&program, Model::Sc, &Limits::default())?;
//! let lines: Vec<String> = all.outcomes.iter().map(|outcome| outcome.line()).collect();
//! assert_eq!(lines, ["1", "2"]); // one of the two increments can get lost
//! # Ok::<(), outcomes::Error>(())
//! ```
//!
//! What it doesn't follow is an error at its place, never a guess:
//!
//! ```
//! let error = outcomes::parse("let x = 1.5;", Default::default()).unwrap_err();
//! assert_eq!(error.to_string(), "1:9: only integers, bools and strings are followed");
//! ```
//!
//! A [`Program`] stands for one program for good: it can't be changed, so an
//! answer can't belong to another one.
//!
//! ```compile_fail,E0616
//! let mut program = outcomes::parse("", Default::default()).unwrap();
//! program.functions.clear(); // its parts are private
//! ```
//!
//! The way of a program: [`parse`] (`items`, `check`, `emit`) makes code of
//! it; a [`Thread`] runs that code to its next [`Request`]; a model decides
//! what each request comes to ([`explore()`]).

mod check;
mod code;
mod cpp20;
mod emit;
mod error;
mod explore;
mod graph;
pub mod hardware;
mod hash;
mod hir;
mod items;
mod machine;
mod prelude;
mod races;
mod report;
pub mod request;
mod sc;
mod search;
mod thread;
mod tso;
mod types;
mod value;
mod words;
mod world;

pub use code::{Program, Static};
pub use cpp20::{EventKind, ExecutionGraph, GraphEvent};
pub use error::Error;
pub use explore::{Exploration, Kind, Limits, Model, Outcome, WitnessStep, explore};
pub use graph::{Graph, Move, Standing, State, graph};
pub use report::{Besides, Report, ReportedOutcome, ReportedStep, VERSION};
pub use request::{Entry, Naming, Request, RmwOp, Step, joined};
pub use thread::{Stuck, Thread};
pub use types::IntType;
pub use value::{Cell, Object, Pointer, Span, ThreadId, Value};

/// A hash of this crate's sources: what another version has found may not be
/// what this one finds, so whoever remembers answers keeps it beside them.
pub const SOURCES: &str = env!("OUTCOMES_SOURCES");

/// Which edition's rules the source follows: they differ in how long
/// temporaries live.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Edition {
    /// 2021 and before.
    E2021,
    /// 2024.
    #[default]
    E2024,
}

/// How a source is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Options {
    /// The edition.
    pub edition: Edition,
}

/// Reads a program: a whole file with `fn main`, or a documentation block
/// (lines that begin with `# ` are hidden there but count, and without a
/// `main` all of it is one).
///
/// # Errors
/// [`Error::Source`] at the first thing that isn't followed.
pub fn parse(source: &str, options: Options) -> Result<Program, Error> {
    nesting(source)?;
    // Reading goes as deep as the source nests: that shouldn't depend on how
    // much stack the caller has left.
    std::thread::scope(|scope| {
        let reader = std::thread::Builder::new().stack_size(STACK);
        match reader.spawn_scoped(scope, || read(source, options)) {
            Ok(reader) => reader
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(_) => read(source, options),
        }
    })
}

/// The stack for reading a source.
const STACK: usize = 256 << 20;

/// How deep brackets, and operators in front of a value, may nest.
const NESTING: usize = 120;

/// Refuses sources that nest deeper than any program that can be explored.
fn nesting(source: &str) -> Result<(), Error> {
    let (mut depth, mut prefix) = (0_usize, 0);
    for (line, text) in source.lines().enumerate() {
        for (column, c) in text.chars().enumerate() {
            match c {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            prefix = match c {
                '!' | '-' | '*' | '&' | '|' => prefix + 1,
                c if c.is_whitespace() => prefix,
                _ => 0,
            };
            if depth > NESTING || prefix > NESTING {
                let span = Span {
                    line: line as u32 + 1,
                    column: column as u32 + 1,
                };
                return Err(Error::new(span, "this nests too deep; split it up"));
            }
        }
    }
    Ok(())
}

fn read(source: &str, options: Options) -> Result<Program, Error> {
    let source = source.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let mut file = syn::parse_file(&source);
    let mut shift = 0;
    let has_main = |file: &syn::File| {
        file.items
            .iter()
            .any(|item| matches!(item, syn::Item::Fn(f) if f.sig.ident == "main"))
    };
    if !file.as_ref().is_ok_and(has_main) {
        let shown = unhide(&source);
        let whole = syn::parse_file(&shown);
        if whole.as_ref().is_ok_and(has_main) {
            file = whole;
        } else {
            let wrapped = format!("fn main() {{\n{shown}\n}}");
            let block = syn::parse_file(&wrapped);
            if block.is_ok() || file.is_ok() || shown != source || !source.contains("fn main") {
                file = block;
                shift = 1;
            }
        }
    }
    let moved = |mut span: Span| {
        span.line = span.line.saturating_sub(shift).max(1);
        span
    };
    let file = file.map_err(|error| {
        Error::new(
            moved(items::span(error.span())),
            format!("this isn't Rust: {error}"),
        )
    })?;
    let prelude = syn::parse_file(prelude::SOURCE).expect("the prelude is Rust");
    let mut all = items::Items::default();
    let result = all
        .add(&prelude, true)
        .and_then(|()| all.add(&file, false))
        .and_then(|()| emit::program(all, options.edition));
    match result {
        Ok(mut program) => {
            if shift > 0 {
                let functions = program.functions.iter_mut();
                for span in functions.flat_map(|function| &mut function.spans) {
                    *span = if span.line == 0 { *span } else { moved(*span) };
                }
            }
            Ok(program)
        }
        Err(Error::Source { span, message }) => Err(Error::Source {
            span: moved(span),
            message,
        }),
        Err(Error::Stuck { span, message }) => Err(Error::Stuck {
            span: moved(span),
            message,
        }),
    }
}

/// Hidden lines shown, columns kept.
fn unhide(source: &str) -> String {
    let lines = source.lines().map(|line| {
        let text = line.trim_start();
        if text == "#" || text.starts_with("# ") || text.starts_with("##") {
            line.replacen('#', " ", 1)
        } else {
            line.to_owned()
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// An expression as it is written, on one line.
fn source_text(expr: &syn::Expr) -> String {
    use syn::spanned::Spanned;
    let text = expr.span().source_text().unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
