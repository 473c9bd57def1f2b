//! Looks at the built pages in a real Chromium: the tests in `tests/browser`, with what they need.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use mdbook_verdict::{Book, Options, Program, Promise, Verifier};
use regex::Regex;
use serde_json::json;

/// What `cargo xtask browse` is asked for.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    pub pages: crate::Pages,
    /// Only the tests whose name matches
    filter: Option<Regex>,
    /// Write anew where the parts of the pages stand
    #[arg(long)]
    bless: bool,
    /// Take pictures of a page of each kind, in light and dark, at four widths
    #[arg(long, value_name = "FOLDER")]
    pictures: Option<PathBuf>,
}

/// The oldest Node whose test runner does what the tests ask of it.
const NODE: (u32, u32) = (20, 11);

/// Runs the tests over the pages in a folder; whether all pass.
///
/// # Errors
///
/// If Node, npm or a Chromium is missing, or the packages of the tests can't be installed.
pub fn pages(root: &Path, pages: &Path, arguments: &Arguments) -> Result<bool> {
    let tests = fs::canonicalize(root.join("tests/browser"))?;
    let mut command = node_with(&tests)?;
    // One file after the other: each looks at two pages at a time.
    command.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]);
    // No page takes minutes, and a test that hangs must end.
    command.arg("--test-timeout=900000");
    if let Some(filter) = &arguments.filter {
        command.arg(format!("--test-name-pattern={filter}"));
    }
    let mut files: Vec<PathBuf> = fs::read_dir(&tests)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    files.retain(|file| file.to_string_lossy().ends_with(".test.js"));
    files.sort();
    command.args(files).current_dir(&tests);
    command.env("BOOK", fs::canonicalize(pages)?);
    let mut programs = tempfile::NamedTempFile::new()?;
    serde_json::to_writer(&mut programs, &whole_programs(root)?)?;
    command.env("PROGRAMS", programs.path());
    if arguments.bless {
        command.env("BLESS", "1");
    }
    if let Some(folder) = &arguments.pictures {
        command.env("PICTURES", std::path::absolute(folder)?);
    }
    let status = command.status().context("can't run Node")?;
    Ok(status.success())
}

/// The blocks of each page as whole programs, as they were compiled, so that what a page hands to
/// the Playground can be held against them.
fn whole_programs(root: &Path) -> Result<serde_json::Value> {
    let book = Book::load(root)?;
    let verifier = Verifier::new(root, &book.config, &Options::default())?;
    let playable = verifier.playable(&book)?;
    let mut pages = serde_json::Map::new();
    for page in book.pages(&verifier.toolchain().host) {
        let ids = page.block_ids();
        let blocks = page.blocks.blocks.iter().zip(ids).map(|(block, id)| {
            json!({
                "id": id,
                "promise": Promise::of(block).name(),
                "edition": block.edition.year(),
                "playable": playable.contains(&block.name),
                "program": Program::of(block).text,
            })
        });
        let name = page.chapter.path.with_extension("html");
        let name = name.display().to_string().replace('\\', "/");
        pages.insert(name, blocks.collect());
    }
    Ok(pages.into())
}

/// Node, for what lies in this folder: its packages are installed, and it is told of the browser.
///
/// # Errors
///
/// If Node, npm or a Chromium is missing, or the packages can't be installed.
pub fn node_with(folder: &Path) -> Result<Command> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut command = Command::new(node(&path)?);
    command.env("CHROME", chromium_here()?);
    install(folder, &path)?;
    Ok(command)
}

/// The browser here: the one that `CHROME` names, or the first on the path.
///
/// # Errors
///
/// If there is none.
pub fn chromium_here() -> Result<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    chromium(env::var_os("CHROME"), &path)
}

/// Node, if it is new enough.
fn node(path: &OsString) -> Result<PathBuf> {
    let how = format!(
        "the browser tests need Node {}.{} or newer with npm; get it from your system's packages or from nodejs.org",
        NODE.0, NODE.1
    );
    let Some(node) = on_path(&["node"], path) else {
        bail!("there is no Node on the path: {how}");
    };
    let output = Command::new(&node).arg("--version").output();
    let output = output.with_context(|| format!("can't run {}", node.display()))?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let parts = version.trim_start_matches('v').split('.');
    let numbers: Vec<u32> = parts.filter_map(|part| part.parse().ok()).collect();
    match numbers[..] {
        [major, minor, ..] if (major, minor) >= NODE => Ok(node),
        _ => bail!("Node here is {version}: {how}"),
    }
}

