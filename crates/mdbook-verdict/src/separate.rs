//! What keeps a block from being merged with others: everything that could tell it that it isn't alone.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;
use syn::buffer::{Cursor, TokenBuffer};
use syn::visit::{self, Visit};

use crate::blocks::Block;
use crate::quiz;
use crate::tags::Edition;

/// Why a block is compiled alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// In edition 2015 a `use` path begins at the crate's root.
    Edition2015,
    /// `test_harness` needs a crate of its own.
    TestHarness,
    /// It is shown what is written to standard error, or what the compiler says: both name places.
    ShownWithPlaces,
    /// An inner attribute other than `#![allow(..)]` speaks of the whole crate.
    InnerAttribute,
    /// `crate`, `super` or `extern` reach out of the block.
    ReachesOut,
    /// A symbol, a section, an allocator or a macro is made for the whole crate, a file is read, or
    /// much memory is set aside before anything runs.
    WholeCrate,
    /// A macro, attribute or derive that is neither std's nor the block's own may do anything.
    StrangeMacro,
    /// It can see where it stands: `file!()`, a caller's location, a type's full name.
    SeesItsPlace,
    /// It can see its own program: arguments, path, backtrace.
    SeesItsProgram,
    /// It sets the level of a lint, and some lints look at the whole crate.
    LintLevel,
    /// An impl of another crate's trait for another crate's type can change what is inferred elsewhere.
    ForeignImpl,
    /// Its `main` has attributes, arguments or the like, which only an entry point is refused for, or
    /// a macro makes it.
    UnusualMain,
    /// What doesn't parse may swallow its neighbours.
    DoesNotParse,
}

#[cfg(test)]
impl Reason {
    pub const ALL: [Reason; 13] = [
        Reason::Edition2015,
        Reason::TestHarness,
        Reason::ShownWithPlaces,
        Reason::InnerAttribute,
        Reason::ReachesOut,
        Reason::WholeCrate,
        Reason::StrangeMacro,
        Reason::SeesItsPlace,
        Reason::SeesItsProgram,
        Reason::LintLevel,
        Reason::ForeignImpl,
        Reason::UnusualMain,
        Reason::DoesNotParse,
    ];
}

/// Why this block must be compiled alone; none if it may be merged.
///
/// The words are searched in comments and strings too: a false alarm costs time, a miss could cost
/// a wrong verdict.
pub fn reason(block: &Block) -> Option<Reason> {
    if block.edition == Edition::E2015 {
        return Some(Reason::Edition2015);
    }
    if block.tags.test_harness {
        return Some(Reason::TestHarness);
    }
    if shows_places(block) {
        return Some(Reason::ShownWithPlaces);
    }
    let code = with_tokens(&block.code);
    by_words(&code)
        .or_else(|| strange_macro(&code).then_some(Reason::StrangeMacro))
        .or_else(|| by_syntax(&block.code))
}

/// Whether what comes of a block may depend on more than its text, compiler and crates: on files,
/// variables, the network, the date. Then it isn't remembered.
pub fn reads_the_world(block: &Block) -> bool {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"\b(include|include_str|include_bytes|env|option_env) !|\benv (: :|as) |\b(fs|File|net|Command|SystemTime)\b|\bmod \S+ ;",
        )
    });
    // A path in a string may be opened by a name that says nothing.
    let named = block.code.contains("/proc");
    let words = match syn::parse_str::<syn::Macro>(&format!("m! {{\n{}\n}}", block.code)) {
        Ok(whole) => words(TokenBuffer::new2(whole.tokens)),
        Err(_) => block.code.clone(),
    };
    named || WORDS.is_match(&words)
}

/// The names and signs of some code, a space between; no comments, literals and lifetimes.
fn words(code: TokenBuffer) -> String {
    fn collect(mut rest: Cursor<'_>, words: &mut String) {
        while !rest.eof() {
            if let Some((_, next)) = rest.lifetime() {
                rest = next;
            } else if let Some((name, next)) = rest.ident() {
                words.push_str(&format!("{name} "));
                rest = next;
            } else if let Some((sign, next)) = rest.punct() {
                words.push_str(&format!("{} ", sign.as_char()));
                rest = next;
            } else if let Some((inside, _, _, next)) = rest.any_group() {
                collect(inside, words);
                rest = next;
            } else if let Some((_, next)) = rest.token_tree() {
                rest = next;
            }
        }
    }
    let mut words = String::new();
    collect(code.begin(), &mut words);
    words
}

