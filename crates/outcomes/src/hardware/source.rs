//! A program's source, made into one that runs itself many times.

use proc_macro2::{TokenStream, TokenTree};
use std::ops::Range;
use std::str::FromStr;
use syn::spanned::Spanned;

const ROUNDS: &str = include_str!("harness/rounds.rs");
const APART: &str = include_str!("harness/apart.rs");
const KEPT: &str = include_str!("harness/kept.rs");
const NEW: &str = include_str!("harness/new.rs");

/// How a harness runs the program's threads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Threads {
    /// Kept from round to round, and let go together.
    Kept,
    /// New each round.
    New,
    /// New, and the process has only one round: neither statics nor atomics are
    /// touched, so that whatever rustc takes is taken.
    Once,
}

/// The program in a harness; none if it has no `main`, or keeps what a round
/// would leave to the next.
pub fn harnessed(source: &str, threads: Threads) -> Option<String> {
    let source = whole(source)?;
    let file = syn::parse_file(&source).ok()?;
    let main = file.items.iter().find_map(|item| match item {
        syn::Item::Fn(function) if function.sig.ident == "main" => Some(function),
        _ => None,
    })?;
    let gives_back = !matches!(main.sig.output, syn::ReturnType::Default);
    if !main.sig.inputs.is_empty() || gives_back {
        return None;
    }
    let mut edits = vec![
        Edit::new(main.sig.ident.span(), "__outcomes_main"),
        Edit::before(file.items.first()?.span(), PRINTING),
    ];
    let names = Names::of(&source)?;
    let statics = statics(&file, main);
    if threads == Threads::Once {
        // A process finds them as they are.
    } else if statics.len() == names.statics && !names.thread_locals {
        let fresh: String = statics
            .iter()
            .map(|one| one.fresh(&source, &names.edits))
            .collect();
        edits.push(Edit::after(main.block.brace_token.span.open(), &fresh));
        edits.extend(statics.iter().flat_map(|one| one.edits()));
    } else {
        // One that can't be made anew would remember the last round.
        return None;
    }
    edits.extend(names.edits);
    Some(edited(source, edits) + &harness(threads))
}

fn harness(threads: Threads) -> String {
    let (atomics, part) = match threads {
        Threads::Kept => (APART, KEPT),
        Threads::New => (APART, NEW),
        Threads::Once => ("pub use ::std::sync::atomic as apart;", NEW),
    };
    format!(
        "\nmod __outcomes {{\n{ROUNDS}\n{atomics}\n{part}\n}}\n\
         fn main() {{ __outcomes::rounds(__outcomes_main) }}\n"
    )
}

/// Before the first item: what prints, prints into the harness.
const PRINTING: &str = "
#[allow(unused_macros)]
macro_rules! print { ($($text:tt)*) => { crate::__outcomes::std::print!($($text)*) } }
#[allow(unused_macros)]
macro_rules! println { ($($text:tt)*) => { crate::__outcomes::std::println!($($text)*) } }
#[allow(unused_macros)]
macro_rules! eprint { ($($text:tt)*) => { crate::__outcomes::std::eprint!($($text)*) } }
#[allow(unused_macros)]
macro_rules! eprintln { ($($text:tt)*) => { crate::__outcomes::std::eprintln!($($text)*) } }
";

/// The whole of a source that may be a documentation block, with a `main`.
fn whole(source: &str) -> Option<String> {
    let source = source.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let has_main = |source: &str| {
        syn::parse_file(source).is_ok_and(|file| {
            file.items
                .iter()
                .any(|item| matches!(item, syn::Item::Fn(f) if f.sig.ident == "main"))
        })
    };
    if has_main(&source) {
        return Some(source);
    }
    let shown = crate::unhide(&source);
    if has_main(&shown) {
        return Some(shown);
    }
    let wrapped = format!("fn main() {{\n{shown}\n}}");
    has_main(&wrapped).then_some(wrapped)
}

/// A change of the text.
struct Edit {
    range: Range<usize>,
    text: String,
}

