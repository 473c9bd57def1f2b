//! Many blocks in one crate: built once, each run as its own process; or rejected together.
//!
//! What comes of a merged block may only ever *pass* it. Whatever is wrong is settled by compiling
//! the block alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::blocks::Block;
use crate::compile::{CompileError, Messages};
use crate::dependencies::Dependencies;
use crate::plan::Promise;
use crate::separate;
use crate::tags::Edition;
use crate::toolchain::Toolchain;
use crate::wrap::Program;

/// A block to be merged, and its number among all blocks of the check.
#[derive(Debug, Clone, Copy)]
pub struct Member<'b> {
    /// Its number; the name of its module, and of the folder it is run from.
    pub number: usize,
    /// The block.
    pub block: &'b Block,
}

/// Blocks by how they can be compiled.
#[derive(Debug, Default)]
pub struct Groups<'b> {
    /// To be built into one program: they should compile.
    pub bundles: Vec<Vec<Member<'b>>>,
    /// To be refused together.
    pub shared: Vec<Vec<Member<'b>>>,
    /// To be compiled alone.
    pub alone: Vec<Member<'b>>,
}

/// How many blocks share a crate at most; more would take rustc too much memory.
const MOST: usize = 500;

/// Codes that hide errors of other blocks, or are hidden by them, when several blocks share a
/// rustc. Found by trying every example of `rustc --explain` beside others. And those that an impl
/// elsewhere could bring forth, since with it something can be inferred in two ways.
const ALONE: [&str; 30] = [
    "E0046", "E0080", "E0117", "E0120", "E0152", "E0184", "E0275", "E0366", "E0367", "E0391",
    "E0404", "E0405", "E0432", "E0446", "E0451", "E0463", "E0493", "E0509", "E0713", "E0748",
    "E0758", "E0762", "E0763", "E0765", "E0766", "E0601", "E0282", "E0283", "E0284", "E0790",
];

impl<'b> Groups<'b> {
    /// Sorts blocks by how they can be compiled.
    pub fn of(members: impl IntoIterator<Item = Member<'b>>) -> Groups<'b> {
        let mut groups = Groups::default();
        let mut bundles: BTreeMap<Edition, Vec<Member<'b>>> = BTreeMap::new();
        let mut shared: BTreeMap<Edition, Vec<Member<'b>>> = BTreeMap::new();
        for member in members {
            let edition = member.block.edition;
            match (separate::reason(member.block), Promise::of(member.block)) {
                (Some(_), _) | (None, Promise::Ignored) => groups.alone.push(member),
                (None, Promise::Rejected(codes)) => match may_share(&codes) {
                    true => shared.entry(edition).or_default().push(member),
                    false => groups.alone.push(member),
                },
                (None, _) => bundles.entry(edition).or_default().push(member),
            }
        }
        for (from, to) in [(bundles, &mut groups.bundles), (shared, &mut groups.shared)] {
            for members in from.into_values() {
                // Of one size, so that none is a crate for a handful.
                let size = members.len().div_ceil(members.len().div_ceil(MOST));
                for chunk in members.chunks(size) {
                    match chunk {
                        [one] => groups.alone.push(*one),
                        _ => to.push(chunk.to_vec()),
                    }
                }
            }
        }
        groups
    }
}

fn may_share(codes: &BTreeSet<String>) -> bool {
    !codes.is_empty() && !codes.iter().any(|code| ALONE.contains(&code.as_str()))
}

/// Blocks that were built into one program.
#[derive(Debug)]
pub struct Bundle {
    folder: tempfile::TempDir,
}

impl Bundle {
    /// A path to the program that runs the block of this number.
    ///
    /// # Errors
    ///
    /// If the folder can't be written.
    pub fn program(&self, number: usize) -> io::Result<PathBuf> {
        let folder = self.folder.path().join("run").join(number.to_string());
        fs::create_dir_all(&folder)?;
        let path = folder.join(PROGRAM);
        let built = self.folder.path().join(PROGRAM);
        // A link, not a copy: a program that some process still has open for writing can't be run.
        fs::hard_link(&built, &path).or_else(|_| fs::copy(&built, &path).map(drop))?;
        Ok(path)
    }
}

#[cfg(windows)]
const PROGRAM: &str = "block.exe";
#[cfg(not(windows))]
const PROGRAM: &str = "block";

/// What became of blocks that were to be built together.
#[derive(Debug)]
pub struct Built<'b> {
    /// The program, and the blocks in it; none if nothing was left to build.
    pub bundle: Option<(Bundle, Vec<Member<'b>>)>,
    /// Blocks that are named by an error, or can't be cleared of one: to be compiled alone.
    pub suspects: Vec<Member<'b>>,
}

/// How often a group is tried again without the blocks that its errors name.
const MOST_ROUNDS: usize = 4;

/// Builds blocks into one program; errors name suspects, and the rest is built without them.
///
/// # Errors
///
/// If rustc can't be started, or a file not be written.
pub fn build<'b>(
    mut members: Vec<Member<'b>>,
    toolchain: &Toolchain,
    dependencies: &Dependencies,
) -> io::Result<Built<'b>> {
    let mut suspects = Vec::new();
    for _ in 0..MOST_ROUNDS {
        if members.is_empty() {
            break;
        }
        let folder = write(&members)?;
        let mut command = command(&members, toolchain, dependencies, folder.path());
        command.args(["--crate-type", "bin", "--crate-name", "block", "-o"]);
        command.arg(folder.path().join(PROGRAM));
        let messages = Messages::of(command, None)?;
        if messages.success {
            return Ok(Built {
                bundle: Some((Bundle { folder }, members)),
                suspects,
            });
        }
        let named = by_member(&messages, folder.path());
        if named.is_empty() {
            break;
        }
        let (accused, rest): (Vec<_>, _) = members
            .into_iter()
            .partition(|member| named.contains_key(&member.number));
        suspects.extend(accused);
        members = rest;
    }
    suspects.extend(members);
    Ok(Built {
        bundle: None,
        suspects,
    })
}

