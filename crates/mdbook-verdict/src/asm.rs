//! `text,asm,TARGET`: the machine code that a block's functions become, on whatever machine this runs.
//!
//! rustc writes code for any processor; only a library for it may be missing. Where `TARGET` isn't
//! installed, the smallest library that atomics need stands in for it ([`stand_in`]), so that a page
//! can show two processors' code and have both checked everywhere. What can be had neither way isn't
//! called right: it is said that it wasn't checked.

mod functions;
mod listing;
mod stand_in;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use crate::cache::{Cache, Key};
use crate::compile::{Compiled, Messages};
use crate::dependencies::Dependencies;
use crate::fence::{Evidence, ResultFence, Told};
use crate::finding::Rule;
use crate::near;
use crate::toolchain::Toolchain;

use functions::Functions;
use stand_in::StandIn;

/// The kind of these fences.
pub const KIND: &str = "asm";

/// Fills and checks `asm` fences.
pub struct Asm {
    toolchain: Toolchain,
    dependencies: Dependencies,
    cache: Arc<Cache>,
    /// What is known of a target; of one that nobody has asked for, nothing.
    targets: Mutex<BTreeMap<String, Target>>,
}

/// What a target's code is compiled with.
#[derive(Clone)]
enum Target {
    /// Its own std is there.
    Installed,
    /// Ours.
    StandIn(Arc<StandIn>),
    /// Not even ours can be compiled; why.
    Neither(String),
    /// rustc doesn't know it; what may be meant.
    Unknown(String),
}

impl Asm {
    /// With the compiler and the crates that blocks are compiled with.
    pub fn new(toolchain: Toolchain, dependencies: Dependencies, cache: Arc<Cache>) -> Asm {
        Asm {
            toolchain,
            dependencies,
            cache,
            targets: Mutex::default(),
        }
    }

    /// The listing of a block's functions; a remembered one only where `fresh` doesn't forbid it.
    fn listing(&self, name: &str, evidence: &Evidence<'_>) -> Told {
        let functions = match Functions::of(evidence.block) {
            Ok(functions) => functions,
            Err(cause) => return Told::Never(cause),
        };
        let target = match self.target(name) {
            Target::Unknown(cause) => return Told::Never(cause),
            target => target,
        };
        let key = self.key(name, &target, evidence, &functions);
        let remembered = match evidence.alone {
            true => None,
            false => self.cache.get::<String>(&key),
        };
        if let Some(listing) = remembered {
            return Told::Came(listing);
        }
        match self.compile(name, &target, evidence, &functions) {
            Ok(assembler) => match listing::of(&assembler, &functions.names) {
                Ok(listing) => {
                    self.cache.put(&key, &listing);
                    Told::Came(listing)
                }
                Err(cause) => Told::Never(cause),
            },
            Err(cause) => match target {
                Target::Installed => Told::Never(format!("compiled for {name}, {cause}")),
                _ => Told::NotHere(format!(
                    "{name} isn't installed (`rustup target add {name}`), and {cause}"
                )),
            },
        }
    }

    fn target(&self, name: &str) -> Target {
        let mut targets = self.targets.lock().expect("finding a target doesn't panic");
        let found = targets.get(name).cloned();
        found.unwrap_or_else(|| {
            let target = self.find_target(name);
            targets.insert(name.to_owned(), target.clone());
            target
        })
    }

    fn find_target(&self, name: &str) -> Target {
        let said = |arguments: &[&str]| {
            let said = self.toolchain.command().args(arguments).output();
            let said = said.map(|said| String::from_utf8_lossy(&said.stdout).into_owned());
            said.unwrap_or_default()
        };
        let known = said(&["--print", "target-list"]);
        if !known.lines().any(|known| known == name) {
            return Target::Unknown(match near::nearest(name, known.lines()) {
                Some(meant) => format!("rustc knows no target `{name}`; is `{meant}` meant?"),
                None => format!(
                    "rustc knows no target `{name}`; `rustc --print target-list` names those it knows"
                ),
            });
        }
        let libraries = said(&["--print", "target-libdir", "--target", name]);
        if has_std(Path::new(libraries.trim())) {
            return Target::Installed;
        }
        match StandIn::build(&self.toolchain, name) {
            Ok(stand_in) => Target::StandIn(Arc::new(stand_in)),
            Err(cause) => Target::Neither(cause),
        }
    }

