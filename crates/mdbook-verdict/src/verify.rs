//! Checks a book: each block is compiled, run and compared with what it promises.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use regex::Regex;

use crate::bless::{self, Edit};
use crate::blocks::{Block, ResultBlock};
use crate::book::{Book, Page};
use crate::compile::{self, CompileError, Compiled, Depth, MISSING_CRATE, Toolchain};
use crate::config::Config;
use crate::dependencies::Dependencies;
use crate::error::Error;
use crate::fence::{self, Evidence, ResultFence};
use crate::finding::{Finding, Level, Rule};
use crate::plan::{Promise, listed};
use crate::report::Reporter;
use crate::run::{self, Ran};
use crate::source::Location;

/// What to check, and how.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Only blocks whose name (`src/chapter.md:12`) matches.
    pub filter: Option<Regex>,
    /// How many blocks are worked on at once; by default as many as there are cores.
    pub jobs: Option<usize>,
    /// The time limit of a run, instead of the book's.
    pub timeout: Option<Duration>,
    /// Write what came into result fences that hold something else.
    pub bless: bool,
}

/// How a block or a result fence came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It holds.
    Pass,
    /// It doesn't.
    Fail,
    /// Its run had to be stopped.
    Timeout,
    /// It says `ignore`.
    Ignored,
}

impl Status {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Status::Pass => "pass",
            Status::Fail => "fail",
            Status::Timeout => "timeout",
            Status::Ignored => "ignored",
        }
    }
}

/// The verdict on a block, a result fence, an include or a chapter.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// `block`, `chapter`, or the kind of the fence.
    pub kind: String,
    /// The block's name: file and line.
    pub name: String,
    /// Where it stands.
    pub location: Location,
    /// How it came out.
    pub status: Status,
    /// What is wrong with it; warnings among them.
    pub findings: Vec<Finding>,
    /// The error codes that the compiler gave.
    pub codes: BTreeSet<String>,
    /// How long it took.
    pub took: Duration,
    /// Its text was written anew.
    pub blessed: bool,
}

/// The counts of a check.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Blocks and result fences that hold.
    pub passed: usize,
    /// Blocks, result fences, includes and chapters that don't.
    pub failed: usize,
    /// Blocks that say `ignore`.
    pub ignored: usize,
    /// Result fences that were written anew.
    pub blessed: usize,
    /// Warnings.
    pub warnings: usize,
    /// What there was to check.
    pub counts: Counts,
}

/// What a book holds, by promise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rust blocks, all in all.
    pub blocks: usize,
    /// Blocks that are run.
    pub run: usize,
    /// Blocks that are only compiled.
    pub compiled: usize,
    /// Blocks that must be rejected.
    pub rejected: usize,
    /// Result fences that were checked, by kind.
    pub fences: std::collections::BTreeMap<String, usize>,
}

impl Summary {
    /// Whether every promise holds.
    pub fn holds(&self) -> bool {
        self.failed == 0
    }

    fn add(&mut self, verdict: &Verdict) {
        match verdict.status {
            Status::Pass => self.passed += 1,
            Status::Fail | Status::Timeout => self.failed += 1,
            Status::Ignored => self.ignored += 1,
        }
        self.blessed += usize::from(verdict.blessed);
        self.warnings += verdict.findings.iter().filter(|f| f.warning).count();
    }
}

impl Counts {
    /// Counts what stands on the pages; only fences of these kinds are counted.
    pub fn of(pages: &[Page], kinds: &[&str]) -> Counts {
        let mut counts = Counts::default();
        for block in pages.iter().flat_map(|page| &page.blocks.blocks) {
            counts.blocks += 1;
            match Promise::of(block) {
                Promise::Runs | Promise::Panics => counts.run += 1,
                Promise::Compiles => counts.compiled += 1,
                Promise::Rejected(_) => counts.rejected += 1,
                Promise::Ignored => {}
            }
            for fence in &block.fences {
                if kinds.contains(&fence.tag.kind.as_str()) {
                    *counts.fences.entry(fence.tag.kind.clone()).or_default() += 1;
                }
            }
        }
        counts
    }
}

