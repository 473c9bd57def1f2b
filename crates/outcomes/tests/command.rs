//! The command: its exit codes, its JSON, its witnesses.

use std::process::{Command, Output};

fn outcomes(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_outcomes"))
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests"))
        .args(args)
        .output()
        .unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn all_outcomes_are_exit_code_0_a_line_each() {
    let output = outcomes(&["programs/store_buffering.rs", "--model", "tso"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stdout(&output), "0 0\n0 1\n1 0\n1 1\n");
}

#[test]
fn a_partial_answer_is_exit_code_2_and_says_so() {
    let output = outcomes(&["programs/lost_update.rs", "--limit", "20"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("partial"));
}

#[test]
fn what_is_not_followed_is_exit_code_2_with_its_place() {
    let output = outcomes(&["refused/float.rs"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("refused/float.rs:2:13: "));
}

#[test]
fn a_witness_of_no_outcome_is_exit_code_1() {
    let output = outcomes(&["programs/fetch_add.rs", "--witness", "3"]);
    assert_eq!(output.status.code(), Some(1));
    let output = outcomes(&["programs/lost_update.rs", "--witness", "3"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).contains("T1 | "));
}

#[test]
fn the_json_has_one_object_per_file_with_the_documented_fields() {
    let files = ["programs/deadlock_two_locks.rs", "programs/static_mut.rs"];
    let output = outcomes(&[files[0], files[1], "--format", "json"]);
    let text = stdout(&output);
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["version"], 1);
    assert_eq!(lines[0]["file"], files[0]);
    assert_eq!(lines[0]["model"], "sc");
    assert_eq!(lines[0]["complete"], true);
    assert_eq!(lines[0]["outcomes"][1]["kind"], "deadlock");
    assert_eq!(
        lines[0]["outcomes"][1]["text"],
        "t0 waits for a, t1 waits for b"
    );
    let step = &lines[0]["outcomes"][1]["witness"][0];
    assert!(step["line"].is_u64() && step["column"].is_u64() && step["what"].is_string());
    assert!(lines[0]["states"].is_u64() && lines[0]["ms"].is_u64());
    assert_eq!(lines[1]["outcomes"][0]["kind"], "race");
}