impl Edit {
    fn new(span: proc_macro2::Span, text: &str) -> Edit {
        Edit {
            range: span.byte_range(),
            text: text.to_owned(),
        }
    }

    fn before(span: proc_macro2::Span, text: &str) -> Edit {
        let at = span.byte_range().start;
        Edit {
            range: at..at,
            text: text.to_owned(),
        }
    }

    fn after(span: proc_macro2::Span, text: &str) -> Edit {
        let at = span.byte_range().end;
        Edit {
            range: at..at,
            text: text.to_owned(),
        }
    }
}

fn edited(mut source: String, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    for edit in edits.iter().rev() {
        source.replace_range(edit.range.clone(), &edit.text);
    }
    source
}

/// What the tokens of a program say.
#[derive(Default)]
struct Names {
    /// `std::` becomes the harness's.
    edits: Vec<Edit>,
    /// How many statics there are, wherever they stand.
    statics: usize,
    thread_locals: bool,
}

impl Names {
    fn of(source: &str) -> Option<Names> {
        let mut names = Names::default();
        names.read(TokenStream::from_str(source).ok()?);
        Some(names)
    }

    fn read(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is = |at: usize, text: &str| tokens.get(at).is_some_and(|t| t.to_string() == text);
        let path = |at: usize| is(at, ":") && is(at + 1, ":");
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => self.read(group.stream()),
                TokenTree::Ident(name) if name == "std" || name == "core" => {
                    let leads = at >= 2 && path(at - 2);
                    // Not the `core` of `a::core::b`.
                    let inner = leads && at >= 3 && matches!(&tokens[at - 3], TokenTree::Ident(_));
                    if path(at + 1) && !inner {
                        let mut edit = Edit::new(name.span(), "crate::__outcomes::std");
                        if leads {
                            edit.range.start = tokens[at - 2].span().byte_range().start;
                        }
                        self.edits.push(edit);
                    }
                }
                TokenTree::Ident(name) if name == "static" => {
                    let lifetime = at > 0 && is(at - 1, "'");
                    self.statics += usize::from(!lifetime);
                }
                TokenTree::Ident(name) if name == "thread_local" => self.thread_locals = true,
                _ => {}
            }
        }
    }
}

/// The statics of the file and of `main`.
fn statics<'a>(file: &'a syn::File, main: &'a syn::ItemFn) -> Vec<Static<'a>> {
    let items = file.items.iter();
    let of_main = main.block.stmts.iter().filter_map(|stmt| match stmt {
        syn::Stmt::Item(item) => Some(item),
        _ => None,
    });
    items
        .chain(of_main)
        .filter_map(|item| match item {
            syn::Item::Static(item) => Some(Static(item)),
            _ => None,
        })
        .collect()
}

struct Static<'a>(&'a syn::ItemStatic);

impl Static<'_> {
    fn is_mut(&self) -> bool {
        matches!(self.0.mutability, syn::StaticMutability::Mut(_))
    }

    /// Sets it as at the start of the process.
    fn fresh(&self, source: &str, edits: &[Edit]) -> String {
        let name = &self.0.ident;
        let within = self.0.expr.span().byte_range();
        let inner = edits
            .iter()
            .filter(|edit| within.start <= edit.range.start && edit.range.end <= within.end);
        let moved = inner.map(|edit| Edit {
            range: edit.range.start - within.start..edit.range.end - within.start,
            text: edit.text.clone(),
        });
        let value = edited(source[within.clone()].to_owned(), moved.collect());
        match self.is_mut() {
            true => format!(" #[allow(unused_unsafe)] unsafe {{ {name} = {value}; }}"),
            false => format!(" {name}.set({value});"),
        }
    }

    fn edits(&self) -> Vec<Edit> {
        const FRESH: &str = "crate::__outcomes::Fresh";
        if self.is_mut() {
            return Vec::new();
        }
        vec![
            Edit::before(self.0.ty.span(), &format!("{FRESH}<")),
            Edit::after(self.0.ty.span(), ">"),
            Edit::before(self.0.expr.span(), &format!("{FRESH}::new(")),
            Edit::after(self.0.expr.span(), ")"),
        ]
    }
}
