//! The programs that are explored, and every outcome of each.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

/// Outcomes, as lines.
pub type Outcomes = BTreeSet<String>;

/// A program.
pub struct Program {
    /// Its file's name.
    pub name: String,
    pub path: PathBuf,
    pub source: String,
    /// Every outcome by each model; they come from the suite's oracle.
    pub expected: BTreeMap<String, Outcomes>,
    /// Whether it is one of the bigger ones.
    pub big: bool,
}

/// The families that are measured beside loom, by how their names begin.
const CLASSICS: [&str; 30] = [
    "sb_relaxed",
    "sb_release_acquire",
    "sb_seq_cst",
    "sb_three",
    "mp_relaxed",
    "mp_release_acquire",
    "mp_fences",
    "mp_seq_cst",
    "lb_relaxed",
    "lb_release_acquire",
    "iriw_",
    "wrc_",
    "isa2_r",
    "isa2_fences",
    "w2_2_relaxed",
    "w2_2_release",
    "w2_2_seq_cst",
    "r_relaxed",
    "r_seq_cst",
    "s_re",
    "corr",
    "coherence_",
    "cowr",
    "rs_",
    "fetch_add_",
    "swap_",
    "compare_exchange_",
    "mutex_",
    "peterson_",
    "dekker_",
];

impl Program {
    /// Whether it is one of the classics that every table of memory models has.
    pub fn is_classic(&self) -> bool {
        !self.big && CLASSICS.iter().any(|family| self.name.starts_with(family))
    }

    /// Why loom can't be given it.
    pub fn not_for_loom(&self) -> Option<&'static str> {
        let statics = self.source.lines().any(|line| line.starts_with("static "));
        statics.then_some("loom's atomics can't be statics")
    }
}

/// The suite's programs and the bigger ones.
///
/// # Errors
///
/// If one can't be read or isn't in the table of what is expected.
pub fn programs(root: &Path) -> Result<Vec<Program>> {
    let litmus = root.join("crates/outcomes/tests/litmus");
    let mut table = expected(&read(&litmus.join("expected.txt"))?);
    let mut programs = Vec::new();
    for path in sources(&litmus)? {
        let (name, source) = (name(&path), read(&path)?);
        let expected = table
            .remove(&name)
            .with_context(|| format!("{name} isn't in expected.txt"))?;
        programs.push(Program {
            name,
            path,
            source,
            expected,
            big: false,
        });
    }
    for path in sources(&root.join("crates/xtask/src/bench_outcomes/programs"))? {
        let (name, source) = (name(&path), read(&path)?);
        let outcomes = source
            .lines()
            .filter_map(|line| line.strip_prefix("//! = "));
        let outcomes: Outcomes = outcomes.map(str::to_owned).collect();
        if outcomes.is_empty() {
            bail!("{name} doesn't say what it comes to");
        }
        let models = ["sc", "tso", "cpp20"].map(|model| (model.to_owned(), outcomes.clone()));
        let expected = models.into();
        programs.push(Program {
            name,
            path,
            source,
            expected,
            big: true,
        });
    }
    Ok(programs)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("can't read {}", path.display()))
}

fn name(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn sources(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("can't read {}", folder.display()))?;
    let paths: std::io::Result<Vec<PathBuf>> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect();
    let mut paths = paths?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "rs"));
    paths.sort();
    Ok(paths)
}

/// Reads the table: a program's name; then, indented, the models that allow an
/// outcome, or a point, and the outcome.
fn expected(text: &str) -> BTreeMap<String, BTreeMap<String, Outcomes>> {
    let mut table = BTreeMap::<String, BTreeMap<String, Outcomes>>::new();
    let mut current = String::new();
    for line in text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let Some(row) = line.strip_prefix("  ") else {
            line.clone_into(&mut current);
            continue;
        };
        let (models, outcome) = row.split_at(19.min(row.len()));
        let program = table.entry(current.clone()).or_default();
        for model in models.split_whitespace().filter(|model| *model != ".") {
            let outcomes = program.entry(model.to_owned()).or_default();
            outcomes.insert(outcome.to_owned());
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_what_is_expected_is_read_by_model() {
        let table = expected("# a\n\nsb\n  .     tso   cpp20  0 0\n  sc    tso   cpp20  0 1\n");
        assert_eq!(table["sb"]["sc"], Outcomes::from(["0 1".to_owned()]));
        assert_eq!(table["sb"]["tso"].len(), 2);
        assert_eq!(table["sb"]["cpp20"].len(), 2);
    }

    #[test]
    fn every_family_has_programs_and_the_bigger_ones_are_there() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let programs = programs(&root).unwrap();
        for family in CLASSICS {
            assert!(
                programs.iter().any(|one| one.name.starts_with(family)),
                "{family}"
            );
        }
        assert_eq!(programs.iter().filter(|one| one.big).count(), 4);
        assert!(programs.iter().filter(|one| !one.big).count() >= 200);
        assert!(programs.iter().all(|one| !one.expected["tso"].is_empty()));
    }
}