    /// The assembler text of a block's program.
    fn compile(
        &self,
        name: &str,
        target: &Target,
        evidence: &Evidence<'_>,
        functions: &Functions,
    ) -> Result<String, String> {
        let mut command = match target {
            Target::Installed => self.toolchain.command(),
            Target::StandIn(stand_in) => stand_in.command(&self.toolchain),
            Target::Neither(cause) | Target::Unknown(cause) => return Err(cause.clone()),
        };
        if name == self.toolchain.host && matches!(target, Target::Installed) {
            command.args(self.dependencies.flags());
        }
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let file: PathBuf = folder.path().join("block.s");
        command
            .args(["--crate-type", "lib", "--crate-name", listing::CRATE])
            .args(["--edition", evidence.block.edition.year()])
            .args(["--error-format", "json", "--cap-lints", "allow"])
            .arg("-o")
            .arg(&file);
        optimise(&mut command, name);
        command.arg("-");
        let messages =
            Messages::of(command, Some(&functions.program)).map_err(|error| error.to_string())?;
        if messages.success {
            return fs::read_to_string(&file).map_err(|error| error.to_string());
        }
        let first = messages.errors_with_files().next();
        Err(match (first, target) {
            (None, _) => "the compiler breaks down over the block".to_owned(),
            (Some((error, _)), Target::Installed) => {
                format!("the block is rejected: {}", error.message)
            }
            (Some((error, _)), _) => format!(
                "the block needs more of std than what stands in for it: {}",
                error.message
            ),
        })
    }

    /// All that the listing depends on.
    fn key(
        &self,
        name: &str,
        target: &Target,
        evidence: &Evidence<'_>,
        functions: &Functions,
    ) -> Key {
        let library = match target {
            Target::Installed => "installed",
            _ => "stand-in",
        };
        Key::of([
            KIND.as_bytes(),
            name.as_bytes(),
            library.as_bytes(),
            self.toolchain.identity.as_bytes(),
            self.dependencies.identity().as_bytes(),
            evidence.block.edition.year().as_bytes(),
            functions.program.as_bytes(),
        ])
    }
}

impl ResultFence for Asm {
    fn kind(&self) -> &str {
        KIND
    }

    fn rule(&self) -> Rule {
        Rule::Asm
    }

    fn actual(&self, arguments: &[String], evidence: &Evidence<'_>) -> Result<String, String> {
        match self.told(arguments, evidence) {
            Told::Came(listing) => Ok(listing),
            Told::Never(cause) | Told::NotHere(cause) => Err(cause),
        }
    }

    fn told(&self, arguments: &[String], evidence: &Evidence<'_>) -> Told {
        let [name] = arguments else {
            return Told::Never(format!(
                "this fence names one target, such as `text,asm,{}`",
                self.toolchain.host
            ));
        };
        if !matches!(evidence.compiled, Compiled::Accepted(_)) {
            return Told::Never(
                "the block before it doesn't compile, so there is no machine code".to_owned(),
            );
        }
        self.listing(name, evidence)
    }

    /// The first line that is another.
    fn difference(&self, text: &str, actual: &str) -> Option<(usize, String)> {
        let (mut said, mut came) = (text.lines(), actual.lines());
        for number in 0.. {
            match (said.next(), came.next()) {
                (Some(said), Some(came)) if said == came => {}
                (Some(_), Some(came)) => {
                    return Some((
                        number,
                        format!("the machine code here is `{}`", came.trim()),
                    ));
                }
                (Some(_), None) => return Some((number, "the machine code ends here".to_owned())),
                _ => break,
            }
        }
        None
    }

    /// Equal, to the letter: `[rdi]` is an address here, and nothing stands for something else.
    fn holds(&self, _: &[String], text: &str, actual: &str) -> bool {
        text == actual
    }
}

/// What a fence for these arguments shows, in words.
pub fn caption(arguments: &[String]) -> String {
    let target = arguments.first().map_or("", String::as_str);
    let architecture = target.split('-').next().unwrap_or_default();
    let name = match architecture {
        "x86_64" => "x86-64",
        "i586" | "i686" => "x86, 32 bits",
        "aarch64" => "AArch64",
        _ if architecture.starts_with("riscv64") => "RISC-V, 64 bits",
        _ if architecture.starts_with("riscv32") => "RISC-V, 32 bits",
        _ => target,
    };
    // Apple's processors can more than the plainest of their architecture.
    match target.contains("-apple-") {
        true => format!("Machine code, {name} (Apple)"),
        false => format!("Machine code, {name}"),
    }
}

/// How code is made, which is the same on every machine: as `cargo build --release` does, but in one
/// piece, and without what a panic would unwind.
///
/// No processor is named: each target has one that it is made for.
fn optimise(command: &mut Command, target: &str) {
    command
        .args(["--target", target, "--emit=asm"])
        .args(["-C", "opt-level=3", "-C", "codegen-units=1"])
        .args(["-C", "panic=abort", "-C", "debuginfo=0"]);
    if ["x86_64", "i586", "i686"]
        .iter()
        .any(|architecture| target.starts_with(architecture))
    {
        command.args(["-C", "llvm-args=--x86-asm-syntax=intel"]);
    }
}

/// Whether a target's std lies in a folder.
fn has_std(libraries: &Path) -> bool {
    let files = fs::read_dir(libraries).into_iter().flatten().flatten();
    files
        .map(|file| file.file_name().to_string_lossy().into_owned())
        .any(|name| name.starts_with("libstd-") && name.ends_with(".rlib"))
}

#[cfg(test)]
mod tests;
