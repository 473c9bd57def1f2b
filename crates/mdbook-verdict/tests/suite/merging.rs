//! Merging is never visible: blocks that would go wrong together come out as each does alone.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::Mutex;
use std::thread;

use mdbook_verdict::{Config, Edition, Options, Verifier, find, text_of};

use crate::book_test::BookTest;
use crate::random::Random;

/// A block, and whether it holds: itself, or the output that stands behind it.
#[derive(Clone, Copy)]
struct Trap {
    tags: &'static str,
    code: &'static str,
    output: Option<&'static str>,
    holds: bool,
}

const fn holds(tags: &'static str, code: &'static str) -> Trap {
    Trap {
        tags,
        code,
        output: None,
        holds: true,
    }
}

const fn fails(tags: &'static str, code: &'static str) -> Trap {
    Trap {
        holds: false,
        ..holds(tags, code)
    }
}

impl Trap {
    const fn prints(self, output: &'static str) -> Trap {
        Trap {
            output: Some(output),
            ..self
        }
    }

    fn written(&self) -> String {
        let (tags, code) = (self.tags, self.code);
        let block = format!("````{tags}\n{code}\n````\n\n");
        match self.output {
            Some(output) => format!("{block}````text,output\n{output}\n````\n\n"),
            None => block,
        }
    }
}

/// Enough company that nothing is alone for want of others.
const COMPANY: [Trap; 4] = [
    holds("rust", "println!(\"company\");").prints("company"),
    holds("rust", "let a = vec![1, 2];\nassert_eq!(a.len(), 2);"),
    holds("rust,compile_fail,E0308", "let a: i32 = \"\";"),
    holds(
        "rust,compile_fail,E0382",
        "let s = String::new();\nlet t = s;\nprintln!(\"{s}\");",
    ),
];