/// All that is needed to judge a block.
pub struct Verifier {
    toolchain: Toolchain,
    dependencies: Dependencies,
    config: Config,
    fences: Vec<Box<dyn ResultFence>>,
    timeout: Duration,
    bless: bool,
}

impl Verifier {
    /// Finds the compiler and builds the crates that the book's blocks may name.
    ///
    /// # Errors
    ///
    /// If there is no compiler, or the dependencies don't build.
    pub fn new(root: &Path, config: &Config, options: &Options) -> Result<Verifier, Error> {
        let toolchain = Toolchain::find(root).map_err(Error::Toolchain)?;
        let dependencies = match &config.manifest {
            Some(manifest) => Dependencies::build(&root.join(manifest))?,
            None => Dependencies::default(),
        };
        Ok(Verifier {
            toolchain,
            dependencies,
            config: config.clone(),
            fences: fence::builtin(),
            timeout: options.timeout.unwrap_or(config.timeout),
            bless: options.bless,
        })
    }

    /// Adds a kind of result fence.
    #[must_use]
    pub fn with_fence(mut self, fence: Box<dyn ResultFence>) -> Self {
        self.fences.push(fence);
        self
    }

    /// The compiler.
    pub fn toolchain(&self) -> &Toolchain {
        &self.toolchain
    }

    /// The crates that blocks may name.
    pub fn dependencies(&self) -> &Dependencies {
        &self.dependencies
    }

    /// The kinds of result fence that are checked.
    pub fn kinds(&self) -> Vec<&str> {
        self.fences.iter().map(|fence| fence.kind()).collect()
    }

    /// Checks a book's blocks and reports on each in reading order.
    ///
    /// # Errors
    ///
    /// If a block can't be given to the compiler or its program can't be started, or a fence
    /// can't be written. Promises that don't hold are no errors: they are in the summary.
    pub fn check(
        &self,
        book: &Book,
        options: &Options,
        reporter: &mut dyn Reporter,
    ) -> Result<Summary, Error> {
        let pages = book.pages(&self.toolchain.host);
        let mut summary = Summary {
            counts: Counts::of(&pages, &self.kinds()),
            ..Summary::default()
        };
        let wanted = |block: &&Block| match &options.filter {
            Some(filter) => filter.is_match(&block.name),
            None => true,
        };
        let jobs: Vec<(&Page, &Block)> = pages
            .iter()
            .flat_map(|page| page.blocks.blocks.iter().map(move |block| (page, block)))
            .filter(|(_, block)| wanted(block))
            .collect();
        reporter.started(jobs.len());
        if options.filter.is_none() {
            for verdict in self.faults(book, &pages) {
                summary.add(&verdict);
                reporter.verdict(&verdict);
            }
        }
        let mut edits = Vec::new();
        let results = self.judge_all(&jobs, options, |judged| {
            for verdict in judged.verdicts {
                summary.add(&verdict);
                reporter.verdict(&verdict);
            }
            edits.extend(judged.edits);
        });
        results?;
        bless::apply(edits)?;
        reporter.finished(&summary);
        Ok(summary)
    }

    /// The names of the blocks that should compile, but don't without the book's dependencies.
    ///
    /// # Errors
    ///
    /// If a block can't be given to the compiler.
    pub fn outside(&self, book: &Book) -> Result<BTreeSet<String>, Error> {
        let names: Vec<_> = self.dependencies.names().map(regex::escape).collect();
        if names.is_empty() {
            return Ok(BTreeSet::new());
        }
        let named = Regex::new(&format!(r"\b(?:{})\b", names.join("|"))).expect("a valid regex");
        let mut outside = BTreeSet::new();
        for page in book.pages(&self.toolchain.host) {
            for block in page.blocks.blocks {
                let should_compile =
                    !matches!(Promise::of(&block), Promise::Ignored | Promise::Rejected(_));
                if should_compile && named.is_match(&block.code) && self.is_outside(&block)? {
                    outside.insert(block.name);
                }
            }
        }
        Ok(outside)
    }

