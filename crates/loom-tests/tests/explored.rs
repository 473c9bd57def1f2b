//! Parts of the programs that hang on an ordering, with every outcome that the language's memory
//! model allows: loom takes SeqCst for less than it is, and a run shows what one machine does.
//!
//! The parts are cut out by their anchors, and get a `main` that calls them once each. Where a
//! program takes its orderings from a table, each row of it is put in.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use outcomes::{Limits, Model, Options};

/// A program of `examples/`: what stands behind one of its anchors, and its whole text.
struct Part {
    text: String,
    part: String,
}

impl Part {
    fn of(program: &str, anchor: &str) -> Part {
        let folder = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let path = folder.join(Path::new("../../examples").join(format!("{program}.rs")));
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let lines: Vec<&str> = text
            .lines()
            .skip_while(|line| line.trim() != format!("// ANCHOR: {anchor}"))
            .take_while(|line| line.trim() != format!("// ANCHOR_END: {anchor}"))
            .collect();
        assert!(!lines.is_empty(), "{program} has no anchor `{anchor}`");
        Part {
            part: lines.join("\n"),
            text,
        }
    }

    /// The two orderings, for stores and for loads, in the table's row of this name.
    fn row(&self, name: &str) -> (&str, &str) {
        let start = format!("(\"{name}\", ");
        let mut rows = self.text.lines().filter_map(|line| {
            let row = line.trim().strip_prefix(&start)?;
            row.strip_suffix("),")?.split_once(", ")
        });
        rows.next().unwrap_or_else(|| panic!("no row `{name}`"))
    }

    /// Everything that the part and this `main` can come to, with a row's orderings in place of
    /// those that it is handed.
    fn outcomes(&self, row: Option<&str>, main: &str) -> BTreeSet<String> {
        let mut source = format!(
            "use std::sync::atomic::{{AtomicBool, AtomicU32, Ordering::*}};\nuse std::thread;\n\
             {}\nfn main() {{\n{main}\n}}\n",
            self.part
        );
        if let Some(row) = row {
            let (store, load) = self.row(row);
            source = source
                .replace("store: Ordering", "")
                .replace("load: Ordering", "")
                .replace("store(true, store)", &format!("store(true, {store})"))
                .replace("store(1, store)", &format!("store(1, {store})"))
                .replace("load(load)", &format!("load({load})"))
                .replace(", store, load)", ")")
                .replace(", store)", ")")
                .replace(", load)", ")")
                .replace(", )", ")");
        }
        let program = outcomes::parse(&source, Options::default())
            .unwrap_or_else(|error| panic!("{error}\n{source}"));
        let all = outcomes::explore(&program, Model::Cpp20, &Limits::default()).unwrap();
        assert!(all.complete);
        all.outcomes.iter().map(|outcome| outcome.line()).collect()
    }
}

fn lines(lines: &[&str]) -> BTreeSet<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

mod intent_flags {
    use super::*;

    const MAIN: &str = "
        let flags = Flags { left: Flag(AtomicBool::new(false)), right: Flag(AtomicBool::new(false)) };
        let entered = thread::scope(|scope| {
            let left = scope.spawn(|| may_enter(&flags.left, &flags.right, store, load));
            let right = scope.spawn(|| may_enter(&flags.right, &flags.left, store, load));
            (left.join().unwrap(), right.join().unwrap())
        });
        println!(\"{entered:?}\");";

    #[test]
    fn with_seq_cst_never_both_enter() {
        let both = "(true, true)".to_owned();
        let part = Part::of("intent_flags", "flags");
        assert!(!part.outcomes(Some("SeqCst"), MAIN).contains(&both));
    }

    #[test]
    fn with_less_everything_can_happen() {
        let part = Part::of("intent_flags", "flags");
        let all = lines(&[
            "(false, false)",
            "(false, true)",
            "(true, false)",
            "(true, true)",
        ]);
        assert_eq!(part.outcomes(Some("Release and Acquire"), MAIN), all);
        assert_eq!(part.outcomes(Some("Relaxed"), MAIN), all);
    }
}

mod message_flag {
    use super::*;

    const MAIN: &str = "
        let post = Post { message: AtomicU32::new(0), flag: AtomicBool::new(false) };
        let received = thread::scope(|scope| {
            scope.spawn(|| send(&post, store));
            scope.spawn(|| receive(&post, load)).join().unwrap()
        });
        println!(\"{received}\");";

    #[test]
    fn with_release_and_acquire_the_flag_brings_its_message() {
        let part = Part::of("message_flag", "flag");
        let received = part.outcomes(Some("Release and Acquire"), MAIN);
        assert_eq!(received, lines(&["42"]));
    }

    #[test]
    fn with_relaxed_it_may_come_alone() {
        let part = Part::of("message_flag", "flag");
        let received = part.outcomes(Some("Relaxed"), MAIN);
        assert_eq!(received, lines(&["0", "42"]));
    }
}

mod pass_it_on {
    use super::*;

    #[test]
    fn the_third_hears_what_the_first_has_written() {
        let heard = Part::of("pass_it_on", "word").outcomes(
            None,
            "
            let word = Word {
                news: AtomicU32::new(0),
                told_second: AtomicBool::new(false),
                told_third: AtomicBool::new(false),
            };
            let heard = thread::scope(|scope| {
                scope.spawn(|| first(&word));
                scope.spawn(|| second(&word));
                scope.spawn(|| third(&word)).join().unwrap()
            });
            println!(\"{heard:?}\");",
        );
        assert_eq!(heard, lines(&["Some(42)"]));
    }
}

mod two_witnesses {
    use super::*;

    const MAIN: &str = "
        let scene = Scene { x: Number(AtomicU32::new(0)), y: Number(AtomicU32::new(0)) };
        let saw = thread::scope(|scope| {
            scope.spawn(|| scene.x.0.store(1, store));
            scope.spawn(|| scene.y.0.store(1, store));
            let one = scope.spawn(|| saw_first(&scene.x, &scene.y, load));
            let other = scope.spawn(|| saw_first(&scene.y, &scene.x, load));
            (one.join().unwrap(), other.join().unwrap())
        });
        println!(\"{saw:?}\");";

    fn outcomes(row: &str) -> BTreeSet<String> {
        Part::of("two_witnesses", "witness").outcomes(Some(row), MAIN)
    }

    #[test]
    fn with_seq_cst_they_never_disagree() {
        let agree = lines(&["(false, false)", "(false, true)", "(true, false)"]);
        assert_eq!(outcomes("SeqCst"), agree);
    }

    #[test]
    fn with_less_they_may() {
        let disagree = "(true, true)".to_owned();
        assert!(outcomes("Release and Acquire").contains(&disagree));
    }
}
