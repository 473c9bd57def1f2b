//! Runs the benches of `crates/costs`, round after round, and reads what criterion wrote.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::bench::machine;
use crate::bench::toolbox::said;
use crate::meter::as_in_a_shell;

use super::ratio::quantile;
use super::record::{Case, Machine, Record, VERSION};

/// Measures everything so many times, in turn.
///
/// # Errors
///
/// If the benches don't build or don't run, or differ from round to round.
pub fn record(root: &Path, rounds: usize) -> Result<Record> {
    let program = built(root)?;
    let mut cases = BTreeMap::new();
    for round in 1..=rounds {
        eprintln!("round {round} of {rounds}");
        let folder = tempfile::tempdir().context("can't make a folder for criterion")?;
        // A process of its own: where things lie in memory differs from round to round.
        said(
            as_in_a_shell(Command::new(&program))
                .args(["--bench", "--quiet"])
                .env("CRITERION_HOME", folder.path()),
        )?;
        for sample in benchmarks(folder.path())? {
            add(&mut cases, &sample).with_context(|| format!("can't use {}", sample.display()))?;
        }
    }
    let rustc = said(Command::new("rustc").arg("--version").current_dir(root))?;
    let here = machine::Machine::with(rustc.trim(), None);
    Ok(Record {
        version: VERSION,
        made_by: "cargo xtask costs".to_owned(),
        machine: Machine {
            processor: here.processor,
            cores: here.cores,
            system: here.system,
        },
        toolchain: here.toolchain,
        day: here.day,
        method: format!(
            "criterion {}, in {rounds} rounds; each is a process of its own that measures everything once, and ratios are taken within a round",
            criterion(root)?
        ),
        rounds,
        cases: cases.into_values().collect(),
    })
}

/// The program of the benches.
fn built(root: &Path) -> Result<PathBuf> {
    eprintln!("building the benches");
    let cargo = std::env::var_os("CARGO").map_or("cargo".into(), PathBuf::from);
    let mut command = as_in_a_shell(Command::new(cargo));
    if let Some(target) = std::env::var_os("CARGO_TARGET_DIR") {
        command.env("CARGO_TARGET_DIR", target);
    }
    let output = command
        .args(["bench", "--package", "costs", "--features", "measure"])
        .args(["--bench", "costs", "--no-run"])
        .args(["--message-format", "json-render-diagnostics"])
        .current_dir(root)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .context("can't run cargo")?;
    ensure!(output.status.success(), "the benches don't build");
    let messages = String::from_utf8_lossy(&output.stdout);
    let mut programs = messages.lines().filter_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        Some(PathBuf::from(message.get("executable")?.as_str()?))
    });
    let program = programs.next_back().context("cargo built no benches")?;
    // Relative to the root, if the target folder was named so.
    Ok(root.join(program))
}

/// The version of criterion that is built.
fn criterion(root: &Path) -> Result<String> {
    let lock = fs::read_to_string(root.join("Cargo.lock")).context("can't read Cargo.lock")?;
    let after = lock.split("name = \"criterion\"\nversion = \"").nth(1);
    let version = after.and_then(|after| after.split('"').next());
    Ok(version
        .context("criterion is not in Cargo.lock")?
        .to_owned())
}

/// The folders `GROUP/CASE/THREADS/new` in which criterion keeps what it measured.
fn benchmarks(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut level = vec![folder.to_owned()];
    for _ in 0..3 {
        let mut next = Vec::new();
        for folder in level {
            let entries = fs::read_dir(&folder)
                .with_context(|| format!("can't read {}", folder.display()))?;
            for entry in entries {
                next.push(entry?.path());
            }
        }
        level = next;
    }
    let mut found: Vec<PathBuf> = level
        .into_iter()
        .map(|folder| folder.join("new"))
        .filter(|folder| folder.is_dir())
        .collect();
    found.sort();
    ensure!(!found.is_empty(), "the benches measured nothing");
    Ok(found)
}