/// Checks all blocks as one book, and each verdict.
#[track_caller]
fn merged(traps: &[Trap]) {
    let traps: Vec<Trap> = COMPANY[..2]
        .iter()
        .chain(traps)
        .chain(&COMPANY[2..])
        .copied()
        .collect();
    let book = BookTest::new(&traps.iter().map(Trap::written).collect::<String>());
    let lines = book.json(&["--no-cache"]);
    let mut held: BTreeMap<String, bool> = BTreeMap::new();
    for line in &lines[1..] {
        let name = line["name"].as_str().unwrap().to_owned();
        *held.entry(name).or_insert(true) &= line["status"] == "pass";
    }
    let mut at = 1;
    let mut wrong = String::new();
    for trap in &traps {
        if held[&format!("src/a.md:{at}")] != trap.holds {
            wrong.push_str(&format!("should hold: {}\n{}", trap.holds, trap.written()));
        }
        at += trap.written().matches('\n').count();
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn names_do_not_meet() {
    let a = "mod inner { pub fn f() -> u8 { 1 } }\nstruct Thing(u8);\nenum E { A }\ntrait T { fn t(&self) -> u8; }\nimpl T for Thing { fn t(&self) -> u8 { self.0 } }\nimpl T for u8 { fn t(&self) -> u8 { *self } }\nmacro_rules! add { ($a:expr) => { $a + 1 } }\nstatic COUNT: u8 = 1;\nconst C: u8 = 1;\nfn f() -> u8 { add!(COUNT + C) }\nfn main() { println!(\"{}\", f() + inner::f() + Thing(1).t() + 1u8.t()); }";
    let b = "mod inner { pub fn f() -> u8 { 2 } }\nstruct Thing(u8);\nenum E { A }\ntrait T { fn t(&self) -> u8; }\nimpl T for Thing { fn t(&self) -> u8 { self.0 * 2 } }\nimpl T for u8 { fn t(&self) -> u8 { *self * 2 } }\nmacro_rules! add { ($a:expr) => { $a + 2 } }\nstatic COUNT: u8 = 2;\nconst C: u8 = 2;\nfn f() -> u8 { add!(COUNT + C) }\nfn main() { println!(\"{}\", f() + inner::f() + Thing(1).t() + 1u8.t()); }";
    merged(&[
        holds("rust", a).prints("6"),
        holds("rust", b).prints("12"),
        holds("rust", a).prints("6"),
        // A block that uses another's names has none of them.
        fails("rust", "println!(\"{}\", COUNT);"),
        fails("rust", "add!(1);"),
        fails("rust", "inner::f();"),
        fails("rust", "let a = Thing(1);"),
        fails("rust", "println!(\"{}\", 1u8.t());"),
        holds("rust,compile_fail,E0599", "println!(\"{}\", 1u8.t());"),
        holds("rust,compile_fail,E0425", "println!(\"{}\", COUNT);"),
        holds("rust,compile_fail,E0433", "inner::f();"),
        holds(
            "rust,compile_fail,E0425",
            "block_0::main();\nfn g() { __verdict_run() }",
        )
        .replaced("rust,compile_fail,E0425,E0433"),
        holds(
            "rust",
            "fn __verdict_run() {}\nfn block_1() {}\nfn main() { __verdict_run(); block_1() }",
        ),
    ]);
}

#[test]
fn what_is_shadowed_is_shadowed_for_one() {
    merged(&[
        holds("rust", "struct Result;\nstruct Vec;\nstruct Some;\nfn main() { let _ = (Result, Vec, Some); }"),
        holds("rust", "mod std { pub fn f() {} }\nfn main() { self::std::f(); println!(\"own std\"); }").prints("own std"),
        holds("rust", "mod core {}\nmod alloc {}\nfn main() { let v: Vec<u8> = Vec::new(); assert!(v.is_empty()); }"),
        holds("rust", "mod m { pub struct String; pub fn drop<T>(_: T) { println!(\"mine\"); } }\nuse m::*;\nfn main() { drop(String); }").prints("mine"),
        holds("rust", "mod m { pub fn main() { println!(\"imported\"); } }\nuse m::main as start;\nfn main() { start() }").prints("imported"),
        fails("rust", "mod m { pub fn main() {} }\nuse m::main;\nfn main() {}"),
        holds("rust", "macro_rules! println { ($($t:tt)*) => { std::print!(\"not std's\") } }\nprintln!(\"{}\", 1);").prints("not std's"),
        holds("rust", "type u8 = i64;\nfn main() { let a: u8 = -1; assert_eq!(a, -1); }"),
        holds("rust", "let v: Result<Vec<u8>, ()> = Ok(Vec::new());\ndrop(v);\nprintln!(\"{:?}\", Some(1));").prints("Some(1)"),
    ]);
}

#[test]
fn an_extension_trait_is_seen_where_it_is_made() {
    merged(&[
        holds("rust", "trait Twice { fn twice(&self) -> u8; }\nimpl Twice for u8 { fn twice(&self) -> u8 { self * 2 } }\nfn main() { println!(\"{}\", 2u8.twice()); }").prints("4"),
        holds("rust", "trait Twice { fn twice(&self) -> String; }\nimpl<T: std::fmt::Debug> Twice for T { fn twice(&self) -> String { format!(\"{self:?}{self:?}\") } }\nfn main() { println!(\"{}\", 2u8.twice()); }").prints("22"),
        fails("rust", "2u8.twice();"),
        holds("rust,compile_fail,E0599", "2u8.twice();"),
        holds("rust,compile_fail,E0277", "fn f<T: PartialEq<A>>() {}\nstruct A;\nf::<u8>();"),
    ]);
}

#[test]
fn an_impl_elsewhere_changes_no_inference() {
    const INFERRED: &str = "let a = 1u8;\nassert!(a == \"1\".parse().unwrap());";
    let others = [
        "struct A;\nimpl PartialEq<A> for u8 { fn eq(&self, _: &A) -> bool { true } }",
        "struct A;\nmacro_rules! i { ($t:ty) => { impl PartialEq<A> for $t { fn eq(&self, _: &A) -> bool { true } } } }\ni!(u8);",
        "mod m { pub struct u8; }\nstruct A;\nimpl PartialEq<A> for core::primitive::u8 { fn eq(&self, _: &A) -> bool { true } }",
        "mod m { pub struct Byte; }\nstruct A;\nuse std::primitive::u8 as Byte;\nimpl PartialEq<A> for Byte { fn eq(&self, _: &A) -> bool { true } }",
    ];
    let mut traps = vec![
        holds("rust", INFERRED),
        fails("rust,compile_fail,E0283", INFERRED),
        fails("rust,compile_fail,E0284", INFERRED),
        fails("rust,compile_fail,E0282", INFERRED),
    ];
    for other in others {
        let refused = format!("{other}\nlet a: u8 = \"\";").leak();
        traps.extend([
            holds("rust", other),
            holds("rust,compile_fail,E0308", refused),
        ]);
    }
    merged(&traps);
}

#[test]
fn an_entry_point_is_one() {
    const MAKES: &str = "macro_rules! m { ($($t:tt)*) => { $($t)* } }\n";
    const DROPS: &str = "macro_rules! m { ($($t:tt)*) => {} }\n";
    let with = |made: &str, main: &str| -> &'static str { format!("{made}{main}").leak() };
    merged(&[
        fails("rust,compile_fail,E0277", "async fn main() {}"),
        holds("rust,compile_fail,E0752", "async fn main() {}"),
        fails("rust,compile_fail,E0061", "fn main(a: i32) {}"),
        holds("rust,compile_fail,E0580", "fn main(a: i32) {}"),
        fails("rust,compile_fail,E0133", "unsafe fn main() {}"),
        holds("rust,compile_fail,E0580", "unsafe fn main() {}"),
        holds("rust,compile_fail,E0131", "fn main<T>() {}"),
        fails("rust,compile_fail,E0282", "fn main<T>() {}"),
        holds("rust,compile_fail,E0646", "fn main() where u8: Copy {}"),
        fails("rust", "fn main() where u8: Copy {}"),
        fails("rust", with(MAKES, "m! { fn main() where u8: Copy {} }")),
        fails("rust", with(MAKES, "m! { #[track_caller] fn main() {} }")),
        fails(
            "rust,compile_fail,E0425",
            with(DROPS, "m! { fn main() {} }"),
        ),
        holds(
            "rust,compile_fail,E0601",
            with(DROPS, "m! { fn main() {} }"),
        ),
        holds("rust,compile_fail,E0277", "fn main() -> i32 { 1 }"),
        holds("rust", "fn main() -> impl std::process::Termination {}"),
        holds(
            "rust",
            "pub fn main() -> Result<(), std::fmt::Error> { Ok(()) }",
        ),
        fails(
            "rust",
            "fn main() -> Result<(), String> { Err(String::new()) }",
        ),
        holds(
            "rust,should_panic",
            "fn main() -> Result<(), String> { Err(String::new()) }",
        ),
        holds(
            "rust,should_panic",
            "fn main() -> std::process::ExitCode { 3.into() }",
        ),
        fails("rust", "fn main() -> std::process::ExitCode { 3.into() }"),
        fails("rust", "fn main() {}\n/// of nothing"),
        fails("rust", "fn main() {}\n#[inline]"),
        fails("rust", "fn main() {}\nfn main() {}"),
    ]);
}

#[test]
fn a_block_knows_its_own_place() {
    merged(&[
        holds("rust", "println!(\"{}\", line!());").prints("1"),
        holds("rust", "println!(\"{}\", line /**/ !());").prints("1"),
        holds("rust", "use std::line as here;\nprintln!(\"{}\", here!());").prints("2"),
        fails("rust", "use std::line as here;\nprintln!(\"{}\", here!());").prints("5"),
        holds("rust", "macro_rules! c { ($m:ident) => { $m!() } }\nprintln!(\"{}\", c!(line));").prints("2"),
        fails("rust", "macro_rules! c { ($m:ident) => { $m!() } }\nprintln!(\"{}\", c!(line));").prints("5"),
        fails("rust", "macro_rules! c { ($m:ident) => { $m!() } }\nprintln!(\"{}\", c!(module_path));").prints("[..]block_[..]"),
        holds("rust", "println!(\"{}\", file!());").prints("src/a.md"),
        holds("rust", "fn main() { println!(\"{}\", module_path!().contains(\"::\")); }").prints("false"),
        holds("rust", "struct A;\nfn main() { println!(\"{}\", std::any::type_name::<A>().matches(\"::\").count()); }").prints("1"),
        holds("rust", "#[track_caller]\nfn f() -> u32 { std::panic::Location::caller().line() }\nfn main() {\n    println!(\"{}\", f());\n}").prints("4"),
        holds("rust", "std::panic::set_hook(Box::new(|info| println!(\"{}\", info.location().unwrap().line())));\nlet _ = std::panic::catch_unwind(|| panic!());").prints("2"),
    ]);
}

#[test]
fn a_block_knows_its_own_program() {
    merged(&[
        holds("rust", "println!(\"{}\", std::env::args().count());").prints("1"),
        fails("rust,should_panic", "if std::env::var(\"AGAIN\").is_ok() { return; }\nlet again = std::process::Command::new(\"/proc/self/exe\").env(\"AGAIN\", \"1\").status().unwrap();\nassert!(again.success());")
            .on_linux_only(),
        holds("rust", "println!(\"{}\", std::fs::read_dir(\".\").unwrap().count());\nstd::fs::write(\"left\", \"\").unwrap();").prints("0"),
        holds("rust", "println!(\"{}\", std::path::Path::new(\"left\").exists());").prints("false"),
        holds("rust", "println!(\"{:?}\", std::thread::current().name());").prints("Some(\"main\")"),
        holds("rust", "println!(\"{:?}\", std::thread::spawn(|| std::thread::current().id()).join().unwrap());").prints("ThreadId(2)"),
        holds("rust", "println!(\"{:?}\", std::env::vars().find(|(name, _)| name.starts_with(\"CARGO\") || name.starts_with(\"RUST\")));").prints("None"),
        holds("rust", "let mut all = String::new();\nprintln!(\"{}\", std::io::Read::read_to_string(&mut std::io::stdin(), &mut all).unwrap());").prints("0"),
    ]);
}

#[test]
fn no_block_reaches_into_the_programs_beginning_or_the_systems_calls() {
    let chapter = |shown| {
        [
            holds("rust", "#[unsafe(link_section = \".init_array\")]\npub static F: extern \"C\" fn() = { extern \"C\" fn f() { std::process::exit(7) } f };\nprintln!(\"{}\", F as *const () as usize);").but(false),
            holds("rust", "#[unsafe(link_section = \".init_array\")]\npub static F: fn() = { fn f() { std::process::exit(0) } f };\nprintln!(\"{}\", F as *const () as usize);"),
            holds("rust", "#[unsafe(export_name = \"write\")]\npub fn w(_: i32, _: *const u8, n: isize) -> isize { n }\nw(1, std::ptr::null(), 0);"),
            holds("rust", "println!(\"x\");").prints("x"),
            fails("rust", "println!(\"x\");").prints(""),
            fails("rust,should_panic", "let a = 1;"),
            shown,
        ]
    };
    if cfg!(target_os = "linux") {
        merged(&chapter(holds("rust", "println!(\"y\");").prints("y")));
    }
}

#[test]
fn every_end_is_its_own() {
    merged(&[
        holds("rust,should_panic", "panic!(\"1\");"),
        holds("rust,should_panic", "std::process::exit(3);"),
        holds("rust,should_panic", "std::process::abort();"),
        fails("rust,should_panic", "std::process::exit(0);"),
        fails("rust,should_panic", "println!(\"well\");"),
        fails("rust,should_panic", "let _ = std::panic::catch_unwind(|| panic!());"),
        fails("rust", "panic!();"),
        fails("rust", "std::process::exit(3);"),
        fails("rust", "std::process::abort();"),
        holds("rust", "print!(\"early\");\nstd::process::exit(0);").prints("early"),
        holds("rust", "std::thread::spawn(|| loop { std::thread::park() });\nprintln!(\"main is over\");").prints("main is over"),
        holds("rust", "let _ = std::thread::spawn(|| panic!()).join();\nprint!(\"survived\");").prints("survived"),
        holds("rust", "struct D;\nimpl Drop for D { fn drop(&mut self) { println!(\"dropped\"); } }\nlet _d = D;").prints("dropped"),
        holds("rust,should_panic", "struct D;\nimpl Drop for D { fn drop(&mut self) { panic!() } }\nlet _d = D;"),
        holds("rust", "use std::cell::Cell;\nthread_local! { static N: Cell<u8> = Cell::new(1); }\nN.with(|n| n.set(n.get() + 1));\nprintln!(\"{}\", N.with(Cell::get));").prints("2"),
        holds("rust", "use std::cell::Cell;\nthread_local! { static N: Cell<u8> = Cell::new(1); }\nN.with(|n| n.set(n.get() + 1));\nprintln!(\"{}\", N.with(Cell::get));").prints("2"),
        holds("rust", "static mut N: u8 = 1;\nunsafe { N += 1; let n = N; println!(\"{n}\"); }").prints("2"),
        holds("rust", "println!(\"{}\", \"long\".repeat(100_000).len());").prints("400000"),
        fails("rust", "println!(\"{}\", \"long\".repeat(1_000_000));"),
        fails("rust,should_panic", "println!(\"{}\", \"long\".repeat(1_000_000)); panic!();"),
        fails("rust", "fn f(a: u64) -> u64 { if a == 0 { 0 } else { f(a + 1) + f(a + 2) } }\nprintln!(\"{}\", f(1));"),
    ]);
}

#[test]
fn what_is_not_closed_swallows_no_neighbour() {
    let fine = holds("rust", "println!(\"fine\");").prints("fine");
    let mut traps = vec![
        fine,
        holds(
            "rust,compile_fail,E0499",
            "let mut a = 1;\nlet (b, c) = (&mut a, &mut a);\n*b = 1;\n*c = 2;",
        ),
        fails(
            "rust,compile_fail,E0499",
            "let mut a = 1;\nlet b = &mut a;\n*b = 1;",
        ),
        fails("rust,should_panic", "let a = (1, 2;"),
    ];
    for broken in [
        "fn f() {",
        "let a = (1, 2;",
        "let s = \"open;",
        "/* open",
        "let s = r#\"open\";",
        "let c = 'ab;",
        "} fn g() {",
        "macro_rules! m { () => {",
        "fn main() {}\n/* open",
        "fn main() {}\n#[cfg(any())]\nmod m {",
    ] {
        traps.extend([
            fails("rust,no_run", broken),
            fails("rust,compile_fail,E0308", broken),
            fine,
        ]);
    }
    merged(&traps);
}

#[test]
fn one_error_names_one_block() {
    const GENERIC: &str = "struct A<const N: usize>;\nimpl<const N: usize> A<N> {\n    const B: () = assert!(N > 1);\n    fn f() { Self::B }\n}\n";
    let call =
        |n| -> &'static str { format!("{GENERIC}A::<{n}>::f();\nprintln!(\"{n}\");").leak() };
    merged(&[
        holds("rust", call(2)).prints("2"),
        fails("rust", call(1)),
        holds("rust,compile_fail,E0080", call(1)),
        fails("rust,compile_fail,E0080", call(2)),
        holds("rust,no_run", call(1)),
        fails("rust", "const A: usize = 1 - 2;\nprintln!(\"{A}\");"),
        holds("rust,compile_fail,E0080", "const A: usize = 1 - 2;\nprintln!(\"{A}\");"),
        fails("rust", "unsafe extern \"C\" { safe fn no_such_function_anywhere(); }\nno_such_function_anywhere();"),
        holds("rust", "#[unsafe(no_mangle)]\npub fn the_same_symbol() -> u8 { 1 }\nprintln!(\"{}\", the_same_symbol());").prints("1"),
        holds("rust", "#[unsafe(no_mangle)]\npub fn the_same_symbol() -> u8 { 2 }\nprintln!(\"{}\", the_same_symbol());").prints("2"),
        fails("rust", "let a = [1, 2][5];"),
        holds("rust,compile_fail", "let a = [1, 2][5];"),
        fails("rust", "#[deny(unused_variables)]\nfn f() { let a = 1; }"),
        holds("rust,compile_fail", "#[deny(unused_variables)]\nfn f() { let a = 1; }"),
        fails("rust", "fn f<T>(n: u32) { if n > 0 { f::<Option<T>>(n - 1) } }\nf::<u8>(1);"),
        holds("rust", "#[macro_export]\nmacro_rules! same { () => { 1 } }\nprintln!(\"{}\", same!());").prints("1"),
        holds("rust", "#[macro_export]\nmacro_rules! same { () => { 2 } }\nprintln!(\"{}\", same!());").prints("2"),
    ]);
}

#[test]
fn memory_that_is_set_aside_is_its_owners() {
    // Beside another block's one and a half gigabytes, nearly three more wouldn't be had.
    merged(&[
        holds("rust", "static mut BIG: [u8; 1500 << 20] = [0; 1500 << 20];\nlet at = &raw const BIG;\nprintln!(\"{}\", at.is_null());").prints("false"),
        holds("rust", "let v: Vec<u8> = Vec::with_capacity(2700 << 20);\nprintln!(\"{}\", v.capacity() >> 20);").prints("2700"),
        fails("rust,should_panic", "let v: Vec<u8> = Vec::with_capacity(2700 << 20);\nprintln!(\"{}\", v.capacity());"),
    ]);
}

#[test]
fn editions_keep_apart() {
    merged(&[
        holds("rust,edition2015", "let async = 1;\nprintln!(\"{}\", async);").prints("1"),
        holds("rust,edition2015", "mod m { pub fn f() {} }\nmod n { use m::f; pub fn g() { f() } }\nfn main() { n::g() }"),
        holds("rust,edition2018", "let gen = 1;\nprintln!(\"{}\", [1, 2].into_iter().map(|a: &i32| a + gen).sum::<i32>());").prints("5"),
        holds("rust,edition2018", "let a: Box<dyn Fn()> = Box::new(|| ());\na();"),
        holds("rust,edition2021", "let gen = 1;\nprintln!(\"{}\", [1, 2].into_iter().map(|a: i32| a + gen).sum::<i32>());").prints("5"),
        holds("rust,edition2021", "static mut A: u8 = 1;\nlet a = unsafe { &A };\nprintln!(\"{a}\");").prints("1"),
        fails("rust,edition2024", "static mut A: u8 = 1;\nlet a = unsafe { &A };\nprintln!(\"{a}\");"),
        fails("rust", "let gen = 1;"),
        holds("rust,compile_fail,edition2018,E0432", "use std::convert::TryFroms;\nfn f() {}"),
        holds("rust,compile_fail,edition2015,E0670", "async fn f() {}"),
        holds("rust,compile_fail,edition2021,E0599", "let a = u8::try_from_nothing(1u16);"),
        holds("rust,compile_fail,edition2018,E0599", "let a: Result<u8, _> = 1u16.try_into();"),
    ]);
}

#[test]
fn rejections_hide_none_of_each_other() {
    let beside = [
        "trait T: Missing {}",
        "impl u8 { fn f() {} }",
        "impl Drop for u8 { fn drop(&mut self) {} }",
        "#[derive(Clone, Copy)] struct A; impl Drop for A { fn drop(&mut self) {} }",
        "struct A { a: A }",
        "trait A: B {} trait B: A {}",
        "use std::nowhere::*;",
        "static mut A: u8 = 1; fn f() -> &'static u8 { unsafe { &A } }",
        "let a = 1 +;",
        "missing_macro!();",
        "mod m { pub struct A { a: u8 } } let a = m::A { a: 1 };",
        "fn f() -> impl Sized { f() }",
    ];
    let mut traps = Vec::new();
    for code in beside {
        // With a wrong code on purpose, so that they share.
        traps.push(fails("rust,compile_fail,E0001", code));
        traps.push(fails("rust,compile_fail,E0382", code));
    }
    let two = "fn f() -> i32 { \"\" }\nlet s = String::new();\nlet t = s;\nprintln!(\"{s}\");";
    traps.extend([
        holds("rust,compile_fail,E0308,E0382", two),
        fails("rust,compile_fail,E0308", two),
        fails("rust,compile_fail,E0382", two),
        fails(
            "rust,compile_fail,E0382",
            "let s = String::new();\nprintln!(\"{s}\");",
        ),
    ]);
    merged(&traps);
}

/// Small blocks of all kinds, right and wrong.
const POOL: [Trap; 30] = [
    holds("rust", "println!(\"one\");").prints("one"),
    fails("rust", "println!(\"one\");").prints("two"),
    fails("rust", "println!(\"one\");").prints(""),
    holds("rust", "print!(\"no end of line\");").prints("no end of line"),
    holds("rust,no_run", "loop {}"),
    holds("rust,should_panic", "panic!();"),
    fails("rust,should_panic", "let a = 1;"),
    fails("rust", "std::process::exit(4);"),
    holds("rust,should_panic", "std::process::abort();"),
    fails("rust", "let a: i32 = \"\";"),
    fails("rust,no_run", "let a = ;"),
    fails("rust", "fn f() {"),
    holds("rust", "struct A;\nimpl From<A> for u8 { fn from(_: A) -> u8 { 7 } }\nlet n: u8 = A.into();\nprintln!(\"{n}\");").prints("7"),
    holds("rust", "trait Twice { fn twice(self) -> Self; }\nimpl Twice for u8 { fn twice(self) -> u8 { self * 2 } }\nprintln!(\"{}\", 2.twice());").prints("4"),
    holds("rust", "macro_rules! m { () => { 1 } }\nprintln!(\"{}\", m!());").prints("1"),
    fails("rust", "println!(\"{}\", m!());"),
    holds("rust", "println!(\"{} {}\", file!(), line!());").prints("src/a.md 1"),
    holds("rust", "mod m { pub fn f() {} }\nfn main() { crate::m::f() }"),
    holds("rust,edition2018", "let gen = 1;\nassert_eq!(gen, 1);"),
    holds("rust,compile_fail,E0308", "let a: i32 = \"\";"),
    fails("rust,compile_fail,E0382", "let a: i32 = \"\";"),
    holds("rust,compile_fail,E0382", "let s = String::new();\ndrop(s);\ns.len();"),
    holds("rust,compile_fail,E0505", "let s = String::new();\nlet r = &s;\ndrop(s);\nr.len();"),
    holds("rust,compile_fail,E0308,E0382", "fn f() -> i32 { \"\" }\nlet s = String::new();\ndrop(s);\ns.len();"),
    fails("rust,compile_fail,E0382", "fn f() -> i32 { \"\" }\nlet s = String::new();\ndrop(s);\ns.len();"),
    holds("rust,compile_fail,E0405", "struct A;\nimpl Missing for A {}"),
    fails("rust,compile_fail,E0404", "struct A;\nimpl Missing for A {}"),
    holds("rust,compile_fail", "let a = ;"),
    fails("rust,compile_fail,E0277", "let n = std::rc::Rc::new(1);\nprintln!(\"{n}\");"),
    holds("rust,compile_fail,E0277", "let n = std::rc::Rc::new(1);\nstd::thread::spawn(move || n);"),
];

#[test]
fn any_blocks_in_any_order_come_out_as_each_does_alone() {
    const SEED: u64 = 20;
    let mut random = Random::new(SEED);
    for _ in 0..4 {
        let mut some: Vec<Trap> = (0..15).map(|_| POOL[random.below(POOL.len())]).collect();
        random.shuffle(&mut some);
        merged(&some);
    }
}

/// The examples of `rustc --explain` for these codes, at most so many of each.
fn explained(codes: impl IntoIterator<Item = u32>, most: usize) -> Vec<String> {
    let mut examples = Vec::new();
    for code in codes {
        let said = Command::new("rustc")
            .args(["--explain", &format!("E{code:04}")])
            .output()
            .unwrap();
        let text = String::from_utf8(said.stdout).unwrap();
        let blocks = text.split("\n```").skip(1).step_by(2).take(most);
        examples.extend(blocks.filter_map(|block| {
            let (_, example) = block.split_once('\n')?;
            // What would be a fence of ours ends the example.
            (!example.contains("````")).then(|| example.to_owned())
        }));
    }
    examples
}

/// The codes that each block gives alone, where it is rejected.
fn codes_alone(blocks: &[String]) -> Vec<BTreeSet<String>> {
    let chapter: String = blocks
        .iter()
        .map(|code| format!("````rust,compile_fail,E0001\n{code}\n````\n\n"))
        .collect();
    let found = find(&text_of("a.md", &chapter), Edition::E2024, "x86_64");
    assert_eq!(found.blocks.len(), blocks.len());
    let options = Options {
        no_cache: true,
        ..Options::default()
    };
    let verifier = Verifier::new(".".as_ref(), &Config::default(), &options).unwrap();
    let next = Mutex::new(0);
    let codes = Mutex::new(vec![BTreeSet::new(); blocks.len()]);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    let mut next = next.lock().unwrap();
                    let number = *next;
                    *next += 1;
                    drop(next);
                    let Some(block) = found.blocks.get(number) else {
                        break;
                    };
                    let judged = verifier.judge(block, &[]);
                    let judged = judged.map(|judged| judged.verdicts[0].codes.clone());
                    codes.lock().unwrap()[number] = judged.unwrap_or_default();
                }
            });
        }
    });
    codes.into_inner().unwrap()
}

