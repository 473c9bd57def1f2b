//! Who must notice a mutant: a test, a documentation test, or the compiler.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Error, Result, bail};
use mdbook_verdict::{Block, Book, Options, Verifier};
use regex::Regex;
use serde_json::Value;

use super::sandbox::{Ended, Sandbox};

/// Written as the arguments of the cargo command that fails.
#[derive(Debug, Clone)]
pub struct Catcher {
    /// The package whose test it is; none for a block of the book.
    pub package: String,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    /// `test -p mutex --test loom NAME`: this test fails. The table names one.
    Test { target: String, names: Vec<String> },
    /// `test -p mutex --doc LINE`: the documentation test with this line fails; without, any.
    Doc { line: Option<String> },
    /// `build -p mutex --lib E0277`: the compiler refuses the library, a test or a program.
    Build { what: Target, code: Option<String> },
    /// `block src/locks/mutex.md LINE`: the book's block with this line breaks its promise.
    Block { chapter: String, line: String },
    /// `test -p mutex`: any test of the package fails.
    Every,
}

#[derive(Debug, Clone)]
enum Target {
    Lib,
    Test(String),
    Example(String),
}

/// What came of a catcher's try.
#[derive(Debug)]
pub enum Fate {
    /// It failed, as it should.
    Caught,
    /// All that it tried passed.
    Survived,
    /// The compiler didn't let it come to a try.
    Refused(BTreeSet<String>),
    /// It didn't come to an end.
    Hung,
}

impl Catcher {
    /// # Errors
    ///
    /// If this isn't one of the forms above.
    pub fn parse(text: &str) -> Result<Catcher, String> {
        let mut words = text.splitn(4, ' ');
        let (verb, dash, package) = (words.next(), words.next(), words.next());
        let rest = words.next().unwrap_or("").trim();
        let wrong = || {
            format!(
                "`{text}` is no catcher; write one of\n  test -p PACKAGE --test FILE NAME\n  test -p PACKAGE --doc A PART OF A LINE\n  build -p PACKAGE --lib CODE (or --test FILE, --example NAME)\n  block src/CHAPTER.md A PART OF A LINE"
            )
        };
        if let Some(("block", block)) = text.split_once(' ') {
            let (chapter, line) = block.split_once(' ').ok_or_else(wrong)?;
            return Ok(Catcher {
                package: String::new(),
                kind: Kind::Block {
                    chapter: chapter.to_owned(),
                    line: line.to_owned(),
                },
            });
        }
        let (Some(verb), Some("-p"), Some(package)) = (verb, dash, package) else {
            return Err(wrong());
        };
        let words: Vec<&str> = rest.split(' ').collect();
        let kind = match (verb, &*words) {
            ("test", ["--doc", line, ..]) if !line.is_empty() => Kind::Doc {
                line: Some(rest["--doc ".len()..].to_owned()),
            },
            ("test", ["--test", target, name]) => Kind::Test {
                target: (*target).to_owned(),
                names: vec![(*name).to_owned()],
            },
            ("build", [what @ .., code]) if is_code(code) => Kind::Build {
                what: match what {
                    ["--lib"] => Target::Lib,
                    ["--test", name] => Target::Test((*name).to_owned()),
                    ["--example", name] => Target::Example((*name).to_owned()),
                    _ => return Err(wrong()),
                },
                code: Some((*code).to_owned()),
            },
            _ => return Err(wrong()),
        };
        Ok(Catcher {
            package: package.to_owned(),
            kind,
        })
    }

    /// All that a package has to notice anything with.
    pub fn every_test_of(package: &str) -> Catcher {
        Catcher {
            package: package.to_owned(),
            kind: Kind::Every,
        }
    }

    /// What must pass before the change, for a failure to mean anything after it.
    pub fn on_the_original(&self) -> Catcher {
        let kind = match &self.kind {
            Kind::Doc { .. } => Kind::Doc { line: None },
            Kind::Build { what, .. } => Kind::Build {
                what: what.clone(),
                code: None,
            },
            Kind::Test { .. } | Kind::Block { .. } | Kind::Every => self.kind.clone(),
        };
        Catcher {
            package: self.package.clone(),
            kind,
        }
    }

