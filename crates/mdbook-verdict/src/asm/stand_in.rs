//! The smallest library that a program of atomics needs, built for a target whose own isn't installed.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::process::{self, Limits};
use crate::toolchain::Toolchain;

/// A sysroot that holds our `core`, and a `std` that is no more than it.
pub struct StandIn {
    sysroot: tempfile::TempDir,
}

/// The crates, in the order in which they need each other.
const CRATES: [(&str, &str); 3] = [
    ("core", include_str!("core.rs")),
    (
        "compiler_builtins",
        "#![feature(no_core, compiler_builtins)]\n#![allow(internal_features)]\n#![no_core]\n#![compiler_builtins]\n",
    ),
    (
        "std",
        "#![feature(no_core)]\n#![allow(internal_features)]\n#![no_core]\nextern crate core;\npub use core::*;\n",
    ),
];

impl StandIn {
    /// Builds it with the compiler that blocks are given to, which takes a fraction of a second.
    ///
    /// # Errors
    ///
    /// What the compiler says, in a line: it is tied to `core` of its own version.
    pub fn build(toolchain: &Toolchain, target: &str) -> Result<StandIn, String> {
        let io = |error: std::io::Error| error.to_string();
        let sysroot = tempfile::tempdir().map_err(io)?;
        let libraries = sysroot.path().join("lib/rustlib").join(target).join("lib");
        fs::create_dir_all(&libraries).map_err(io)?;
        let stand_in = StandIn { sysroot };
        for (name, source) in CRATES {
            stand_in.compile(toolchain, target, name, source, &libraries)?;
        }
        Ok(stand_in)
    }

    /// A command that runs rustc with this library and no other.
    pub fn command(&self, toolchain: &Toolchain) -> Command {
        let mut command = toolchain.command_without_library();
        command.arg("--sysroot").arg(self.sysroot.path());
        command
    }

    fn compile(
        &self,
        toolchain: &Toolchain,
        target: &str,
        name: &str,
        source: &str,
        libraries: &Path,
    ) -> Result<(), String> {
        let mut command = self.command(toolchain);
        command
            .args(["--crate-type", "rlib", "--crate-name", name])
            .args(["--edition", "2024", "--cap-lints", "allow"])
            .args(["--target", target, "-C", "opt-level=3", "-C", "panic=abort"])
            .arg("-o")
            .arg(libraries.join(format!("lib{name}.rlib")))
            .arg("-");
        process::clean_compilers_environment(&mut command);
        // A library may use what a program may not: the language's own building blocks.
        command.env("RUSTC_BOOTSTRAP", "1");
        let limits = Limits {
            time: Duration::from_secs(120),
            output: 1 << 20,
            memory: None,
        };
        let ended = process::run(command, Some(source.as_bytes()), &limits);
        let ended = ended.map_err(|error| error.to_string())?;
        match ended.success {
            true => Ok(()),
            false => Err(format!(
                "this rustc doesn't take what would stand in for it: {}",
                ended.stderr.lines().next().unwrap_or(&ended.status)
            )),
        }
    }
}
