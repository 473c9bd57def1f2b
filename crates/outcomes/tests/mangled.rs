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