    /// Takes in what another one tries, if one run can try both.
    pub fn takes_in(&mut self, other: &Catcher) -> bool {
        if self.to_string() == other.to_string() {
            return true;
        }
        let (
            Kind::Test { target, names },
            Kind::Test {
                target: its,
                names: more,
            },
        ) = (&mut self.kind, &other.kind)
        else {
            return false;
        };
        let same = self.package == other.package && target == its;
        if same {
            names.extend(
                more.iter()
                    .filter(|name| !names.contains(name))
                    .cloned()
                    .collect::<Vec<_>>(),
            );
        }
        same
    }

    /// The command that shows the failure to somebody who has made the change by hand.
    pub fn command(&self) -> String {
        match &self.kind {
            Kind::Block { chapter, .. } => format!("cargo verdict check --filter '{chapter}'"),
            Kind::Doc { .. } => format!("cargo test -p {} --doc", self.package),
            Kind::Build { what, .. } => format!("cargo build -p {} {what}", self.package),
            Kind::Test { .. } | Kind::Every if self.package == "examples" => {
                "cargo test -p examples".to_owned() // which builds the programs, too
            }
            Kind::Test { .. } | Kind::Every => format!("cargo {self}"),
        }
    }

    /// # Errors
    ///
    /// If there is no such package, test or line, with what there is none of.
    pub fn exists(&self, root: &Path) -> Result<(), String> {
        if let Kind::Block { chapter, line } = &self.kind {
            return block(root, chapter, line).map(drop);
        }
        let folder = package_folder(root, &self.package);
        if !folder.join("Cargo.toml").is_file() {
            return Err(format!("there is no package `{}`", self.package));
        }
        let file = |part: &str, name: &str| {
            let path = folder.join(part).join(format!("{name}.rs"));
            fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
        };
        match &self.kind {
            Kind::Test { target, names } => {
                let source = file("tests", target)?;
                names.iter().try_for_each(|name| {
                    let last = name.rsplit("::").next().unwrap_or(name);
                    let word = Regex::new(&format!(r"\b{}\b", regex::escape(last)));
                    match word.is_ok_and(|word| word.is_match(&source)) {
                        true => Ok(()),
                        false => Err(format!("tests/{target}.rs has no test `{last}`")),
                    }
                })
            }
            Kind::Build { what, .. } => match what {
                Target::Lib => file("src", "lib").map(drop),
                Target::Test(name) => file("tests", name).map(drop),
                Target::Example(name) => file("", name).map(drop),
            },
            Kind::Doc { line: Some(line) } => doc_test(&folder, line).map(drop),
            Kind::Doc { line: None } | Kind::Block { .. } | Kind::Every => Ok(()),
        }
    }