/// The browser that is named, or the first one found.
fn chromium(named: Option<OsString>, path: &OsString) -> Result<PathBuf> {
    if let Some(named) = named {
        return match on_path(&[&named.to_string_lossy()], path) {
            Some(found) => Ok(found),
            None => bail!("CHROME names {}, which isn't there", named.display()),
        };
    }
    let names = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
    ];
    match on_path(&names, path) {
        Some(found) => Ok(found),
        None => bail!(
            "there is no Chromium on the path: install it (Debian: `apt-get install chromium`), \
             or name a Chrome in the variable CHROME"
        ),
    }
}

/// The first of the programs that is in one of the path's folders.
pub fn on_path(names: &[&str], path: &OsString) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = env::split_paths(path).collect();
    names.iter().find_map(|name| {
        let found = |folder: &PathBuf| {
            let file = folder.join(name);
            [file.with_extension(env::consts::EXE_EXTENSION), file]
                .into_iter()
                .find(|file| file.is_file())
        };
        folders.iter().find_map(found)
    })
}

/// The packages that the lock file names, if they aren't there yet.
fn install(tests: &Path, path: &OsString) -> Result<()> {
    let lock = fs::read(tests.join("package-lock.json"))?;
    let installed = tests.join("node_modules/.installed-from");
    if fs::read(&installed).is_ok_and(|then| then == lock) {
        return Ok(());
    }
    // npm is a script; on Windows one with a name of its own.
    let Some(npm) = on_path(
        if cfg!(windows) {
            &["npm.cmd"]
        } else {
            &["npm"]
        },
        path,
    ) else {
        bail!("there is no npm on the path: it comes with Node, or as the package `npm`");
    };
    let status = Command::new(npm).arg("ci").current_dir(tests).status();
    if !status.context("can't run npm")?.success() {
        bail!("`npm ci` failed in {}", tests.display());
    }
    fs::write(&installed, lock).with_context(|| format!("can't write {}", installed.display()))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    /// A folder with a program that prints this, as a path to look in.
    fn folder_with(name: &str, prints: &str) -> (tempfile::TempDir, OsString) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(name);
        fs::write(&file, format!("#!/bin/sh\necho {prints}\n")).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
        let path = folder.path().as_os_str().to_owned();
        (folder, path)
    }

    #[test]
    fn a_missing_node_and_an_old_one_are_told_apart_from_a_new_one() {
        let (_folder, path) = folder_with("other", "");
        let error = node(&path).unwrap_err().to_string();
        assert!(error.contains("no Node on the path"), "{error}");
        let (_folder, path) = folder_with("node", "v18.20.4");
        let error = node(&path).unwrap_err().to_string();
        assert!(error.contains("Node here is v18.20.4"), "{error}");
        let (_folder, path) = folder_with("node", "v20.11.0");
        assert!(node(&path).is_ok());
    }

    #[test]
    fn a_browser_is_the_one_named_or_the_first_on_the_path() {
        let (folder, path) = folder_with("google-chrome", "");
        let file = folder.path().join("google-chrome");
        assert_eq!(chromium(None, &path).unwrap(), file);
        let named = file.clone().into_os_string();
        assert_eq!(chromium(Some(named), &OsString::new()).unwrap(), file);
        let error = chromium(None, &OsString::new()).unwrap_err().to_string();
        assert!(error.contains("no Chromium on the path"), "{error}");
        let error = chromium(Some("gone".into()), &path).unwrap_err();
        assert!(error.to_string().contains("gone, which isn't there"));
    }

    #[test]
    fn packages_that_are_there_are_not_asked_for_again() {
        let tests = tempfile::tempdir().unwrap();
        fs::write(tests.path().join("package-lock.json"), "{}").unwrap();
        let error = install(tests.path(), &OsString::new()).unwrap_err();
        assert!(error.to_string().contains("no npm on the path"), "{error}");
        fs::create_dir(tests.path().join("node_modules")).unwrap();
        fs::write(tests.path().join("node_modules/.installed-from"), "{}").unwrap();
        install(tests.path(), &OsString::new()).unwrap();
        fs::write(tests.path().join("package-lock.json"), "{ }").unwrap();
        assert!(install(tests.path(), &OsString::new()).is_err());
    }
}
