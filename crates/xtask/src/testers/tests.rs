//! Faults planted in what a tool says, in the record, and in the table.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::end::{End, Worth};
use super::pairs::{self, PAIRS, Program};
use super::record::{Cell, FILE, Record};
use super::tools::{Tool, interpreted, line, sanitized, there};
use super::{check, table, write};

fn root() -> &'static Path {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.ancestors().nth(2).unwrap()
}

fn quiet() -> End {
    End::Quiet {
        tries: Some(7),
        besides: None,
    }
}

fn reported() -> End {
    End::Reported {
        at: Some(3),
        said: "oh".to_owned(),
    }
}

/// A copy of the programs, with a record in which every tool says this; the explorer's words are
/// the real ones, and Miri isn't there.
fn fixture(end: &End) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let programs = pairs::programs(root()).unwrap();
    for program in &programs {
        let path = folder
            .path()
            .join(pairs::FOLDER)
            .join(format!("{}.rs", program.name));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &program.source).unwrap();
    }
    let mut record = Record::empty();
    for tool in Tool::ALL {
        let is_here = tool != Tool::Miri;
        let ready = match is_here {
            true => Ok("1.0".to_owned()),
            false => Err("no such command".to_owned()),
        };
        let cell = |program: &Program| Cell {
            tool: tool.name().to_owned(),
            program: program.name.clone(),
            end: match tool {
                Tool::Explorer => super::tools::explored(program).unwrap(),
                _ => end.clone(),
            },
        };
        let cells = programs.iter().filter(|_| is_here).map(cell).collect();
        record.replace(tool.record(ready), cells);
    }
    let machine = crate::bench::machine::Machine::of(Path::new("rustc"));
    record.about(&machine, &programs);
    keep(folder.path(), record);
    folder
}

fn keep(root: &Path, mut record: Record) {
    record.write(root).unwrap();
    write(root).unwrap();
}

fn holds(folder: &TempDir) -> bool {
    check(folder.path()).unwrap()
}

#[test]
fn a_record_that_nobody_touched_holds() {
    assert!(holds(&fixture(&quiet())));
}

#[test]
fn a_cell_changed_by_hand_is_noticed() {
    let folder = fixture(&quiet());
    let path = folder.path().join(FILE);
    let text = fs::read_to_string(&path).unwrap();
    let changed = text.replacen("\"tries\": 7", "\"tries\": 8", 1);
    assert_ne!(text, changed);
    fs::write(&path, changed).unwrap();
    assert!(!holds(&folder));
}