    /// Builds what the copy holds now, and sees whether this fails.
    pub fn try_on(&self, sandbox: &Sandbox) -> Result<Fate> {
        let package = &*self.package;
        match &self.kind {
            Kind::Build { what, code } => {
                let built = build(sandbox, &["build", "-p", package], &what.arguments())?;
                Ok(match (built, code) {
                    (Built::Yes(_), _) => Fate::Survived,
                    (Built::No(errors), Some(code)) if what.has(&errors, code) => Fate::Caught,
                    (Built::No(errors), _) => Fate::Refused(codes(errors)),
                })
            }
            Kind::Test { target, names } => {
                let programs = build(sandbox, &["build", "-p", package, "--examples"], &[])?;
                if let Built::No(errors) = programs {
                    return Ok(Fate::Refused(codes(errors)));
                }
                let arguments = ["--test".to_owned(), target.clone()];
                let built = build(sandbox, &["test", "--no-run", "-p", package], &arguments)?;
                let executable = match built {
                    Built::Yes(Some(executable)) => executable,
                    Built::Yes(None) => bail!("cargo built no test `{target}` of `{package}`"),
                    Built::No(errors) => return Ok(Fate::Refused(codes(errors))),
                };
                let mut command = Command::new(executable);
                let folder = package_folder(&sandbox.root, package);
                command
                    .current_dir(&folder)
                    .env("CARGO_MANIFEST_DIR", &folder)
                    .env("RUST_BACKTRACE", "0")
                    .arg("--exact")
                    .args(names);
                let ended = sandbox.test(&mut command)?;
                let run = format!("running {} test", names.len());
                if ended.success == Some(true) && !ended.output.contains(&run) {
                    bail!("`{self}`: there is no test of this name\n{}", ended.output);
                }
                Ok(fate(ended))
            }
            Kind::Doc { line } => {
                if let Built::No(errors) = build(sandbox, &["build", "-p", package, "--lib"], &[])?
                {
                    return Ok(Fate::Refused(codes(errors)));
                }
                let mut command = sandbox.cargo();
                command.args(["test", "-p", package, "--doc"]);
                let Some(line) = line else {
                    return Ok(fate(sandbox.test(&mut command)?));
                };
                let found = doc_test(&package_folder(&sandbox.root, package), line);
                let (file, number) = found.map_err(Error::msg)?;
                command.args(["--", &format!("(line {number})")]);
                let ended = sandbox.test(&mut command)?;
                let mine = ended.output.lines().find(|result| {
                    result.starts_with("test ")
                        && result.contains(&format!("/{file} - "))
                        && result.contains(&format!("(line {number})"))
                });
                match mine {
                    _ if ended.success.is_none() => Ok(Fate::Hung),
                    Some(mine) if mine.ends_with("FAILED") => Ok(Fate::Caught),
                    Some(_) => Ok(Fate::Survived),
                    None => bail!("`{self}` runs no test:\n{}", ended.output),
                }
            }
            Kind::Block { chapter, line } => {
                let (book, block) = block(&sandbox.root, chapter, line).map_err(Error::msg)?;
                // The crates that a block may name are the original's.
                let original = &sandbox.original;
                let verifier = Verifier::new(original, &book.config, &Options::default())?;
                let judged = verifier.judge(&block, &[])?;
                let holds = judged.verdicts.iter().all(|v| v.findings.is_empty());
                Ok(if holds { Fate::Survived } else { Fate::Caught })
            }
            Kind::Every => {
                // Built before, since that may take longer than any test.
                let built = build(sandbox, &["test", "--no-run", "-p", package], &[])?;
                if let Built::No(errors) = built {
                    return Ok(Fate::Refused(codes(errors)));
                }
                let mut command = sandbox.cargo();
                command.args(["test", "-p", package]);
                Ok(fate(sandbox.test(&mut command)?))
            }
        }
    }
}

fn fate(ended: Ended) -> Fate {
    match ended.success {
        Some(true) => Fate::Survived,
        Some(false) => Fate::Caught,
        None => Fate::Hung,
    }
}

/// An error's code, or a lint's name.
fn is_code(word: &str) -> bool {
    let error = |word: &str| word.len() == 5 && word[1..].bytes().all(|b| b.is_ascii_digit());
    let lint = |word: &str| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    !word.is_empty() && (word.starts_with('E') && error(word) || lint(word))
}

/// Where a package lies, which is named as its folder.
fn package_folder(root: &Path, package: &str) -> std::path::PathBuf {
    let beside = root.join(package);
    match beside.join("Cargo.toml").is_file() {
        true => beside,
        false => root.join("crates").join(package),
    }
}

/// The file and the first line of the documentation test that has this in one of its lines.
fn doc_test(package: &Path, part: &str) -> Result<(String, usize), String> {
    let mut found = vec![];
    let folder = package.join("src");
    let entries =
        fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let Ok(source) = fs::read_to_string(&path) else {
            continue;
        };
        let mut opened = None;
        for (index, line) in source.lines().enumerate() {
            let line = line.trim_start();
            let docs = line
                .strip_prefix("//!")
                .or_else(|| line.strip_prefix("///"));
            match docs {
                Some(docs) if docs.trim_start().starts_with("```") => {
                    opened = match opened {
                        None => Some(index + 1),
                        Some(_) => None,
                    };
                }
                Some(docs) if docs.contains(part) => {
                    let file = path.file_name().unwrap_or_default().to_string_lossy();
                    found.extend(opened.map(|line| (file.into_owned(), line)));
                }
                _ => {}
            }
        }
    }
    found.dedup();
    match (found.len(), found.pop()) {
        (1, Some(one)) => Ok(one),
        (0, _) => Err(format!("no documentation test has a line with `{part}`")),
        (many, _) => Err(format!("{many} documentation tests have `{part}`")),
    }
}