/// The code, and once more as its tokens: no comment stands between a macro's name and its `!`.
fn with_tokens(code: &str) -> String {
    match syn::parse_str::<syn::Macro>(&format!("m! {{\n{code}\n}}")) {
        Ok(whole) => format!("{code}\n{}", whole.tokens),
        Err(_) => code.to_owned(),
    }
}

/// Whether a fence behind the block shows something that names places in it.
pub fn shows_places(block: &Block) -> bool {
    let kinds = ["stderr", "diagnostic", "asm"];
    let shows = |kind: &str| kinds.contains(&kind) || kind == quiz::KIND && block.tags.compile_fail;
    block.fences.iter().any(|fence| shows(&fence.tag.kind))
}

fn by_words(code: &str) -> Option<Reason> {
    static WORDS: LazyLock<Vec<(Reason, Regex)>> = LazyLock::new(|| {
        let table = [
            (Reason::InnerAttribute, r"#\s*!\s*\["),
            (Reason::ReachesOut, r"\b(crate|super|extern)\b"),
            (
                Reason::WholeCrate,
                r"\b(macro_use|link|used|include|include_str|include_bytes|env|option_env|proc_macro)\b\s*[!()\]]|\bmod\s+[\w#]+\s*;|\b(global_allocator|alloc_error_handler|panic_handler|no_mangle|export_name|link_section|link_name|linkage|macro_export|asm|global_asm|naked_asm)\b|\bstatic\b[^=]*\[[^=]*;",
            ),
            (
                Reason::SeesItsPlace,
                r"\b(file|line|column|module_path)\s*!|\b(type_name|type_name_of_val|TypeId|type_id|Location|caller|track_caller|PanicInfo|PanicHookInfo|set_hook|take_hook)\b",
            ),
            (
                Reason::SeesItsProgram,
                r"\b(args|args_os|current_exe|Backtrace|backtrace)\b|/proc\b",
            ),
            (
                Reason::LintLevel,
                r"\b(deny|forbid|warn|expect)\s*\(\s*[a-z_:]+",
            ),
        ];
        let regex = |pattern| Regex::new(pattern).expect("a valid regex");
        table
            .map(|(reason, pattern)| (reason, regex(pattern)))
            .into()
    });
    static HARMLESS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"pub\s*\(\s*crate\s*\)|#\s*!\s*\[\s*allow\s*\(").expect("a valid regex")
    });
    let code = HARMLESS.replace_all(code, " ");
    WORDS
        .iter()
        .find(|(_, word)| word.is_match(&code))
        .map(|(reason, _)| *reason)
}

/// Whether a macro is called that is neither std's nor defined in the block (nor handed to another
/// by name), or an attribute or derive stands there that rustc doesn't know itself.
fn strange_macro(code: &str) -> bool {
    static CALL: LazyLock<Regex> = LazyLock::new(|| regex(r"(\$\s*)?\b(\w+)\s*!\s*[(\[{]"));
    static LOCAL: LazyLock<Regex> = LazyLock::new(|| regex(r"\bmacro_rules\s*!\s*(\w+)"));
    static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| regex(r"#\s*\[\s*(\w+)"));
    static DERIVE: LazyLock<Regex> = LazyLock::new(|| regex(r"\bderive\s*\(([^)]*)\)"));
    let local: BTreeSet<&str> = LOCAL
        .captures_iter(code)
        .filter_map(|found| Some(found.get(1)?.as_str()))
        .collect();
    let strange_call = CALL.captures_iter(code).any(|found| {
        let name = &found[2];
        found.get(1).is_some() || !(is_among(KNOWN_MACROS, name) || local.contains(name))
    });
    strange_call
        || ATTRIBUTE
            .captures_iter(code)
            .any(|found| !is_among(KNOWN_ATTRIBUTES, &found[1]))
        || DERIVE.captures_iter(code).any(|found| {
            let mut names = found[1].split(',').map(str::trim);
            names.any(|name| !name.is_empty() && !is_among(KNOWN_DERIVES, name))
        })
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid regex")
}

fn is_among(words: &str, name: &str) -> bool {
    words.split(' ').any(|word| word == name)
}