/// Blocks that were refused together: each with its errors; and those to be compiled alone.
pub type Refused<'b> = (Vec<(Member<'b>, Vec<CompileError>)>, Vec<Member<'b>>);

/// Has blocks refused by one rustc.
///
/// A block is cleared if exactly the codes it names were found in it; one that shows a code which
/// hides others' errors is taken out, and the rest is tried again.
///
/// # Errors
///
/// If rustc can't be started, or a file not be written.
pub fn refuse<'b>(
    mut members: Vec<Member<'b>>,
    toolchain: &Toolchain,
    dependencies: &Dependencies,
) -> io::Result<Refused<'b>> {
    let mut alone = Vec::new();
    for _ in 0..MOST_ROUNDS {
        if members.len() < 2 {
            break;
        }
        let folder = write(&members)?;
        let mut command = command(&members, toolchain, dependencies, folder.path());
        command.args([
            "--crate-type",
            "bin",
            "--crate-name",
            "block",
            "--emit=metadata",
            "-o",
        ]);
        command.arg(folder.path().join("block.rmeta"));
        let messages = Messages::of(command, None)?;
        if !messages.whole() {
            break;
        }
        let mut named = by_member(&messages, folder.path());
        let hides = |error: &CompileError| match &error.code {
            Some(code) => ALONE.contains(&code.as_str()),
            None => true,
        };
        let hiding: Vec<usize> = named
            .iter()
            .filter(|(_, errors)| errors.iter().any(hides))
            .map(|(number, _)| *number)
            .collect();
        if hiding.is_empty() {
            let (cleared, rest): (Vec<_>, Vec<_>) = members.into_iter().partition(|member| {
                let errors = named.get(&member.number).map_or(&[][..], Vec::as_slice);
                let codes: BTreeSet<_> = errors.iter().filter_map(|e| e.code.clone()).collect();
                codes == member.block.tags.codes
            });
            let cleared = cleared.into_iter().map(|member| {
                let errors = named.remove(&member.number).unwrap_or_default();
                (member, errors)
            });
            alone.extend(rest);
            return Ok((cleared.collect(), alone));
        }
        let (accused, rest): (Vec<_>, _) = members
            .into_iter()
            .partition(|member| hiding.contains(&member.number));
        alone.extend(accused);
        members = rest;
    }
    alone.extend(members);
    Ok((Vec::new(), alone))
}

/// Writes a crate with a module for each block.
fn write(members: &[Member<'_>]) -> io::Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    let (mut modules, mut arms) = (String::new(), String::new());
    for Member { number, block } in members {
        // A private `main` can't be called from outside its module; at the end of the file this
        // line changes no other's number. An entry point's type is checked by it, too.
        let entry = "pub(super) fn __verdict_run() -> ::std::process::ExitCode { ::std::process::Termination::report(main()) }";
        let text = format!("{}\n{entry}\n", Program::to_run(block).text);
        fs::write(folder.path().join(format!("{number}.rs")), text)?;
        modules.push_str(&format!("#[path = \"{number}.rs\"]\nmod block_{number};\n"));
        arms.push_str(&format!(
            "        Some(\"{number}\") => block_{number}::__verdict_run(),\n"
        ));
    }
    // Which block to run is told by the folder that the program is started from, so that neither
    // its arguments nor its environment differ from those of a block alone.
    let root = format!(
        "{modules}fn main() -> ::std::process::ExitCode {{\n    let program = ::std::env::args_os().next().unwrap_or_default();\n    let folder = ::std::path::Path::new(&program).parent().and_then(|path| path.file_name());\n    match folder.and_then(|name| name.to_str()) {{\n{arms}        _ => panic!(\"no such block\"),\n    }}\n}}\n"
    );
    fs::write(folder.path().join("blocks.rs"), root)?;
    Ok(folder)
}

fn command(
    members: &[Member<'_>],
    toolchain: &Toolchain,
    dependencies: &Dependencies,
    folder: &Path,
) -> Command {
    let mut command = toolchain.command();
    let edition = members
        .first()
        .map_or(Edition::default(), |member| member.block.edition);
    command
        .arg(folder.join("blocks.rs"))
        .args(["--edition", edition.year(), "--error-format", "json"])
        .args(["-A", "warnings", "-C", "debuginfo=0"])
        .args(dependencies.flags());
    command
}

/// The errors of each block: by the file of their primary span, or of the macro call that it
/// comes from.
fn by_member(messages: &Messages, folder: &Path) -> BTreeMap<usize, Vec<CompileError>> {
    let mut named: BTreeMap<usize, Vec<CompileError>> = BTreeMap::new();
    for (error, files) in messages.errors_with_files() {
        let number = files.iter().find_map(|file| {
            let file = Path::new(file);
            let inside = file.parent() == Some(folder);
            inside.then(|| file.file_stem()?.to_str()?.parse().ok())?
        });
        if let Some(number) = number {
            named.entry(number).or_default().push(error);
        }
    }
    named
}
