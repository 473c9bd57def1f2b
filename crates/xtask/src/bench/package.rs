//! A small package made for a tool that only works inside one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;

use anyhow::{Context as _, Result};

use super::rounds::Entry;
use super::toolbox::{Toolbox, last_lines, said};
use super::verdict::COLD;
use crate::meter::Meter;

/// A package with one test program, which does the tool's work.
pub struct Package {
    toolbox: Rc<Toolbox>,
    folder: PathBuf,
    /// The tool's package, and its version as it was resolved.
    pub tool: String,
}

impl Package {
    /// Writes a package for `tool`. What was built for an earlier bench is kept.
    ///
    /// # Errors
    ///
    /// If a file can't be written.
    pub fn write(toolbox: &Rc<Toolbox>, tool: &str, manifest: &str) -> Result<Package> {
        let folder = toolbox.folder.join("packages").join(tool);
        for sources in ["src", "tests", "blocks"] {
            let sources = folder.join(sources);
            if sources.exists() {
                fs::remove_dir_all(&sources)?;
            }
            fs::create_dir_all(&sources)?;
        }
        let manifest = format!(
            "[package]\nname = \"bench-{tool}\"\nversion = \"0.0.0\"\nedition = \"2021\"\npublish = false\n\n[workspace]\n\n{manifest}"
        );
        let package = Package {
            toolbox: toolbox.clone(),
            folder,
            tool: tool.to_owned(),
        };
        package.add("Cargo.toml", &manifest)?;
        package.add("src/lib.rs", "")?;
        // The versions of the workspace, as far as it knows them.
        let lock = fs::read_to_string(toolbox.root.join("Cargo.lock"))?;
        package.add("Cargo.lock", &lock)?;
        Ok(package)
    }

    /// Adds a file, unless it is there already and the same: cargo goes by the time of change.
    ///
    /// # Errors
    ///
    /// If it can't be written.
    pub fn add(&self, path: impl AsRef<Path>, text: &str) -> Result<()> {
        let path = self.folder.join(path);
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            return Ok(());
        }
        fs::write(&path, text).with_context(|| format!("can't write {}", path.display()))
    }

    /// Builds the test program; once with the variable `bless` set, if there is something to
    /// bless; and gives its runs to the contest.
    ///
    /// # Errors
    ///
    /// If it doesn't build.
    pub fn entry(self, book: &str, about: &str, bless: Option<(&str, &str)>) -> Result<Entry> {
        let program = self.toolbox.built(&self.folder, &["test", "--no-run"])?;
        if let Some((variable, value)) = bless {
            // It may call what it writes anew a failure; whether it was right shows in the first run.
            let _ = said(self.test(&program).env(variable, value));
        }
        let version = self.version()?;
        Ok(Entry {
            book: book.to_owned(),
            tool: format!("{} {version} ({about})", self.tool),
            case: COLD.to_owned(),
            run: Box::new(move |meter: &Meter| {
                let ended = meter.run(self.test(&program))?;
                match ended.code {
                    Some(0) => Ok(ended.cost),
                    code => {
                        let said = format!("{}\n{}", ended.stdout, ended.stderr);
                        anyhow::bail!("it ended with {code:?}: {}", last_lines(&said, 4))
                    }
                }
            }),
        })
    }

    /// The test program, as cargo would run it.
    fn test(&self, program: &Path) -> Command {
        let mut test = self.toolbox.command(program);
        self.toolbox.as_cargo_would(&mut test);
        test.env("CARGO_MANIFEST_DIR", &self.folder)
            .current_dir(&self.folder);
        test
    }

    /// The version that cargo took of the tool.
    fn version(&self) -> Result<String> {
        let lock: toml::Table = fs::read_to_string(self.folder.join("Cargo.lock"))?.parse()?;
        let packages = lock.get("package").and_then(toml::Value::as_array);
        let found = packages.into_iter().flatten().find_map(|package| {
            let is_tool = package.get("name")?.as_str()? == self.tool;
            is_tool.then(|| Some(package.get("version")?.as_str()?.to_owned()))?
        });
        found.with_context(|| format!("Cargo.lock names no {}", self.tool))
    }
}