    fn is_outside(&self, block: &Block) -> Result<bool, Error> {
        let cannot = |cause: std::io::Error| Error::Block {
            name: block.name.clone(),
            cause: cause.to_string(),
        };
        let folder = tempfile::tempdir().map_err(cannot)?;
        let none = Dependencies::default();
        let compiled = compile::compile(block, Depth::Check, &self.toolchain, &none, folder.path());
        Ok(missing_crate(&compiled.map_err(cannot)?.codes()))
    }

    /// What is wrong before any block is compiled.
    fn faults(&self, book: &Book, pages: &[Page]) -> Vec<Verdict> {
        let missing = book.faults.iter().map(|f| ("chapter", f.clone()));
        let includes = pages
            .iter()
            .flat_map(|page| &page.expanded.faults)
            .map(|f| ("include", f.clone()));
        let strays = pages
            .iter()
            .flat_map(|page| &page.blocks.strays)
            .filter_map(|stray| {
                let fence = self.fence(stray)?;
                let finding = Finding::new(
                    fence.rule(),
                    stray.location.clone(),
                    format!("what comes of a block (`{}`)", stray.tag.written()),
                    "there is no Rust block before it in this chapter",
                );
                Some((fence.kind(), finding))
            });
        missing
            .chain(includes)
            .chain(strays)
            .filter_map(|(kind, finding)| {
                let findings = self.levelled(vec![finding]);
                let location = findings.first()?.location.clone();
                Some(Verdict {
                    kind: kind.to_owned(),
                    name: format!("{}:{}", location.shown_file(), location.line),
                    status: status(&findings),
                    location,
                    findings,
                    codes: BTreeSet::new(),
                    took: Duration::ZERO,
                    blessed: false,
                })
            })
            .collect()
    }

    /// Judges blocks on several threads; `done` gets the verdicts in order.
    fn judge_all(
        &self,
        jobs: &[(&Page, &Block)],
        options: &Options,
        mut done: impl FnMut(Judged),
    ) -> Result<(), Error> {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let workers = options.jobs.unwrap_or(cores).clamp(1, jobs.len().max(1));
        let next = AtomicUsize::new(0);
        let (sender, judged) = mpsc::channel();
        thread::scope(|scope| {
            for _ in 0..workers {
                let (sender, next) = (sender.clone(), &next);
                scope.spawn(move || {
                    loop {
                        let index = next.fetch_add(1, Ordering::Relaxed);
                        let Some((page, block)) = jobs.get(index) else {
                            return;
                        };
                        let judged = self.judge(block, &page.expanded.faults);
                        if sender.send((index, judged)).is_err() {
                            return;
                        }
                    }
                });
            }
            drop(sender);
            let mut waiting: Vec<Option<Judged>> = Vec::new();
            waiting.resize_with(jobs.len(), || None);
            let mut reported = 0;
            for (index, judged) in judged {
                waiting[index] = Some(judged?);
                while let Some(judged) = waiting.get_mut(reported).and_then(Option::take) {
                    done(judged);
                    reported += 1;
                }
            }
            Ok(())
        })
    }

    /// Judges one block and its result fences.
    ///
    /// # Errors
    ///
    /// If it can't be given to the compiler, or its program can't be started.
    pub fn judge(&self, block: &Block, faults: &[Finding]) -> Result<Judged, Error> {
        let started = Instant::now();
        let promise = Promise::of(block);
        if faults.iter().any(|fault| stands_in(fault, block)) {
            // Reported where it stands; what is left of the block means nothing.
            return Ok(Judged::default());
        }
        if promise == Promise::Ignored {
            let verdict = self.verdict("block", block, Status::Ignored, Vec::new(), started);
            let evidence = None;
            return Ok(self.with_fences(verdict, block, evidence));
        }
        let (compiled, ran) = self
            .find_out(block, &promise)
            .map_err(|cause| Error::Block {
                name: block.name.clone(),
                cause: cause.to_string(),
            })?;
        if let Compiled::Broken(said) = &compiled {
            return Err(Error::Block {
                name: block.name.clone(),
                cause: format!("rustc broke down:\n{said}"),
            });
        }
        let findings = self.levelled(self.judge_block(block, &promise, &compiled, ran.as_ref()));
        let mut status = status(&findings);
        let timed_out = ran.as_ref().is_some_and(|ran| ran.timed_out.is_some())
            || matches!(compiled, Compiled::TimedOut(_));
        if timed_out && status == Status::Fail {
            status = Status::Timeout;
        }
        let mut verdict = self.verdict("block", block, status, findings, started);
        verdict.codes = compiled.codes();
        let evidence = Evidence {
            block,
            compiled: &compiled,
            ran: ran.as_ref(),
        };
        Ok(self.with_fences(verdict, block, Some(evidence)))
    }

