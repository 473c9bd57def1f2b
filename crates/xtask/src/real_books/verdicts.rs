//! Our verdicts on a book, as `mdbook-verdict check --format json` gives them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::meter::{Cost, Meter, as_in_a_shell};

/// One line of the verifier's JSON.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The file, relative to the book.
    pub file: String,
    /// The line.
    pub line: u64,
    /// `block`, `include`, `chapter`, or the kind of a result fence.
    pub kind: String,
    /// `pass`, `fail`, `timeout`, `ignored` or `not_rust`.
    pub status: String,
    /// The broken rule, if any.
    pub rule: Option<String>,
    /// The error codes that the compiler gave.
    pub codes: BTreeSet<String>,
    /// What was promised.
    pub promised: String,
    /// What came instead.
    pub came: String,
    /// What came instead, whole.
    pub detail: String,
}

/// Builds the verifier as its users do, optimised, and gives its path.
///
/// # Errors
///
/// If it doesn't build.
pub fn build(root: &Path) -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--release", "--package", "mdbook-verdict"])
        .current_dir(root)
        .status()
        .context("can't run cargo")?;
    if !built.success() {
        bail!("mdbook-verdict doesn't build");
    }
    // We lie in a folder of the same target folder.
    let us = std::env::current_exe()?;
    let target = us.ancestors().nth(2).context("no target folder")?;
    Ok(target
        .join("release/mdbook-verdict")
        .with_extension(std::env::consts::EXE_EXTENSION))
}

/// Verifies a book, remembering nothing.
///
/// # Errors
///
/// If it can't be verified.
pub fn of(verifier: &Path, folder: &Path) -> Result<(Vec<Verdict>, Cost)> {
    let temporary = tempfile::tempdir()?;
    let mut command = Command::new(verifier);
    command
        .arg("check")
        .arg(folder)
        .args(["--format", "json", "--no-cache", "--timeout", "10"]);
    let ended = Meter::new(temporary.path(), Duration::MAX).run(as_in_a_shell(command))?;
    if !matches!(ended.code, Some(0 | 1)) {
        bail!("mdbook-verdict can't check {}", folder.display());
    }
    let mut verdicts = Vec::new();
    for line in ended.stdout.lines() {
        let value: Value = serde_json::from_str(line)?;
        verdicts.extend(verdict(&value));
    }
    Ok((verdicts, ended.cost))
}

/// The verdict in a line; the first of a book has none.
fn verdict(value: &Value) -> Option<Verdict> {
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    Some(Verdict {
        file: value["file"].as_str()?.to_owned(),
        line: value["line"].as_u64()?,
        kind: text("kind"),
        status: text("status"),
        rule: value["rule"].as_str().map(str::to_owned),
        codes: value["codes"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|code| code.as_str().map(str::to_owned))
            .collect(),
        promised: text("promised"),
        came: text("came"),
        detail: text("detail"),
    })
}
