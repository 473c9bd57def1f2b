use super::*;
use crate::blocks::{Block, find, text_of};
use crate::tags::Edition;

const HOST: &str = "x86_64-unknown-linux-gnu";

/// A program that uses everything the stand-in has.
fn everything() -> String {
    const ORDERINGS: [&str; 5] = ["Relaxed", "Release", "Acquire", "AcqRel", "SeqCst"];
    let mut functions = Vec::new();
    let atomics = [
        ("AtomicU8", "u8"),
        ("AtomicI8", "i8"),
        ("AtomicU16", "u16"),
        ("AtomicI16", "i16"),
        ("AtomicU32", "u32"),
        ("AtomicI32", "i32"),
        ("AtomicU64", "u64"),
        ("AtomicI64", "i64"),
        ("AtomicUsize", "usize"),
        ("AtomicIsize", "isize"),
        ("AtomicBool", "bool"),
        ("AtomicPtr<u8>", "*mut u8"),
    ];
    for (atomic, value) in atomics {
        let operations: &[&str] = match value {
            "*mut u8" => &[],
            "bool" => &["and", "or", "xor"],
            _ => &["add", "sub", "and", "or", "xor"],
        };
        let mut add = |arguments: &str, result: &str, body: String| {
            functions.push(format!(
                "(at: &{atomic}{arguments}) -> {result} {{ {body} }}"
            ));
        };
        let (one, two) = (
            format!(", v: {value}"),
            format!(", old: {value}, v: {value}"),
        );
        for order in ["Relaxed", "Acquire", "SeqCst"] {
            add("", value, format!("at.load({order})"));
        }
        for order in ["Relaxed", "Release", "SeqCst"] {
            add(&one, "()", format!("at.store(v, {order})"));
        }
        for order in ORDERINGS {
            add(&one, value, format!("at.swap(v, {order})"));
            for failed in ["Relaxed", "Acquire", "SeqCst"] {
                let call = format!("compare_exchange(old, v, {order}, {failed})");
                add(&two, "bool", format!("at.{call}.is_ok()"));
            }
            let call = format!("compare_exchange_weak(old, v, {order}, Relaxed)");
            let body = format!("match at.{call} {{ Ok(found) => found, Err(found) => found }}");
            add(&two, value, body);
            for operation in operations {
                add(&one, value, format!("at.fetch_{operation}(v, {order})"));
            }
        }
    }
    for order in &ORDERINGS[1..] {
        functions.push(format!(
            "(a: &AtomicU8, b: &AtomicU8) -> u8 {{ a.store(1, Relaxed); fence({order}); b.load(Relaxed) }}"
        ));
        functions.push(format!(
            "(a: &mut u8, b: &AtomicU8) -> u8 {{ *a = 1; compiler_fence({order}); *a += 1; b.load(Relaxed) }}"
        ));
    }
    functions.extend(
        [
            "(a: &AtomicBool) { while a.swap(true, Acquire) { while a.load(Relaxed) { spin_loop() } } }",
            "(done: &bool) { while !*done { spin_loop() } }",
            "(cell: &UnsafeCell<u32>, to: u32) -> u32 { unsafe { let old = *cell.get(); *cell.get() = to; old } }",
            "(a: u32, b: u32) -> u32 { let mut x = (a + b * 3 - 1) ^ (a & !b) | 4; x += a; x -= b; x *= 2; x &= 0xffff; x |= 8; x ^= a; x }",
            "(a: u32, b: u32, c: bool) -> bool { !c & (b > a) | (a >= 7) ^ (a != 5) & (c == (a < 9)) | (b <= 3) }",
        ]
        .map(str::to_owned),
    );
    let functions = functions
        .iter()
        .enumerate()
        .map(|(number, function)| format!("#[unsafe(no_mangle)]\npub fn f{number}{function}\n"));
    format!(
        "use std::cell::UnsafeCell;\nuse std::hint::spin_loop;\nuse std::sync::atomic::{{*, Ordering::*}};\n{}",
        functions.collect::<String>()
    )
}

fn block(code: &str) -> Block {
    let text = text_of("a.md", &format!("```rust\n{code}\n```\n"));
    find(&text, Edition::E2024, HOST).blocks[0].clone()
}

fn asm(folder: &Path) -> Asm {
    let toolchain = Toolchain::find(Path::new(".")).unwrap();
    let cache = Arc::new(Cache::open(folder));
    Asm::new(toolchain, Dependencies::default(), cache)
}