    /// Compiles a block as far as its promise needs, and runs it if it should run.
    fn find_out(
        &self,
        block: &Block,
        promise: &Promise,
    ) -> std::io::Result<(Compiled, Option<Ran>)> {
        let folder = tempfile::tempdir()?;
        let compile = |depth| {
            compile::compile(
                block,
                depth,
                &self.toolchain,
                &self.dependencies,
                folder.path(),
            )
        };
        match promise {
            Promise::Ignored => Ok((Compiled::Accepted(None), None)),
            Promise::Compiles => Ok((compile(Depth::Check)?, None)),
            // Some errors only come with code generation: a block isn't called accepted before.
            Promise::Rejected(_) => match compile(Depth::Check)? {
                Compiled::Accepted(_) => Ok((compile(Depth::Build)?, None)),
                compiled => Ok((compiled, None)),
            },
            Promise::Runs | Promise::Panics => match compile(Depth::Build)? {
                Compiled::Accepted(Some(binary)) => {
                    let ran = run::run(&binary, self.timeout)?;
                    Ok((Compiled::Accepted(Some(binary)), Some(ran)))
                }
                compiled => Ok((compiled, None)),
            },
        }
    }

    fn judge_block(
        &self,
        block: &Block,
        promise: &Promise,
        compiled: &Compiled,
        ran: Option<&Ran>,
    ) -> Vec<Finding> {
        let find =
            |rule, came: String| Finding::new(rule, block.location.clone(), promise.words(), came);
        let mut findings = unknown_tags(block);
        match (compiled, promise) {
            (Compiled::TimedOut(time), _) => findings.push(find(
                Rule::Timeout,
                format!("the compiler was still at work after {}", seconds(*time)),
            )),
            (Compiled::Broken(_), _) => {}
            (Compiled::Accepted(_), Promise::Rejected(_)) => {
                findings.push(find(Rule::Compiles, "it compiles".to_owned()));
            }
            (Compiled::Rejected(errors), Promise::Rejected(named)) => {
                findings.extend(judge_rejection(block, named, errors, &compiled.codes()));
            }
            (Compiled::Rejected(errors), _) => {
                let rule = match missing_crate(&compiled.codes()) {
                    true => Rule::MissingCrate,
                    false => Rule::Compiles,
                };
                let came = format!("the compiler rejects it with {}", produced(errors));
                findings.push(find(rule, came).with_detail(rendered(block, errors)));
            }
            (Compiled::Accepted(_), _) => {
                if let Some(ran) = ran {
                    findings.extend(judge_run(promise, ran, find));
                }
            }
        }
        findings
    }