#[test]
fn a_cell_of_the_table_changed_by_hand_is_noticed() {
    let folder = fixture(&quiet());
    let path = folder.path().join("src/beyond/testers.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("*missed*", "found", 1)).unwrap();
    assert!(!holds(&folder));
}

/// Even where somebody has sealed it again.
#[test]
fn what_the_explorer_never_said_is_noticed() {
    let folder = fixture(&quiet());
    let mut record = Record::read(folder.path()).unwrap();
    let mut cells = record.cells.iter_mut();
    let cell = cells.find(|cell| cell.program == "load_buffering/wrong");
    cell.unwrap().end = reported();
    keep(folder.path(), record);
    assert!(!holds(&folder));
}

#[test]
fn a_cell_that_is_missing_is_noticed() {
    let folder = fixture(&quiet());
    let mut record = Record::read(folder.path()).unwrap();
    record.cells.pop();
    keep(folder.path(), record);
    assert!(!holds(&folder));
}

#[test]
fn a_program_changed_since_it_was_tried_is_noticed() {
    let folder = fixture(&quiet());
    let path = folder.path().join(pairs::FOLDER).join("aba/right.rs");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{text}\n// as before\n")).unwrap();
    assert!(!holds(&folder));
}

#[test]
fn a_tool_that_is_not_here_has_neither_found_nor_missed() {
    let why = there(&mut Command::new("no-such-tool-as-this")).unwrap_err();
    assert!(why.starts_with("no-such-tool-as-this"), "{why}");
    assert!(there(Command::new("rustc").arg("--no-such-option")).is_err());

    let record = Record::read(fixture(&quiet()).path()).unwrap();
    let text = table::markdown(&record);
    let row = text.lines().find(|line| line.starts_with("| `data_race`:"));
    let cells: Vec<&str> = row.unwrap().split('|').map(str::trim).collect();
    let miri = 2 + Tool::ALL
        .iter()
        .position(|tool| *tool == Tool::Miri)
        .unwrap();
    assert_eq!(cells[miri], "not available here");
    assert!(text.contains("Not available: no such command"), "{text}");
}

#[test]
fn a_tool_that_crashes_has_no_answer() {
    // rustc says nothing that is a line of ours, and ends well; or badly.
    assert!(line(Command::new("rustc").arg("--version")).is_err());
    assert!(line(Command::new("rustc").arg("--no-such-option")).is_err());
    assert!(End::read("").is_err());
    assert!(End::read("thread panicked at 3: oh\n").is_err());
    let crashed = output(
        false,
        "",
        "FATAL: ThreadSanitizer: unexpected memory mapping\n",
    );
    assert!(sanitized(&crashed).is_err());
    assert!(interpreted(&output(false, "", "error: internal compiler error: oh\n")).is_err());
    assert!(interpreted(&output(true, "", "")).is_err());
}

/// What a command came to.
fn output(well: bool, stdout: &str, stderr: &str) -> Output {
    let option = if well {
        "--version"
    } else {
        "--no-such-option"
    };
    Output {
        status: Command::new("rustc").arg(option).output().unwrap().status,
        stdout: stdout.into(),
        stderr: stderr.into(),
    }
}

#[test]
fn what_a_runner_says_is_read() {
    assert_eq!(End::read("done 7\n").unwrap(), quiet());
    assert_eq!(End::read("a warning\nstopped 3: oh\n").unwrap(), reported());
    let stuck = End::read("stuck 5\n").unwrap();
    assert!(matches!(stuck, End::Reported { at: Some(5), .. }));
    let late = End::read("too long 170919\n").unwrap();
    assert!(matches!(&late, End::Unfinished { why } if why.contains("170919")));
    let limit = "stopped 5: Model exceeded maximum number of branches. This is often\n";
    assert!(matches!(End::read(limit).unwrap(), End::Unfinished { .. }));
}

#[test]
fn only_the_sanitizers_own_reports_are_its_finds() {
    let report = "==\nWARNING: ThreadSanitizer: data race (pid=7)\n";
    let End::Reported { said, .. } = sanitized(&output(false, "", report)).unwrap() else {
        panic!("a report is one");
    };
    assert_eq!(said, "data race");
    for said in ["stopped 4: assertion failed", "stuck 4"] {
        let end = sanitized(&output(true, said, "")).unwrap();
        let End::Quiet {
            tries: Some(4),
            besides: Some(_),
        } = end
        else {
            panic!("{end:?}");
        };
    }
}

#[test]
fn miri_finds_undefined_behaviour_a_deadlock_and_a_panic() {
    let race = "Trying seed: 3\nerror: Undefined Behavior: Data race detected between (1) a\n\
        FAILING SEED: 3\n";
    let End::Reported { at, said } = interpreted(&output(false, "", race)).unwrap() else {
        panic!("a race is reported");
    };
    assert_eq!(at, Some(4));
    assert_eq!(said, "Undefined Behavior: Data race detected");
    let deadlock = "error: the evaluated program deadlocked\nFAILING SEED: 0\n";
    let end = interpreted(&output(false, "", deadlock)).unwrap();
    assert!(matches!(end, End::Reported { at: Some(1), .. }));
    let end = interpreted(&output(true, "done 1\nstopped 1: no\ndone 1\n", "")).unwrap();
    assert!(matches!(end, End::Reported { .. }));
    let end = interpreted(&output(true, "done 1\ndone 1\n", "")).unwrap();
    assert!(matches!(end, End::Quiet { tries: Some(2), .. }));
    let other = "error: unsupported operation: can't call foreign function\n";
    let end = interpreted(&output(false, "", other)).unwrap();
    assert!(matches!(end, End::CannotExpress { .. }));
}

#[test]
fn what_an_end_is_worth_depends_on_what_there_was_to_find() {
    assert_eq!(reported().worth(true), Worth::Found);
    assert_eq!(reported().worth(false), Worth::FalseAlarm);
    assert_eq!(quiet().worth(true), Worth::Missed);
    assert_eq!(quiet().worth(false), Worth::Quiet);
}

#[test]
fn a_steady_tool_that_says_something_else_is_a_difference_and_a_stress_test_is_none() {
    let (quiet, other) = (fixture(&quiet()), fixture(&reported()));
    let old = Record::read(quiet.path()).unwrap();
    let new = Record::read(other.path()).unwrap();
    assert!(new.differences(&new).is_empty());
    let differences = new.differences(&old);
    assert!(
        differences
            .iter()
            .any(|it| it.starts_with("loom on aba/wrong"))
    );
    assert!(!differences.iter().any(|it| it.starts_with("stress test")));
    assert!(!differences.iter().any(|it| it.starts_with("explorer")));
}

#[test]
fn every_program_belongs_to_a_pair_of_the_table() {
    let folder = root().join(pairs::FOLDER);
    let modules = fs::read_to_string(folder.join("mod.rs")).unwrap();
    for entry in fs::read_dir(&folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if name == "mod.rs" {
            continue;
        }
        assert!(PAIRS.iter().any(|(pair, _)| *pair == name), "{name}");
        assert!(modules.contains(&format!("    {name},\n")), "{name}");
    }
}
