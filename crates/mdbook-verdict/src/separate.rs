//! What keeps a block from being merged with others: everything that could tell it that it isn't alone.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;
use syn::visit::{self, Visit};

use crate::blocks::Block;
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
    /// A symbol, an allocator or a macro is made for the whole crate, or a file is read.
    WholeCrate,
    /// It can see where it stands: `file!()`, a caller's location, a type's full name.
    SeesItsPlace,
    /// It can see its own program: arguments, path, backtrace.
    SeesItsProgram,
    /// It sets the level of a lint, and some lints look at the whole crate.
    LintLevel,
    /// An impl of another crate's trait for another crate's type can change what is inferred elsewhere.
    ForeignImpl,
    /// Its `main` has attributes or a where clause, which only an entry point is refused for.
    UnusualMain,
    /// What doesn't parse may swallow its neighbours.
    DoesNotParse,
}

#[cfg(test)]
impl Reason {
    pub const ALL: [Reason; 12] = [
        Reason::Edition2015,
        Reason::TestHarness,
        Reason::ShownWithPlaces,
        Reason::InnerAttribute,
        Reason::ReachesOut,
        Reason::WholeCrate,
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
    by_words(&block.code).or_else(|| by_syntax(&block.code))
}

/// Whether a fence behind the block shows something that names places in it.
pub fn shows_places(block: &Block) -> bool {
    let kinds = ["stderr", "diagnostic", "asm"];
    block
        .fences
        .iter()
        .any(|fence| kinds.contains(&fence.tag.kind.as_str()))
}

fn by_words(code: &str) -> Option<Reason> {
    static WORDS: LazyLock<Vec<(Reason, Regex)>> = LazyLock::new(|| {
        let table = [
            (Reason::InnerAttribute, r"#!\s*\["),
            (Reason::ReachesOut, r"\b(crate|super|extern)\b"),
            (
                Reason::WholeCrate,
                r"\b(macro_export|macro_use|no_mangle|export_name|link|link_section|link_name|used|global_allocator|panic_handler|alloc_error_handler|global_asm|naked_asm|include|include_str|include_bytes|env|option_env|proc_macro)\b\s*[!(\]]|\bmod\s+\w+\s*;|\b(global_allocator|no_mangle|panic_handler|macro_export)\b",
            ),
            (
                Reason::SeesItsPlace,
                r"\b(file|line|column|module_path)\s*!|\b(type_name|type_name_of_val|TypeId|type_id|Location|caller|track_caller|PanicInfo|PanicHookInfo|set_hook|take_hook)\b",
            ),
            (
                Reason::SeesItsProgram,
                r"\b(args|args_os|current_exe|Backtrace|backtrace)\b",
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
        Regex::new(r"pub\s*\(\s*crate\s*\)|#!\s*\[\s*allow\s*\(").expect("a valid regex")
    });
    let code = HARMLESS.replace_all(code, "");
    WORDS
        .iter()
        .find(|(_, word)| word.is_match(&code))
        .map(|(reason, _)| *reason)
}

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
    let local = |name: &String| found.defined.contains(name);
    let foreign = found.impls.iter().any(|(of, on)| !local(of) && !local(on));
    foreign.then_some(Reason::ForeignImpl)
}

/// A block as statements; a whole file is a list of items, which are statements too.
fn parse(code: &str) -> Option<Vec<syn::Stmt>> {
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
            let of = path
                .segments
                .last()
                .map(|segment| segment.ident.to_string());
            self.impls
                .push((of.unwrap_or_default(), self_name(&item.self_ty)));
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
                || item.sig.constness.is_some();
        }
        visit::visit_item_fn(self, item);
    }
}

/// The name of the type that an impl is for; empty for what has none, such as a tuple.
fn self_name(of: &syn::Type) -> String {
    match of {
        syn::Type::Path(path) => path
            .path
            .segments
            .last()
            .map(|segment| segment.ident.to_string())
            .unwrap_or_default(),
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
            (Reason::UnusualMain, "rust", "#[track_caller2] fn main() {}"),
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