/// The book, and the block of a chapter that has this in one of its lines.
fn block(root: &Path, chapter: &str, part: &str) -> Result<(Book, Block), String> {
    let book = Book::load(root).map_err(|error| error.to_string())?;
    let pages = book.pages("").into_iter();
    let mut found: Vec<Block> = pages
        .flat_map(|page| page.blocks.blocks)
        .filter(|block| block.name.starts_with(&format!("{chapter}:")))
        .filter(|block| block.code.contains(part))
        .collect();
    match (found.len(), found.pop()) {
        (1, Some(block)) => Ok((book, block)),
        (many, _) => Err(format!(
            "{many} blocks of {chapter} have `{part}`; name one"
        )),
    }
}

/// What came of a call of cargo.
enum Built {
    /// All of it; and the last executable.
    Yes(Option<String>),
    /// The errors: of which target, and their code.
    No(Vec<Refusal>),
}

struct Refusal {
    kind: String,
    target: String,
    code: String,
}

fn build(sandbox: &Sandbox, command: &[&str], arguments: &[String]) -> Result<Built> {
    let mut cargo = sandbox.cargo();
    cargo.args(command).args(arguments);
    cargo.args(["--quiet", "--message-format", "json"]);
    let ended = sandbox.build(&mut cargo)?;
    let mut executable = None;
    let mut refusals = vec![];
    for line in ended.output.lines().filter(|line| line.starts_with('{')) {
        let message: Value = serde_json::from_str(line).context("cargo's JSON")?;
        if let Some(path) = message["executable"].as_str() {
            executable = Some(path.to_owned());
        }
        if message["message"]["level"] == "error" {
            let text = |value: &Value| value.as_str().unwrap_or("no code").to_owned();
            refusals.push(Refusal {
                kind: text(&message["target"]["kind"][0]),
                target: text(&message["target"]["name"]),
                code: text(&message["message"]["code"]["code"]),
            });
        }
    }
    match ended.success {
        Some(true) => Ok(Built::Yes(executable)),
        Some(false) if !refusals.is_empty() => Ok(Built::No(refusals)),
        _ => bail!("cargo couldn't build the copy:\n{}", ended.output),
    }
}

fn codes(errors: Vec<Refusal>) -> BTreeSet<String> {
    errors.into_iter().map(|error| error.code).collect()
}

impl Target {
    fn arguments(&self) -> Vec<String> {
        self.to_string().split(' ').map(str::to_owned).collect()
    }

    /// Whether this target, and not one that it needs, was refused with the code.
    fn has(&self, errors: &[Refusal], code: &str) -> bool {
        let is_this = |error: &Refusal| match self {
            Target::Lib => error.kind == "lib",
            Target::Test(name) => error.kind == "test" && error.target == *name,
            Target::Example(name) => error.kind == "example" && error.target == *name,
        };
        errors
            .iter()
            .any(|error| is_this(error) && error.code == code)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Lib => write!(f, "--lib"),
            Target::Test(name) => write!(f, "--test {name}"),
            Target::Example(name) => write!(f, "--example {name}"),
        }
    }
}

impl fmt::Display for Catcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let package = &self.package;
        match &self.kind {
            Kind::Test { target, names } => {
                write!(f, "test -p {package} --test {target} {}", names.join(" "))
            }
            Kind::Doc { line } => {
                write!(f, "test -p {package} --doc")?;
                line.as_ref().map_or(Ok(()), |line| write!(f, " {line}"))
            }
            Kind::Build { what, code } => {
                write!(f, "build -p {package} {what}")?;
                code.as_ref().map_or(Ok(()), |code| write!(f, " {code}"))
            }
            Kind::Block { chapter, line } => write!(f, "block {chapter} {line}"),
            Kind::Every => write!(f, "test -p {package}"),
        }
    }
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fate::Caught => write!(f, "this fails"),
            Fate::Survived => write!(f, "this passes"),
            Fate::Hung => write!(f, "this doesn't come to an end"),
            Fate::Refused(codes) => {
                let codes: Vec<_> = codes.iter().map(String::as_str).collect();
                write!(f, "this doesn't even compile ({})", codes.join(", "))
            }
        }
    }
}