/// Books of blocks that name their true codes, all but one of them, or the code of another: each
/// must hold or fail as it would alone.
fn rejections_come_out_as_alone(blocks: &[String], rounds: usize, seed: u64) {
    let alone = codes_alone(blocks);
    let mut random = Random::new(seed);
    let rejected: Vec<usize> = (0..blocks.len())
        .filter(|number| !alone[*number].is_empty())
        .collect();
    let mut wrong = String::new();
    let mut tried = [0; 3];
    for _ in 0..rounds {
        let mut order = rejected.clone();
        random.shuffle(&mut order);
        let (mut chapter, mut expected) = (String::new(), Vec::new());
        for number in order {
            let codes = &alone[number];
            let mut named = codes.clone();
            if codes.len() > 1 && random.once_in(2) {
                let left_out = codes.iter().nth(random.below(codes.len())).unwrap();
                named.remove(left_out);
            } else if random.once_in(8) {
                named = alone[rejected[random.below(rejected.len())]].clone();
            }
            let holds = named == *codes;
            tried[if holds {
                0
            } else if named.is_subset(codes) {
                1
            } else {
                2
            }] += 1;
            expected.push((chapter.matches('\n').count() + 1, number, holds));
            let named = named.into_iter().collect::<Vec<_>>().join(",");
            chapter.push_str(&format!(
                "````rust,compile_fail,{named}\n{}\n````\n\n",
                blocks[number]
            ));
        }
        let book = BookTest::new(&chapter);
        let lines = book.json(&["--no-cache"]);
        let blocks_of: BTreeMap<u64, &serde_json::Value> = lines
            .iter()
            .filter(|line| line["kind"] == "block")
            .map(|line| (line["line"].as_u64().unwrap(), line))
            .collect();
        for (line, number, holds) in expected {
            let line = blocks_of[&(line as u64)];
            let passed = line["status"] == "pass";
            // Without a code beside those named it fails, alone too.
            let uncoded = line["came"]
                .as_str()
                .is_some_and(|came| came.contains("without a code"));
            if passed != holds && !(holds && uncoded) {
                wrong.push_str(&format!("{line}\n{}\n", blocks[number]));
            }
        }
    }
    println!(
        "with the true codes {}, one left out {}, of another {}",
        tried[0], tried[1], tried[2]
    );
    assert!(wrong.is_empty(), "{wrong}");
}

