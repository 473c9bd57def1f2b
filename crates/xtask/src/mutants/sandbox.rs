//! A copy of the packages that are tried, with a target folder of its own: the working tree is
//! never touched, and only what was changed is built anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

/// The copy.
pub struct Sandbox {
    /// Its root.
    pub root: PathBuf,
    /// The root of what it is a copy of.
    pub original: PathBuf,
    folder: PathBuf,
    limit: Duration,
}

/// What came of a command: no success and no failure if it had to be stopped.
pub struct Ended {
    pub success: Option<bool>,
    /// Standard output and error, as they came.
    pub output: String,
}

impl Sandbox {
    /// Copies the packages, and those of the workspace that they depend on.
    ///
    /// `folder` is where the copy and what is built from it go; without, `mutants` in the
    /// workspace's target folder. What an interrupted run has left there is put right.
    pub fn new(
        root: &Path,
        folder: Option<&Path>,
        names: &BTreeSet<String>,
        limit: Duration,
    ) -> Result<Sandbox> {
        let workspace = Workspace::of(root)?;
        let folder = match folder {
            Some(folder) => folder.to_owned(),
            None => workspace.target.join("mutants"),
        };
        let copy = folder.join("copy");
        fs::create_dir_all(&copy).with_context(|| format!("can't make {}", copy.display()))?;
        let copied = workspace.with_dependencies(names)?;
        for package in &copied {
            mirror(&workspace.root.join(package), &copy.join(package))?;
        }
        // The book, whose blocks include the code.
        let book = workspace.root.join("src");
        if book.is_dir() {
            mirror(&book, &copy.join("src"))?;
        }
        let manifest = fs::read_to_string(workspace.root.join("Cargo.toml"))?;
        put(
            &copy.join("Cargo.toml"),
            only_with(&manifest, &copied)?.as_bytes(),
        )?;
        for file in ["Cargo.lock", "rust-toolchain.toml", "book.toml"] {
            let there = copy.join(file);
            if let Ok(bytes) = fs::read(workspace.root.join(file)) {
                put(&there, &bytes)?;
            }
        }
        Ok(Sandbox {
            root: copy,
            original: workspace.root,
            folder,
            limit,
        })
    }

    /// Cargo, in the copy.
    pub fn cargo(&self) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env("CARGO_TERM_COLOR", "never")
            .env("RUST_BACKTRACE", "0");
        command
    }

    /// A file's text, with line ends as the table has them.
    pub fn read(&self, file: &str) -> Result<String> {
        let path = self.root.join(file);
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        Ok(text.replace("\r\n", "\n"))
    }

    /// Changes a file; what was built from it is then older than it.
    pub fn write(&self, file: &str, text: &str) -> Result<()> {
        let path = self.root.join(file);
        fs::write(&path, text).with_context(|| path.display().to_string())
    }

    /// Builds, for as long as it takes.
    pub fn build(&self, command: &mut Command) -> Result<Ended> {
        self.ended(command, None)
    }

    /// Runs a test to its end, or stops it when it takes too long.
    pub fn test(&self, command: &mut Command) -> Result<Ended> {
        self.ended(command, Some(self.limit))
    }

    fn ended(&self, command: &mut Command, limit: Option<Duration>) -> Result<Ended> {
        let log = self.folder.join("last.log");
        let file = File::create(&log).with_context(|| log.display().to_string())?;
        command
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file);
        // A group of its own, so that what it has started is stopped with it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let mut child = command
            .spawn()
            .with_context(|| format!("can't start {}", command.get_program().display()))?;
        let success = wait(&mut child, limit)?;
        let output = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
        Ok(Ended { success, output })
    }
}

fn wait(child: &mut Child, limit: Option<Duration>) -> Result<Option<bool>> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status.success()));
        }
        if limit.is_some_and(|limit| begun.elapsed() > limit) {
            stop(child)?;
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(5));
    }
}