/// Macros that see and change nothing but what they are given; and words that may stand before a
/// negation in brackets.
const KNOWN_MACROS: &str = "addr_of addr_of_mut assert assert_eq assert_ne cfg compile_error concat dbg debug_assert \
    debug_assert_eq debug_assert_ne eprint eprintln format format_args matches panic pin print \
    println ready stringify thread_local todo try unimplemented unreachable vec write writeln \
    if in match return while else break";

/// Attributes that speak of the item they stand before and of nothing else.
const KNOWN_ATTRIBUTES: &str = "allow automatically_derived cfg clippy cold default deny deprecated derive diagnostic doc \
    expect forbid ignore inline must_use non_exhaustive repr rustfmt should_panic test warn";

const KNOWN_DERIVES: &str = "Clone Copy Debug Default Eq Hash Ord PartialEq PartialOrd";

fn by_syntax(code: &str) -> Option<Reason> {
    let Some(items) = parse(code) else {
        return Some(Reason::DoesNotParse);
    };
    let mut found = Found::default();
    for statement in &items {
        found.visit_stmt(statement);
    }
    if found.unusual_main {
        return Some(Reason::UnusualMain);
    }
    // A name that is also std's or imported may mean another thing where the impl stands.
    let local = |name: &String| {
        found.defined.contains(name)
            && !found.imported.contains(name)
            && !found.imports_all
            && !is_among(PRELUDE, name)
    };
    let foreign = found.impls.iter().any(|(of, on)| !local(of) && !local(on));
    (foreign || found.impl_in_macro).then_some(Reason::ForeignImpl)
}

/// Types and traits that have a name everywhere.
const PRELUDE: &str = "AsMut AsRef AsyncFn AsyncFnMut AsyncFnOnce Box Clone Copy Default DoubleEndedIterator Drop \
    Eq ExactSizeIterator Extend Fn FnMut FnOnce From FromIterator Future Into IntoFuture \
    IntoIterator Iterator Option Ord PartialEq PartialOrd Result String ToOwned ToString Vec";

/// A block as statements; a whole file is a list of items, which are statements too.
pub(crate) fn parse(code: &str) -> Option<Vec<syn::Stmt>> {
    use syn::parse::Parser as _;
    if let Ok(file) = syn::parse_file(code) {
        return Some(file.items.into_iter().map(syn::Stmt::Item).collect());
    }
    // Inner attributes are no statements; what is left of them here is `#![allow(..)]`.
    let lines = code.lines().skip_while(|line| {
        let line = line.trim();
        line.is_empty() || line.starts_with("#![") || line.starts_with("//")
    });
    let body = lines.collect::<Vec<_>>().join("\n");
    syn::Block::parse_within.parse_str(&body).ok()
}

/// What a block defines, and which traits it implements for which types.
#[derive(Default)]
struct Found {
    defined: BTreeSet<String>,
    impls: Vec<(String, String)>,
    imported: BTreeSet<String>,
    imports_all: bool,
    impl_in_macro: bool,
    unusual_main: bool,
}

impl<'ast> Visit<'ast> for Found {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let name = match item {
            syn::Item::Struct(item) => Some(&item.ident),
            syn::Item::Enum(item) => Some(&item.ident),
            syn::Item::Union(item) => Some(&item.ident),
            syn::Item::Trait(item) => Some(&item.ident),
            _ => None,
        };
        self.defined.extend(name.map(ToString::to_string));
        visit::visit_item(self, item);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if let Some((path, _)) = &item.trait_ {
            self.impls.push((last_name(path), self_name(&item.self_ty)));
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if item.sig.ident == "main" {
            let harmless = |attribute: &syn::Attribute| {
                attribute.path().is_ident("allow") || attribute.path().is_ident("doc")
            };
            self.unusual_main |= !item.attrs.iter().all(harmless)
                || item.sig.generics.where_clause.is_some()
                || !item.sig.generics.params.is_empty()
                || item.sig.constness.is_some()
                || item.sig.asyncness.is_some()
                || !matches!(item.sig.safety, syn::Safety::Default)
                || !item.sig.inputs.is_empty();
        }
        visit::visit_item_fn(self, item);
    }

