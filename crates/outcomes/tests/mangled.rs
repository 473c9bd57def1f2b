//! Broken sources give an answer or an error, in time, and never a panic.

use outcomes::{Limits, Model, Options, explore, parse};
use std::path::Path;
use std::time::Duration;

/// A small generator of numbers, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }
}

/// Words, numbers and signs, and what is between them.
fn tokens(source: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in source.chars() {
        let joins = c.is_alphanumeric() && last.is_alphanumeric() || c == '_' || last == '_';
        match tokens.last_mut() {
            Some(token) if joins && !c.is_whitespace() => token.push(c),
            _ => tokens.push(c.to_string()),
        }
        last = c;
    }
    tokens
}

fn mangle(parts: &mut Vec<String>, dice: &mut Dice) {
    let (a, b) = (dice.roll(parts.len()), dice.roll(parts.len()));
    match dice.roll(4) {
        0 => _ = parts.remove(a),
        1 => parts.insert(b, parts[a].clone()),
        2 => parts.swap(a, b),
        _ => parts[a] = parts[b].clone(),
    }
}

#[test]
fn mangled_programs_never_panic_or_hang() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    let limits = Limits {
        states: 2_000,
        time: Duration::from_millis(500),
        memory: 256 << 20,
        ..Limits::default()
    };
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut answered = 0;
    let mut refused = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        for round in 0..60 {
            let mangled = if round % 2 == 0 {
                let mut parts = tokens(&source);
                (0..=dice.roll(3)).for_each(|_| mangle(&mut parts, &mut dice));
                parts.concat()
            } else {
                let mut parts: Vec<String> = source.lines().map(str::to_owned).collect();
                mangle(&mut parts, &mut dice);
                parts.join("\n")
            };
            let tried = std::panic::catch_unwind(|| {
                let program = parse(&mangled, Options::default()).ok()?;
                explore(&program, Model::Tso, &limits).ok()
            });
            match tried {
                Ok(Some(_)) => answered += 1,
                Ok(None) => refused += 1,
                Err(_) => panic!("{}, mangled:\n{mangled}", path.display()),
            }
        }
    }
    // Both ways are really taken.
    assert!(answered > 100 && refused > 100, "{answered} {refused}");
}

#[test]
fn deep_and_endless_sources_are_refused_or_cut_short() {
    let deep = [
        format!(
            "fn main() {{ let x = {}1{}; }}",
            "(".repeat(50_000),
            ")".repeat(50_000)
        ),
        format!("fn main() {{ let x = {}1; }}", "!".repeat(50_000)),
        format!("fn main() {{ let x = 1{}; }}", " + 1".repeat(5_000)),
        "struct S { s: S } fn f(s: S) { let r = &s; } fn main() {}".into(),
        "struct S<T> { s: T } fn f<T>(t: T) { f(S { s: t }) } fn main() { f(1) }".into(),
        "const A: usize = B; const B: usize = A; fn main() { let x = [0; A]; }".into(),
        "const A: u32 = A; fn main() { let x = A; }".into(),
        "type A = A; fn main() { let x: A = 1; }".into(),
    ];
    for source in &deep {
        let error = parse(source, Options::default()).unwrap_err();
        assert!(error.span().line >= 1, "{error}");
    }
    let limits = Limits {
        states: 1_000,
        ..Limits::default()
    };
    for source in ["fn f() { f() } fn main() { f() }", "fn main() { loop {} }"] {
        let program = parse(source, Options::default()).unwrap();
        assert!(explore(&program, Model::Sc, &limits).is_err(), "{source}");
    }
    let endless = "use std::sync::atomic::*; static N: AtomicUsize = AtomicUsize::new(0);
                   fn main() { loop { N.fetch_add(1, Ordering::Relaxed); } }";
    let program = parse(endless, Options::default()).unwrap();
    assert!(!explore(&program, Model::Sc, &limits).unwrap().complete);
}
