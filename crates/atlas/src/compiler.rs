//! Asks the compiler: one program to be run, one to be refused.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde::Deserialize;

use crate::Error;
use crate::marker::Trait;
use crate::question::{Question, demands, probes};

/// What the compiler said of all questions.
#[derive(Debug)]
pub struct Answers {
    /// Its version and its host, as `rustc -vV` gives them.
    pub version: String,
    /// The host's target triple.
    pub host: String,
    /// The version of crossbeam that was asked about.
    pub crossbeam: String,
    /// For each question, its answer.
    pub answers: Vec<Answer>,
}

/// What the compiler said of one question.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Whether the type is `Send`.
    pub send: bool,
    /// Whether it is `Sync`.
    pub sync: bool,
    /// What the compiler calls it, with the crate that it is defined in.
    pub name: String,
    /// For each trait that it lacks: the messages of the rejection, the error first.
    pub said: BTreeMap<Trait, Vec<String>>,
}

impl Answer {
    /// Whether the type has the trait.
    pub fn has(&self, which: Trait) -> bool {
        match which {
            Trait::Send => self.send,
            Trait::Sync => self.sync,
        }
    }
}

/// Asks the compiler of the repository at `root`.
///
/// # Errors
///
/// If it can't be run, if the types don't compile, or if the two ways to ask disagree.
pub fn ask(root: &Path, prelude: &str, questions: &[Question]) -> Result<Answers, Error> {
    let folder = tempfile::tempdir().map_err(Error::file(&std::env::temp_dir()))?;
    let crossbeam = Crossbeam::build(root)?;
    let rustc = Rustc {
        root,
        folder: folder.path(),
        crossbeam: &crossbeam,
    };
    let mut answers = rustc.run_probes(prelude, questions)?;
    let said = rustc.refuse_demands(prelude, questions)?;
    for (number, mut said) in said {
        let (question, which) = (number / 2, Trait::ALL[number % 2]);
        let answer = &mut answers[question];
        if answer.has(which) {
            return Err(Error::Disagreement {
                about: questions[question].about.clone(),
                cause: format!(
                    "the probe says that it is {which}, the bound: {}",
                    said.remove(0)
                ),
            });
        }
        answer.said.insert(which, said);
    }
    for (question, answer) in questions.iter().zip(&answers) {
        for which in Trait::ALL {
            if !answer.has(which) && !answer.said.contains_key(&which) {
                return Err(Error::Disagreement {
                    about: question.about.clone(),
                    cause: format!("the probe says that it isn't {which}, the bound holds"),
                });
            }
        }
    }
    let identity = rustc.identity()?;
    let line = |start: &str| {
        let found = identity.lines().find_map(|line| line.strip_prefix(start));
        found.unwrap_or_default().to_owned()
    };
    Ok(Answers {
        version: identity.lines().next().unwrap_or_default().to_owned(),
        host: line("host: "),
        crossbeam: crossbeam.version,
        answers,
    })
}

struct Rustc<'a> {
    /// Where rustc is started, so that a `rust-toolchain.toml` there counts.
    root: &'a Path,
    folder: &'a Path,
    crossbeam: &'a Crossbeam,
}