/// Adds a round of a benchmark.
fn add(cases: &mut BTreeMap<(String, String, usize), Case>, folder: &Path) -> Result<()> {
    let read = |name: &str| -> Result<Value> {
        Ok(serde_json::from_str(&fs::read_to_string(
            folder.join(name),
        )?)?)
    };
    let (about, sample) = (read("benchmark.json")?, read("sample.json")?);
    let word = |name: &str| -> Result<String> {
        let word = about[name].as_str();
        Ok(word
            .with_context(|| format!("it has no {name}"))?
            .to_owned())
    };
    let numbers = |name: &str| -> Result<Vec<f64>> {
        let list = sample[name].as_array();
        let list = list.with_context(|| format!("it has no {name}"))?;
        Ok(list.iter().filter_map(Value::as_f64).collect())
    };
    let (group, case) = (word("group_id")?, word("function_id")?);
    let threads: usize = word("value_str")?
        .parse()
        .context("its number of threads")?;
    let operations = about["throughput"]["Elements"].as_f64();
    let operations = operations.context("it doesn't say how many operations it does")?;
    let (iterations, times) = (numbers("iters")?, numbers("times")?);
    ensure!(
        !times.is_empty() && times.len() == iterations.len(),
        "its samples are broken"
    );
    let samples = times.iter().zip(&iterations);
    let mut samples: Vec<f64> = samples
        .map(|(time, iterations)| time / iterations / operations)
        .collect();
    samples.sort_by(f64::total_cmp);
    let case = cases
        .entry((group.clone(), case.clone(), threads))
        .or_insert_with(|| Case {
            group,
            case,
            threads,
            median_ns: Vec::new(),
            p5_ns: Vec::new(),
            p95_ns: Vec::new(),
        });
    for (times, share) in [
        (&mut case.median_ns, 0.5),
        (&mut case.p5_ns, 0.05),
        (&mut case.p95_ns, 0.95),
    ] {
        times.push((quantile(&samples, share) * 1e3).round() / 1e3);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A benchmark's folder as criterion leaves it.
    fn benchmark(about: &str, sample: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let new = folder.path().join("locks/std/2/new");
        fs::create_dir_all(&new).unwrap();
        fs::create_dir_all(folder.path().join("locks/std/2/base")).unwrap();
        fs::write(new.join("benchmark.json"), about).unwrap();
        fs::write(new.join("sample.json"), sample).unwrap();
        folder
    }

    const ABOUT: &str =
        r#"{"group_id":"locks","function_id":"std","value_str":"2","throughput":{"Elements":100}}"#;

    #[test]
    fn a_round_adds_the_median_of_its_samples_for_one_operation() {
        let sample = r#"{"iters":[2,2,2],"times":[2000,8000,4000]}"#;
        let folder = benchmark(ABOUT, sample);
        let found = benchmarks(folder.path()).unwrap();
        let mut cases = BTreeMap::new();
        add(&mut cases, &found[0]).unwrap();
        add(&mut cases, &found[0]).unwrap();
        let case = &cases[&("locks".to_owned(), "std".to_owned(), 2)];
        assert_eq!((found.len(), &case.median_ns), (1, &vec![20.0, 20.0]));
    }

    #[test]
    fn what_criterion_did_not_write_so_is_an_error() {
        for (about, sample, wanted) in [
            (r#"{"group_id":"locks"}"#, "{}", "it has no function_id"),
            (ABOUT, r#"{"times":[]}"#, "it has no iters"),
            (
                ABOUT,
                r#"{"iters":[],"times":[]}"#,
                "its samples are broken",
            ),
        ] {
            let folder = benchmark(about, sample);
            let found = benchmarks(folder.path()).unwrap();
            let error = add(&mut BTreeMap::new(), &found[0]).unwrap_err();
            assert!(error.to_string().contains(wanted), "{error}");
        }
    }
}