    fn with_fences(
        &self,
        verdict: Verdict,
        block: &Block,
        evidence: Option<Evidence<'_>>,
    ) -> Judged {
        let mut judged = Judged {
            edits: Vec::new(),
            verdicts: Vec::new(),
        };
        let block_holds = verdict.status == Status::Pass;
        judged.verdicts.push(verdict);
        for result in &block.fences {
            let Some(fence) = self.fence(result) else {
                continue;
            };
            let started = Instant::now();
            let actual = match &evidence {
                Some(evidence) => fence.actual(&result.tag.arguments, evidence),
                None => Err("the block before it is ignored".to_owned()),
            };
            let holds = |actual: &str| fence.holds(&result.tag.arguments, &result.text, actual);
            let finding = match &actual {
                Ok(actual) if holds(actual) => None,
                Ok(actual) => Some(differs(fence, result, actual)),
                Err(cause) => Some(Finding::new(
                    fence.rule(),
                    result.location.clone(),
                    format!("what comes of the block at {}", block.name),
                    cause,
                )),
            };
            let mut findings = self.levelled(finding.into_iter().collect());
            let mut blessed = false;
            if let (true, true, Ok(actual), Some(finding)) =
                (self.bless, block_holds, &actual, findings.first_mut())
            {
                match Edit::new(result, actual) {
                    Ok(edit) => {
                        judged.edits.push(edit);
                        findings.clear();
                        blessed = true;
                    }
                    Err(cause) => finding.came = format!("it can't be blessed: {cause}"),
                }
            }
            let mut verdict =
                self.verdict(fence.kind(), block, status(&findings), findings, started);
            verdict.location = result.location.clone();
            verdict.blessed = blessed;
            judged.verdicts.push(verdict);
        }
        judged
    }

    fn fence(&self, result: &ResultBlock) -> Option<&dyn ResultFence> {
        let found = self
            .fences
            .iter()
            .find(|fence| fence.kind() == result.tag.kind);
        found.map(Box::as_ref)
    }

    /// Drops findings whose rule is off, and marks those that only warn.
    fn levelled(&self, findings: Vec<Finding>) -> Vec<Finding> {
        findings
            .into_iter()
            .filter_map(|mut finding| {
                let level = self.config.level(finding.rule);
                finding.warning = level == Level::Warn;
                (level != Level::Off).then_some(finding)
            })
            .collect()
    }

    fn verdict(
        &self,
        kind: &str,
        block: &Block,
        status: Status,
        findings: Vec<Finding>,
        started: Instant,
    ) -> Verdict {
        Verdict {
            kind: kind.to_owned(),
            name: block.name.clone(),
            location: block.location.clone(),
            status,
            findings,
            codes: BTreeSet::new(),
            took: started.elapsed(),
            blessed: false,
        }
    }
}

/// A block's verdict, those of its result fences, and what bless would write.
#[derive(Debug, Default)]
pub struct Judged {
    /// The block's verdict first.
    pub verdicts: Vec<Verdict>,
    /// Fences to be written anew.
    pub edits: Vec<Edit>,
}

fn status(findings: &[Finding]) -> Status {
    match findings.iter().all(|finding| finding.warning) {
        true => Status::Pass,
        false => Status::Fail,
    }
}

fn stands_in(fault: &Finding, block: &Block) -> bool {
    let same =
        |place: &Location| place.file == fault.location.file && place.line == fault.location.line;
    fault.rule == Rule::MissingInclude && block.origins.iter().any(same)
}

/// Tags that rustdoc doesn't know but that look like ones it does: it runs such a block as any other.
fn unknown_tags(block: &Block) -> Vec<Finding> {
    const KNOWN: [&str; 5] = [
        "compile_fail",
        "should_panic",
        "no_run",
        "ignore",
        "test_harness",
    ];
    let known = |tag: &String| {
        let plain = tag.to_lowercase().replace('-', "_");
        KNOWN.into_iter().find(|known| *known == plain)
    };
    let meant = block
        .tags
        .unknown
        .iter()
        .filter_map(|tag| Some((tag, known(tag)?)));
    meant
        .map(|(tag, meant)| {
            let promised = format!("`{tag}`, which rustdoc doesn't know");
            Finding::new(
                Rule::UnknownTag,
                block.location.clone(),
                promised,
                format!("the block is taken as if it weren't there; `{meant}` may be meant"),
            )
        })
        .collect()
}