    /// What stands in a macro is no syntax yet: its words are all that is seen.
    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        static MAIN: LazyLock<Regex> = LazyLock::new(|| regex(r"\bmain\b"));
        static IMPL: LazyLock<Regex> = LazyLock::new(|| regex(r"\bimpl\b"));
        let words = words(TokenBuffer::new2(call.tokens.clone()));
        self.unusual_main |= MAIN.is_match(&words);
        self.impl_in_macro |= IMPL.is_match(&words);
        visit::visit_macro(self, call);
    }

    fn visit_use_name(&mut self, name: &'ast syn::UseName) {
        self.imported.insert(name.ident.to_string());
    }

    fn visit_use_rename(&mut self, name: &'ast syn::UseRename) {
        self.imported.insert(name.rename.to_string());
    }

    fn visit_use_glob(&mut self, _: &'ast syn::UseGlob) {
        self.imports_all = true;
    }
}

/// A path's last name; empty for a path into std, whose names aren't the block's.
fn last_name(path: &syn::Path) -> String {
    let first = path.segments.first().map(|first| first.ident.to_string());
    let stds = first.is_some_and(|first| ["std", "core", "alloc"].contains(&first.as_str()));
    let last = path
        .segments
        .last()
        .filter(|_| !stds && path.leading_colon.is_none());
    last.map(|last| last.ident.to_string()).unwrap_or_default()
}