/// Pairs of examples as one block: they have two codes, of which a neighbour could hide one.
fn pairs(examples: &[String], count: usize, random: &mut Random) -> Vec<String> {
    let pair = |(a, b): (usize, usize)| {
        let (first, second) = (&examples[a], &examples[b]);
        format!("mod first {{\n{first}\n}}\nmod second {{\n{second}\n}}\nfn main() {{}}")
    };
    (0..count)
        .map(|_| (random.below(examples.len()), random.below(examples.len())))
        .map(pair)
        .collect()
}

#[test]
fn examples_of_rustc_are_rejected_among_others_as_alone() {
    const CODES: [u32; 40] = [
        4, 15, 23, 26, 27, 38, 40, 46, 53, 61, 72, 106, 107, 117, 119, 133, 152, 184, 191, 200,
        204, 255, 277, 282, 308, 369, 373, 381, 382, 384, 404, 405, 412, 425, 428, 499, 502, 505,
        599, 614,
    ];
    let examples = explained(CODES, 1);
    assert!(examples.len() > 35, "{} examples", examples.len());
    let mut blocks = pairs(&examples, 20, &mut Random::new(1));
    blocks.extend(examples);
    rejections_come_out_as_alone(&blocks, 1, 2);
}

/// To be run when rustc changes, or the list of codes that are compiled alone.
#[test]
#[ignore = "takes minutes"]
fn every_example_of_rustc_is_rejected_among_others_as_alone() {
    let examples = explained(1..=805, usize::MAX);
    assert!(examples.len() > 900, "{} examples", examples.len());
    let mut blocks = pairs(&examples, 600, &mut Random::new(1));
    blocks.extend(examples);
    rejections_come_out_as_alone(&blocks, 6, 2);
}

impl Trap {
    const fn replaced(self, tags: &'static str) -> Trap {
        Trap { tags, ..self }
    }

    const fn but(self, holds: bool) -> Trap {
        Trap { holds, ..self }
    }

    fn on_linux_only(self) -> Trap {
        match cfg!(target_os = "linux") {
            true => self,
            false => COMPANY[1],
        }
    }
}