impl Rustc<'_> {
    fn command(&self) -> Command {
        let mut command = Command::new(std::env::var_os("RUSTC").unwrap_or("rustc".into()));
        command.current_dir(self.root);
        command
    }

    fn identity(&self) -> Result<String, Error> {
        let output = output(self.command().arg("-vV"))?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn compile(&self, name: &str, text: &str) -> Result<(Command, PathBuf), Error> {
        let source = self.folder.join(format!("{name}.rs"));
        fs::write(&source, text).map_err(Error::file(&source))?;
        let program = self
            .folder
            .join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        let mut command = self.command();
        command
            .args(["--edition=2024", "--crate-type=bin", "-Cdebuginfo=0", "-o"])
            .args([&program, &source])
            .args(self.crossbeam.flags());
        Ok((command, program))
    }

    fn run_probes(&self, prelude: &str, questions: &[Question]) -> Result<Vec<Answer>, Error> {
        let (mut command, program) = self.compile("probes", &probes(prelude, questions))?;
        let compiled = output(&mut command)?;
        if !compiled.status.success() {
            return Err(Error::Compiler(
                String::from_utf8_lossy(&compiled.stderr).into_owned(),
            ));
        }
        let ran = output(&mut Command::new(program))?;
        let text = String::from_utf8_lossy(&ran.stdout);
        let answers: Option<Vec<Answer>> = text.lines().map(Answer::read).collect();
        answers
            .filter(|answers| ran.status.success() && answers.len() == questions.len())
            .ok_or_else(|| Error::Compiler("the program of probes doesn't answer".to_owned()))
    }

    /// By the number of the demand: what was said when it was refused.
    fn refuse_demands(
        &self,
        prelude: &str,
        questions: &[Question],
    ) -> Result<BTreeMap<usize, Vec<String>>, Error> {
        let (text, first) = demands(prelude, questions);
        let (mut command, _) = self.compile("demands", &text)?;
        // Verbose: no type's name is shortened, no step on the way to a field left out.
        command.args(["--error-format=json", "--emit=metadata", "--verbose"]);
        let stderr = output(&mut command)?.stderr;
        let mut refused = BTreeMap::new();
        for line in String::from_utf8_lossy(&stderr).lines() {
            let Ok(diagnostic) = serde_json::from_str::<Diagnostic>(line) else {
                return Err(Error::Compiler(line.to_owned()));
            };
            let primary = diagnostic.spans.iter().find(|span| span.is_primary);
            let demand = primary.and_then(|span| span.line_start.checked_sub(first));
            match (diagnostic.level.as_str(), demand) {
                ("error", Some(demand)) if diagnostic.has_code("E0277") => {
                    let messages = diagnostic.children.into_iter().map(|child| child.message);
                    let said = [diagnostic.message].into_iter().chain(messages).collect();
                    refused.insert(demand, said);
                }
                ("error", None) if diagnostic.message.starts_with("aborting due to") => {}
                ("error", _) => return Err(Error::Compiler(diagnostic.message)),
                _ => {}
            }
        }
        Ok(refused)
    }
}

impl Answer {
    /// Reads a line of the program of probes: `true false alloc::vec::Vec<T>`.
    fn read(line: &str) -> Option<Answer> {
        let mut words = line.splitn(3, ' ');
        let mut truth = || words.next()?.parse().ok();
        Some(Answer {
            send: truth()?,
            sync: truth()?,
            name: words.next()?.to_owned(),
            said: BTreeMap::new(),
        })
    }
}

#[derive(Deserialize)]
struct Diagnostic {
    message: String,
    level: String,
    code: Option<Code>,
    spans: Vec<Span>,
    children: Vec<Child>,
}

impl Diagnostic {
    fn has_code(&self, code: &str) -> bool {
        self.code.as_ref().is_some_and(|had| had.code == code)
    }
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

#[derive(Deserialize)]
struct Span {
    is_primary: bool,
    line_start: usize,
}

#[derive(Deserialize)]
struct Child {
    message: String,
}

/// crossbeam, built by cargo as the workspace's lock file has it.
struct Crossbeam {
    library: PathBuf,
    version: String,
}

#[derive(Deserialize)]
struct Built {
    package_id: Option<String>,
    #[serde(default)]
    filenames: Vec<PathBuf>,
    target: Option<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

impl Crossbeam {
    fn build(root: &Path) -> Result<Crossbeam, Error> {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
        command.current_dir(root).args([
            "build",
            "--quiet",
            "--locked",
            "--package=crossbeam",
            "--message-format=json",
        ]);
        let built = output(&mut command)?;
        let text = String::from_utf8_lossy(&built.stdout);
        let ours = text
            .lines()
            .filter_map(|line| serde_json::from_str::<Built>(line).ok())
            .find(|built| {
                built
                    .target
                    .as_ref()
                    .is_some_and(|it| it.name == "crossbeam")
            });
        let found = ours.and_then(|built| {
            let is_library = |file: &&PathBuf| file.extension().is_some_and(|end| end == "rlib");
            Some(Crossbeam {
                library: built.filenames.iter().find(is_library)?.clone(),
                version: built.package_id?.rsplit(['@', '#']).next()?.to_owned(),
            })
        });
        found.ok_or_else(|| Error::Compiler(String::from_utf8_lossy(&built.stderr).into_owned()))
    }

    fn flags(&self) -> [OsString; 4] {
        let mut library = OsString::from("crossbeam=");
        library.push(&self.library);
        // What is built by name lies above the folder of all the others.
        let folder = self.library.parent().unwrap_or(Path::new("."));
        let mut dependencies = OsString::from("dependency=");
        dependencies.push(match folder.join("deps") {
            deps if deps.is_dir() => deps,
            _ => folder.to_owned(),
        });
        ["--extern".into(), library, "-L".into(), dependencies]
    }
}

fn output(command: &mut Command) -> Result<Output, Error> {
    let said = command.output();
    said.map_err(|error| {
        Error::Compiler(format!(
            "{}: {error}",
            command.get_program().to_string_lossy()
        ))
    })
}