/// What is told of a block for a target that is found so.
fn told(asm: &Asm, name: &str, code: &str, target: Target) -> Told {
    asm.targets.lock().unwrap().insert(name.to_owned(), target);
    asked(asm, name, code, true)
}

fn asked(asm: &Asm, name: &str, code: &str, alone: bool) -> Told {
    let evidence = Evidence {
        block: &block(code),
        compiled: &Compiled::Accepted(None),
        ran: None,
        alone,
    };
    asm.told(&[name.to_owned()], &evidence)
}

#[test]
fn what_stands_in_for_std_makes_the_same_code_as_std() {
    let folder = tempfile::tempdir().unwrap();
    let asm = asm(folder.path());
    let host = asm.toolchain.host.clone();
    let stand_in = StandIn::build(&asm.toolchain, &host).unwrap();
    let everything = everything();
    let came = |target| match told(&asm, &host, &everything, target) {
        Told::Came(listing) => listing,
        other => panic!("{other:?}"),
    };
    let (real, ours) = (
        came(Target::Installed),
        came(Target::StandIn(Arc::new(stand_in))),
    );
    let functions = Functions::of(&block(&everything)).unwrap().names.len();
    assert_eq!(real.split("\n\n").count(), functions);
    for (real, ours) in real.split("\n\n").zip(ours.split("\n\n")) {
        assert_eq!(real, ours);
    }
    assert_eq!(real, ours);
}

#[test]
fn every_processor_that_the_compiler_knows_can_be_shown() {
    let folder = tempfile::tempdir().unwrap();
    let asm = asm(folder.path());
    let code = "use std::sync::atomic::{AtomicU32, Ordering};\n#[unsafe(no_mangle)]\npub fn look(at: &AtomicU32) -> u32 {\n    at.load(Ordering::Acquire)\n}\n";
    for (target, expected) in [
        (
            "x86_64-unknown-linux-gnu",
            "look:\n    mov eax, dword ptr [rdi]\n    ret",
        ),
        (
            "aarch64-unknown-linux-gnu",
            "look:\n    ldar w0, [x0]\n    ret",
        ),
        ("aarch64-apple-darwin", "look:\n    ldapr w0, [x0]\n    ret"),
        (
            "riscv64gc-unknown-linux-gnu",
            "look:\n    lw a0, 0(a0)\n    fence r, rw\n    ret",
        ),
    ] {
        assert_eq!(
            asked(&asm, target, code, true),
            Told::Came(expected.to_owned())
        );
    }
}

#[test]
fn what_cannot_be_compiled_for_a_target_here_is_not_called_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let asm = asm(folder.path());
    let stand_in = StandIn::build(&asm.toolchain, "riscv64gc-unknown-linux-gnu").unwrap();
    let needs_more = "#[unsafe(no_mangle)]\npub fn f() -> Vec<u8> {\n    Vec::new()\n}\n";
    let name = "riscv64gc-unknown-linux-gnu";
    for target in [
        Target::StandIn(Arc::new(stand_in)),
        Target::Neither("this rustc doesn't take it".to_owned()),
    ] {
        match told(&asm, name, needs_more, target) {
            Told::NotHere(cause) => {
                assert!(cause.contains("rustup target add riscv64gc"), "{cause}");
            }
            other => panic!("{other:?}"),
        }
    }
    let gone = "#[unsafe(no_mangle)]\n#[cfg(windows)]\npub fn f() {}\n";
    assert!(matches!(
        told(&asm, HOST, gone, Target::Installed),
        Told::Never(_)
    ));
}

#[test]
fn what_is_remembered_is_not_believed_where_it_would_be_a_fault() {
    let folder = tempfile::tempdir().unwrap();
    let asm = asm(folder.path());
    let code = "#[unsafe(no_mangle)]\npub fn f() {}\n";
    let evidence_block = block(code);
    let functions = Functions::of(&evidence_block).unwrap();
    let host = asm.toolchain.host.clone();
    let evidence = Evidence {
        block: &evidence_block,
        compiled: &Compiled::Accepted(None),
        ran: None,
        alone: false,
    };
    let key = asm.key(&host, &asm.target(&host), &evidence, &functions);
    asm.cache.put(&key, &"false");
    assert_eq!(
        asked(&asm, &host, code, false),
        Told::Came("false".to_owned())
    );
    let true_one = asked(&asm, &host, code, true);
    assert_ne!(true_one, Told::Came("false".to_owned()));
    assert_eq!(asked(&asm, &host, code, false), true_one);
}