/// The name of the type that an impl is for; empty for what has none, such as a tuple.
fn self_name(of: &syn::Type) -> String {
    match of {
        syn::Type::Path(path) => last_name(&path.path),
        syn::Type::Reference(reference) => self_name(&reference.elem),
        syn::Type::Paren(paren) => self_name(&paren.elem),
        syn::Type::Group(group) => self_name(&group.elem),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::{find, text_of};

    fn of(tags: &str, code: &str) -> Option<Reason> {
        let text = text_of("a.md", &format!("```{tags}\n{code}\n```\n"));
        reason(&find(&text, Edition::E2024, "x86_64").blocks[0])
    }

    #[test]
    fn ordinary_blocks_are_merged() {
        for code in [
            "let a = 1;",
            "fn main() { println!(\"x\"); }",
            "pub(crate) struct A; impl Clone for A { fn clone(&self) -> A { A } }",
            "trait T {} impl<X> T for X {} impl T for Vec<u8> {}",
            "#![allow(dead_code)]\nstruct A;\nimpl Drop for A { fn drop(&mut self) {} }\nlet a = A;",
            "fn main() -> Result<(), std::num::ParseIntError> { \"1\".parse::<i32>()?; Ok(()) }",
            "let m = std::sync::Mutex::new(1); m.lock().expect(\"no panic\");",
            "std::thread::spawn(|| ()).join().unwrap();",
            "mod inner { pub fn f() {} } inner::f();",
        ] {
            assert_eq!(of("rust", code), None, "{code}");
        }
    }

    #[test]
    fn only_code_that_reads_the_world_is_said_to() {
        let reads = |code: &str| {
            let text = text_of("a.md", &format!("```rust\n{code}\n```\n"));
            reads_the_world(&find(&text, Edition::E2024, "x86_64").blocks[0])
        };
        for code in [
            "std::env::var(\"A\");",
            "use std::env as e;",
            "use std::{env, io}; env::vars();",
            "option_env ! (\"A\");",
            "use std::fs;",
            "println!(\"{:?}\", std::time::SystemTime::now());",
            "std::process::Command::new(\"ls\");",
            "let path = \"/proc/self/exe\";",
        ] {
            assert!(reads(code), "{code}");
        }
        for code in [
            "// A place to include this file at, in env and fs.",
            "/// Reads the env: a File.\nstruct A;",
            "let s = \"include_str!(env)\";",
            "struct S<'env> { env: &'env u8 } let x = 1 as u8;",
        ] {
            assert!(!reads(code), "{code}");
        }
    }

    #[test]
    fn every_reason_separates() {
        let table: &[(Reason, &str, &str)] = &[
            (Reason::Edition2015, "rust,edition2015", "1;"),
            (Reason::TestHarness, "rust,test_harness", "1;"),
            (Reason::InnerAttribute, "rust", "#![feature(x)]\n1;"),
            (Reason::InnerAttribute, "rust", "#![no_std]\nfn main() {}"),
            (Reason::InnerAttribute, "rust", "mod m { #![deny(unused)] }"),
            (Reason::ReachesOut, "rust", "use crate::a;"),
            (Reason::ReachesOut, "rust", "mod m { use super::*; }"),
            (Reason::ReachesOut, "rust", "extern crate alloc;"),
            (Reason::ReachesOut, "rust", "extern \"C\" { fn f(); }"),
            (
                Reason::WholeCrate,
                "rust",
                "#[macro_export] macro_rules! m { () => {} }",
            ),
            (Reason::WholeCrate, "rust", "#[no_mangle] pub fn f() {}"),
            (
                Reason::WholeCrate,
                "rust",
                "#[unsafe(no_mangle)] pub fn f() {}",
            ),
            (
                Reason::WholeCrate,
                "rust",
                "#[global_allocator] static A: S = S;",
            ),
            (Reason::WholeCrate, "rust", "mod file;"),
            (Reason::WholeCrate, "rust", "include_str!(\"a\");"),
            (Reason::WholeCrate, "rust", "env!(\"PATH\");"),
            (
                Reason::WholeCrate,
                "rust",
                "#[unsafe(export_name = \"write\")] pub fn w() {}",
            ),
            (
                Reason::WholeCrate,
                "rust",
                "#[unsafe(link_section = \".init_array\")] static F: fn() = f;",
            ),
            (Reason::WholeCrate, "rust", "static BIG: [u8; 9] = [0; 9];"),
            (Reason::WholeCrate, "rust", "mod r#file;"),
            (Reason::StrangeMacro, "rust", "crossbeam::select! {}"),
            (Reason::StrangeMacro, "rust", "use std::line as l; l!();"),
            (Reason::StrangeMacro, "rust", "#[ctor] fn f() {}"),
            (
                Reason::StrangeMacro,
                "rust",
                "#[derive(Debug, Serialize)] struct A;",
            ),
            (
                Reason::StrangeMacro,
                "rust",
                "macro_rules! c { ($m:ident) => { $m!() } } c!(line);",
            ),
            (
                Reason::SeesItsPlace,
                "rust",
                "println!(\"{}\", line /**/ !());",
            ),
            (Reason::SeesItsPlace, "rust", "println!(\"{}\", line!());"),
            (
                Reason::SeesItsPlace,
                "rust",
                "println!(\"{}\", std::module_path!());",
            ),
            (Reason::SeesItsPlace, "rust", "std::any::type_name::<u8>();"),
            (
                Reason::SeesItsPlace,
                "rust",
                "std::panic::Location::caller();",
            ),
            (
                Reason::SeesItsPlace,
                "rust",
                "std::panic::set_hook(Box::new(|_| ()));",
            ),
            (Reason::SeesItsProgram, "rust", "std::env::args();"),
            (
                Reason::SeesItsProgram,
                "rust",
                "std::backtrace::Backtrace::force_capture();",
            ),
            (Reason::LintLevel, "rust", "#[deny(unused)] fn f() {}"),
            (Reason::LintLevel, "rust", "#[expect(unused)] fn f() {}"),
            (
                Reason::ForeignImpl,
                "rust",
                "struct A; impl From<A> for u8 { fn from(_: A) -> u8 { 0 } }",
            ),
            (
                Reason::ForeignImpl,
                "rust",
                "fn main() { struct A; impl PartialEq<A> for str { fn eq(&self, _: &A) -> bool { true } } }",
            ),
            (
                Reason::ForeignImpl,
                "rust",
                "struct A; macro_rules! i { ($t:ty) => { impl From<A> for $t {} } } i!(u8);",
            ),
            (
                Reason::ForeignImpl,
                "rust",
                "mod m { pub struct String; } struct A; impl PartialEq<A> for String {}",
            ),
            (Reason::UnusualMain, "rust", "#[inline] fn main() {}"),
            (Reason::UnusualMain, "rust", "async fn main() {}"),
            (Reason::UnusualMain, "rust", "unsafe fn main() {}"),
            (Reason::UnusualMain, "rust", "fn main(a: u8) {}"),
            (
                Reason::UnusualMain,
                "rust",
                "macro_rules! m { ($($t:tt)*) => { $($t)* } } m! { fn main() {} }",
            ),
            (Reason::UnusualMain, "rust", "fn main() where u8: Copy {}"),
            (Reason::DoesNotParse, "rust", "let a = ;"),
        ];
        for (reason, tags, code) in table {
            assert_eq!(of(tags, code), Some(*reason), "{code}");
        }
        let shown = "1;\n```\n\n```text,stderr";
        assert_eq!(of("rust", shown), Some(Reason::ShownWithPlaces));
        let mut tried: BTreeSet<_> = table.iter().map(|(reason, ..)| *reason).collect();
        tried.insert(Reason::ShownWithPlaces);
        assert_eq!(tried, Reason::ALL.into_iter().collect());
    }
}