fn stop(child: &mut Child) -> Result<()> {
    #[cfg(unix)]
    {
        let group = libc::pid_t::try_from(child.id())?;
        // SAFETY: a call without pointers; the group is the one that `run` made for this child,
        // which hasn't been waited for, so its number isn't another's yet.
        unsafe { libc::kill(-group, libc::SIGKILL) };
    }
    // Fails where the child is gone by now.
    let _ = child.kill();
    child.wait()?;
    Ok(())
}

/// What cargo says of the original.
struct Workspace {
    root: PathBuf,
    target: PathBuf,
    /// Each package's folder relative to the root, and the packages beside it that it needs.
    packages: BTreeMap<String, (String, Vec<String>)>,
}

impl Workspace {
    fn of(root: &Path) -> Result<Workspace> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .current_dir(root)
            .output()?;
        if !output.status.success() {
            bail!("{}", String::from_utf8_lossy(&output.stderr));
        }
        let metadata: Value = serde_json::from_slice(&output.stdout)?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let root = PathBuf::from(text(&metadata["workspace_root"]));
        let mut packages = BTreeMap::new();
        for package in metadata["packages"].as_array().into_iter().flatten() {
            let manifest = PathBuf::from(text(&package["manifest_path"]));
            let folder = manifest.parent().unwrap_or(&root).strip_prefix(&root)?;
            let folder = folder.to_string_lossy().replace('\\', "/");
            let beside = package["dependencies"].as_array().into_iter().flatten();
            let beside = beside.filter(|dependency| dependency["path"].is_string());
            let beside = beside.map(|dependency| text(&dependency["name"])).collect();
            packages.insert(text(&package["name"]), (folder, beside));
        }
        Ok(Workspace {
            target: PathBuf::from(text(&metadata["target_directory"])),
            root,
            packages,
        })
    }

    /// The folders of the packages, and of all in the workspace that they need.
    fn with_dependencies(&self, names: &BTreeSet<String>) -> Result<BTreeSet<String>> {
        let mut folders = BTreeSet::new();
        let mut wanted: Vec<&String> = names.iter().collect();
        while let Some(name) = wanted.pop() {
            let Some((folder, needs)) = self.packages.get(name) else {
                bail!("there is no package `{name}` in the workspace");
            };
            if folders.insert(folder.clone()) {
                wanted.extend(needs);
            }
        }
        Ok(folders)
    }
}

/// The workspace's manifest, with these members and no others.
fn only_with(manifest: &str, members: &BTreeSet<String>) -> Result<String> {
    let mut manifest: toml::Table = manifest.parse()?;
    let list = members.iter().cloned().map(toml::Value::String).collect();
    let Some(workspace) = manifest
        .get_mut("workspace")
        .and_then(toml::Value::as_table_mut)
    else {
        bail!("the root's Cargo.toml has no [workspace]");
    };
    workspace.insert("members".to_owned(), toml::Value::Array(list));
    Ok(toml::to_string(&manifest)?)
}

/// Makes `to` what `from` is. Files that are the same stay as old as they are, so that cargo
/// builds nothing for them.
fn mirror(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    let mut kept = BTreeSet::new();
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let there = to.join(entry.file_name());
        kept.insert(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => mirror(&entry.path(), &there)?,
            false => put(&there, &fs::read(entry.path())?)?,
        }
    }
    for entry in fs::read_dir(to)? {
        let entry = entry?;
        if kept.contains(&entry.file_name()) {
            continue;
        }
        match entry.file_type()?.is_dir() {
            true => fs::remove_dir_all(entry.path())?,
            false => fs::remove_file(entry.path())?,
        }
    }
    Ok(())
}

fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    match fs::read(path).is_ok_and(|old| old == bytes) {
        true => Ok(()),
        false => fs::write(path, bytes).with_context(|| format!("can't write {}", path.display())),
    }
}
