//! The compiler that blocks are given to: which one, where it is, and what it calls itself.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::cache::{Cache, Key};
use crate::stamp::Stamp;
use crate::sysroot;

/// The compiler that blocks are given to.
#[derive(Debug, Clone)]
pub struct Toolchain {
    rustc: PathBuf,
    /// Where rustc is started, so that a `rust-toolchain.toml` there counts.
    folder: PathBuf,
    /// Where std lies without its source; none where it has none anyway.
    sysroot: Option<Arc<tempfile::TempDir>>,
    /// All that `rustc -vV` says.
    pub identity: String,
    /// The host's target triple.
    pub host: String,
    /// `rustc --version`'s line.
    pub version: String,
}

/// What a rustc said of itself, and the file that said so.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Said {
    identity: String,
    sysroot: PathBuf,
    rustc: PathBuf,
    stamp: Stamp,
}

impl Toolchain {
    /// The rustc that runs in `folder`: the environment's `RUSTC`, or the one on the path.
    ///
    /// rustup's stand-in is asked once which compiler it stands for; that one is then called.
    ///
    /// # Errors
    ///
    /// If it can't be started, or doesn't say what it is.
    pub fn find(folder: &Path) -> io::Result<Toolchain> {
        Toolchain::remembered(folder, &Cache::none())
    }

    /// The same; not even asked again as long as nothing that rustup goes by has changed.
    pub(crate) fn remembered(folder: &Path, cache: &Cache) -> io::Result<Toolchain> {
        let rustc = std::env::var_os("RUSTC").map(PathBuf::from);
        let key = choice(folder, rustc.as_deref());
        let remembered = cache.get::<Said>(&key).filter(|said| said.stamp.holds());
        let said = match remembered {
            Some(said) => said,
            None => {
                let said = ask(folder, rustc.as_deref())?;
                cache.put(&key, &said);
                said
            }
        };
        let line = |start| {
            said.identity
                .lines()
                .find_map(|line| line.strip_prefix(start))
        };
        let host = line("host: ").ok_or_else(|| io::Error::other("`rustc -vV` names no host"))?;
        Ok(Toolchain {
            host: host.to_owned(),
            version: said.identity.lines().next().unwrap_or_default().to_owned(),
            folder: folder.to_owned(),
            sysroot: sysroot::without_source(&said.sysroot).map(Arc::new),
            rustc: said.rustc.clone(),
            identity: said.identity,
        })
    }

    /// A command that runs rustc, in the folder that it was found for.
    pub fn command(&self) -> Command {
        let mut command = self.command_without_library();
        if let Some(sysroot) = &self.sysroot {
            command.arg("--sysroot").arg(sysroot.path());
        }
        command
    }

    /// The same, for one who says where the library lies.
    pub(crate) fn command_without_library(&self) -> Command {
        let mut command = Command::new(&self.rustc);
        command.current_dir(&self.folder);
        command
    }
}

fn ask(folder: &Path, given: Option<&Path>) -> io::Result<Said> {
    let rustc = given.unwrap_or(Path::new("rustc"));
    let ask = |argument: &[&str]| {
        let said = Command::new(rustc)
            .args(argument)
            .current_dir(folder)
            .output();
        let said = said
            .map_err(|error| io::Error::new(error.kind(), format!("can't run rustc: {error}")))?;
        match said.status.success() {
            true => Ok(String::from_utf8_lossy(&said.stdout).into_owned()),
            false => Err(io::Error::other(format!(
                "`rustc {}` failed:\n{}",
                argument.join(" "),
                String::from_utf8_lossy(&said.stderr)
            ))),
        }
    };
    let identity = ask(&["-vV"])?;
    let sysroot = PathBuf::from(ask(&["--print", "sysroot"])?.trim());
    let real = sysroot
        .join("bin")
        .join(format!("rustc{}", std::env::consts::EXE_SUFFIX));
    let rustc = match given.is_none() && real.is_file() {
        true => real,
        false => rustc.to_owned(),
    };
    Ok(Said {
        identity,
        sysroot,
        stamp: Stamp::of([found(&rustc)]),
        rustc,
    })
}

/// All that decides which compiler `rustc` is: variables, the files that rustup reads, the path.
fn choice(folder: &Path, given: Option<&Path>) -> Key {
    let mut parts: Vec<Vec<u8>> = Vec::new();
    for name in ["RUSTC", "RUSTUP_TOOLCHAIN", "RUSTUP_HOME", "HOME", "PATH"] {
        let value = std::env::var_os(name).unwrap_or_default();
        parts.push(value.as_encoded_bytes().to_owned());
    }
    let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let mut files: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
    for ancestor in folder.ancestors() {
        for name in ["rust-toolchain", "rust-toolchain.toml"] {
            files.extend(
                fs::read(ancestor.join(name))
                    .ok()
                    .map(|text| (ancestor.join(name), text)),
            );
        }
    }
    let home = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let rustup = home("RUSTUP_HOME").or_else(|| Some(home("HOME")?.join(".rustup")));
    if let Some(settings) = rustup.map(|rustup| rustup.join("settings.toml")) {
        files.extend(fs::read(&settings).ok().map(|text| (settings, text)));
    }
    for (path, text) in files {
        parts.push(path.as_os_str().as_encoded_bytes().to_owned());
        parts.push(text);
    }
    parts.push(folder.as_os_str().as_encoded_bytes().to_owned());
    let rustc = found(given.unwrap_or(Path::new("rustc")));
    parts.push(Stamp::of([rustc]).to_bytes());
    Key::of(parts.iter().map(Vec::as_slice))
}

/// Where a program is found: on the path, unless it is named with a folder.
fn found(program: &Path) -> PathBuf {
    if program.components().count() > 1 {
        return program.to_owned();
    }
    let name = format!("{}{}", program.display(), std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join(&name));
    found
        .into_iter()
        .find(|path| path.is_file())
        .unwrap_or_else(|| program.to_owned())
}
