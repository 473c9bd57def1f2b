//! The programs that the bench runs: ours, built for release, and the toolchain's own.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::meter::as_in_a_shell;

/// The programs that the bench runs.
pub struct Toolbox {
    /// The repository.
    pub root: PathBuf,
    /// The bench's own folder, for books and packages.
    pub folder: PathBuf,
    /// The tool of ours that is measured, built for release.
    pub ours: PathBuf,
    /// The real rustc, not rustup's stand-in for it.
    pub rustc: PathBuf,
    /// The real rustdoc.
    pub rustdoc: PathBuf,
    /// The stock mdbook's version, if there is one on the path.
    pub mdbook: Option<String>,
    cargo: PathBuf,
}

impl Toolbox {
    /// Builds our `package` and finds the others; the bench's folder is named `bench`.
    ///
    /// # Errors
    ///
    /// If ours doesn't build, or there is no toolchain.
    pub fn ready(root: &Path, bench: &str, package: &str) -> Result<Toolbox> {
        let root = fs::canonicalize(root).context("can't find the repository")?;
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or("target".into(), PathBuf::from);
        let folder = root.join(target).join(bench);
        fs::create_dir_all(&folder).with_context(|| format!("can't make {}", folder.display()))?;
        let folder = fs::canonicalize(folder)?;
        let cargo = std::env::var_os("CARGO").map_or("cargo".into(), PathBuf::from);
        let sysroot = said(
            Command::new("rustc")
                .args(["--print", "sysroot"])
                .current_dir(&root),
        )?;
        let own = |name: &str| {
            let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
            Path::new(sysroot.trim()).join("bin").join(file)
        };
        let mut toolbox = Toolbox {
            ours: PathBuf::new(),
            rustc: own("rustc"),
            rustdoc: own("rustdoc"),
            mdbook: said(Command::new("mdbook").arg("--version")).ok(),
            root,
            folder,
            cargo,
        };
        toolbox.ours =
            toolbox.built(&toolbox.root, &["build", "--release", "--package", package])?;
        Ok(toolbox)
    }

    /// A command without what cargo puts into the environment of its own.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        as_in_a_shell(Command::new(program))
    }

    /// cargo, in a folder; what it builds lies in the bench's folder.
    pub fn cargo(&self, folder: &Path) -> Command {
        let mut command = self.command(&self.cargo);
        command.current_dir(folder);
        self.as_cargo_would(&mut command);
        command
    }

    /// Names the real cargo and rustc, which spares a tool rustup's stand-ins.
    pub fn as_cargo_would(&self, command: &mut Command) {
        command.env("CARGO", &self.cargo).env("RUSTC", &self.rustc);
    }

    /// The program that cargo builds with these arguments.
    ///
    /// # Errors
    ///
    /// If it doesn't build, or builds no program.
    pub fn built(&self, folder: &Path, arguments: &[&str]) -> Result<PathBuf> {
        let mut command = self.cargo(folder);
        // Our own crate is built where all of the repository is.
        if let (true, Some(target)) = (folder == self.root, std::env::var_os("CARGO_TARGET_DIR")) {
            command.env("CARGO_TARGET_DIR", target).env_remove("RUSTC");
        }
        command
            .args(arguments)
            .args(["--message-format", "json-render-diagnostics"]);
        let messages = said(&mut command)?;
        let mut programs = messages.lines().filter_map(|line| {
            let message: Value = serde_json::from_str(line).ok()?;
            Some(PathBuf::from(message.get("executable")?.as_str()?))
        });
        programs.next_back().context("cargo built no program")
    }

    /// An empty folder of the bench.
    ///
    /// # Errors
    ///
    /// If it can't be made.
    pub fn empty(&self, name: &str) -> Result<PathBuf> {
        let folder = self.folder.join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder)
                .with_context(|| format!("can't empty {}", folder.display()))?;
        }
        fs::create_dir_all(&folder).with_context(|| format!("can't make {}", folder.display()))?;
        Ok(folder)
    }
}

/// What a command says on standard output.
pub fn said(command: &mut Command) -> Result<String> {
    let program = command.get_program().display().to_string();
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("can't run {program}"))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        bail!("{program}: {}\n{}", output.status, last_lines(&stderr, 12));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The last lines of a text.
pub fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}
