//! A sysroot without std's source, so that the compiler says the same on machines that have it.

use std::fs;
use std::io;
use std::path::Path;

/// Makes a folder that leads to all of `sysroot` but std's source; none where there is no source,
/// or the system has no links.
///
/// With the source at hand rustc not only quotes it, which could be left out afterwards: it adds
/// notes ("deref defined here") that it doesn't even mention elsewhere.
pub fn without_source(sysroot: &Path) -> Option<tempfile::TempDir> {
    if !sysroot.join("lib/rustlib/src/rust/library").is_dir() {
        return None;
    }
    let folder = tempfile::tempdir().ok()?;
    let rustlib = folder.path().join("lib/rustlib");
    fs::create_dir_all(&rustlib).ok()?;
    link_all(sysroot, folder.path(), "lib").ok()?;
    link_all(&sysroot.join("lib"), &folder.path().join("lib"), "rustlib").ok()?;
    link_all(&sysroot.join("lib/rustlib"), &rustlib, "src").ok()?;
    Some(folder)
}

fn link_all(from: &Path, to: &Path, except: &str) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_name() != except {
            link(&entry.path(), &to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn link(target: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

#[cfg(not(unix))]
fn link(_target: &Path, _link: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn all_but_the_source_is_there() {
        let real = tempfile::tempdir().unwrap();
        assert!(without_source(real.path()).is_none());
        for folder in [
            "bin",
            "lib/rustlib/host/lib",
            "lib/rustlib/src/rust/library/std",
        ] {
            fs::create_dir_all(real.path().join(folder)).unwrap();
        }
        fs::write(real.path().join("lib/rustlib/host/lib/libstd.rlib"), "std").unwrap();
        fs::write(real.path().join("lib/librustc.so"), "").unwrap();
        let made = without_source(real.path()).unwrap();
        let is_there = |path: &str| made.path().join(path).exists();
        assert!(is_there("bin") && is_there("lib/librustc.so"));
        assert!(is_there("lib/rustlib/host/lib/libstd.rlib"));
        assert!(!is_there("lib/rustlib/src"));
    }
}