fn judge_rejection(
    block: &Block,
    named: &BTreeSet<String>,
    errors: &[CompileError],
    codes: &BTreeSet<String>,
) -> Vec<Finding> {
    let promise = Promise::Rejected(named.clone());
    let find = |rule, came: String| {
        Finding::new(rule, block.location.clone(), promise.words(), came)
            .with_detail(rendered(block, errors))
    };
    let uncoded = errors.iter().any(|error| error.code.is_none());
    let unnamed: BTreeSet<String> = codes.difference(named).cloned().collect();
    if missing_crate(&unnamed) {
        let came = format!(
            "{}: a crate or an item may just be missing",
            listed(&unnamed)
        );
        return vec![find(Rule::MissingCrate, came)];
    }
    if named.is_empty() {
        let shown = block
            .fences
            .iter()
            .any(|fence| fence.tag.kind == "diagnostic");
        return match (codes.is_empty(), shown) {
            (true, true) => Vec::new(),
            (true, false) => vec![find(
                Rule::UncodedRejection,
                "an error without a code, and no `text,diagnostic` fence that shows it".to_owned(),
            )],
            (false, _) => vec![find(
                Rule::UncodedRejection,
                format!("{}, which the block doesn't name", listed(codes)),
            )],
        };
    }
    match codes == named && !uncoded {
        true => Vec::new(),
        false => vec![find(Rule::ExactCodes, produced(errors))],
    }
}

fn missing_crate(codes: &BTreeSet<String>) -> bool {
    codes
        .iter()
        .any(|code| MISSING_CRATE.contains(&code.as_str()))
}

/// The codes that came, in words, errors without a code among them.
fn produced(errors: &[CompileError]) -> String {
    let codes: BTreeSet<String> = errors
        .iter()
        .filter_map(|error| error.code.clone())
        .collect();
    match (
        codes.is_empty(),
        errors.iter().find(|error| error.code.is_none()),
    ) {
        (false, None) => listed(&codes),
        (true, Some(error)) => format!("an error without a code: {}", error.message),
        (_, error) => {
            let message = error.map_or("", |error| &error.message);
            format!("{}, and an error without a code: {message}", listed(&codes))
        }
    }
}

/// The compiler's messages, with the places in the Markdown (or an included file) that they speak of.
fn rendered(block: &Block, errors: &[CompileError]) -> String {
    let file = regex::escape(&block.shown_file());
    let place = Regex::new(&format!(r"{file}:(\d+):(\d+)")).expect("a valid regex");
    let texts = errors.iter().map(|error| error.rendered.trim_end());
    let text = texts.collect::<Vec<_>>().join("\n\n");
    place
        .replace_all(&text, |found: &regex::Captures<'_>| {
            let line = found[1].parse::<usize>().unwrap_or(0);
            match block.origins.get(line.wrapping_sub(1)) {
                Some(origin) => format!("{}:{}:{}", origin.shown_file(), origin.line, &found[2]),
                None => found[0].to_owned(),
            }
        })
        .into_owned()
}

fn judge_run(
    promise: &Promise,
    ran: &Ran,
    find: impl Fn(Rule, String) -> Finding,
) -> Option<Finding> {
    if let Some(limit) = ran.timed_out {
        let came = format!("it was still running after {}", seconds(limit));
        return Some(find(Rule::Timeout, came));
    }
    if let Some(limit) = ran.too_much {
        let came = format!("it wrote more than {limit} bytes and was stopped");
        return Some(find(Rule::Runs, came));
    }
    match (promise, ran.success) {
        (Promise::Panics, true) => Some(find(Rule::Runs, "it ended without a panic".to_owned())),
        (Promise::Runs, false) => {
            let finding = find(Rule::Runs, format!("it ended with {}", ran.status));
            Some(finding.with_detail(format!("{}{}", ran.stdout, ran.stderr)))
        }
        _ => None,
    }
}

fn seconds(time: Duration) -> String {
    format!("{} s", time.as_secs_f64())
}

fn differs(fence: &dyn ResultFence, result: &ResultBlock, actual: &str) -> Finding {
    let promised = match result.text.is_empty() {
        true => "nothing yet: the fence is empty".to_owned(),
        false => format!("this {}:\n{}", fence.kind(), result.text),
    };
    Finding::new(
        fence.rule(),
        result.location.clone(),
        promised,
        format!("another {}", fence.kind()),
    )
    .with_detail(actual)
}
