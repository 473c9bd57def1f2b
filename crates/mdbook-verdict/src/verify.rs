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
use crate::compile::{self, Compiled, Depth, Toolchain};
use crate::config::Config;
use crate::dependencies::Dependencies;
use crate::error::Error;
use crate::fence::{self, Evidence, ResultFence};
use crate::finding::{Finding, Level, Rule};
use crate::judge;
use crate::plan::Promise;
use crate::report::Reporter;
use crate::run::{self, Ran};
use crate::source::Location;
use crate::summary::{Counts, Status, Summary, Verdict};

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
        let wanted = |block: &&Block| match &options.filter {
            Some(filter) => filter.is_match(&block.name),
            None => true,
        };
        let jobs: Vec<(&Page, &Block)> = pages
            .iter()
            .flat_map(|page| page.blocks.blocks.iter().map(move |block| (page, block)))
            .filter(|(_, block)| wanted(block))
            .collect();
        let mut summary = Summary {
            counts: Counts::of_blocks(jobs.iter().map(|(_, block)| *block), &self.kinds()),
            ..Summary::default()
        };
        reporter.started(jobs.len());
        for verdict in self.faults(book, &pages) {
            let of_a_block = |fault: &Finding| jobs.iter().any(|(_, b)| stands_in(fault, b));
            let wanted = match &options.filter {
                Some(filter) => {
                    filter.is_match(&verdict.name) || verdict.findings.iter().any(of_a_block)
                }
                None => true,
            };
            if wanted {
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
        Ok(judge::missing_crate(&compiled.map_err(cannot)?.codes()))
    }

    /// What is wrong before any block is compiled.
    fn faults(&self, book: &Book, pages: &[Page]) -> Vec<Verdict> {
        let missing = book.faults.iter();
        let missing = missing.map(|f| ("chapter", Status::Ignored, f.clone()));
        let includes = pages
            .iter()
            .flat_map(|page| &page.expanded.faults)
            .map(|f| ("include", Status::Ignored, f.clone()));
        let strays = pages
            .iter()
            .flat_map(|page| &page.blocks.strays)
            .filter_map(|stray| {
                let fence = self.fence(stray)?;
                let finding = Finding::new(
                    fence.rule(),
                    stray.location.clone(),
                    format!("what comes of a block (`{}`)", stray.tag.written()),
                    "there is no Rust block before this fence in its chapter",
                );
                Some((fence.kind(), Status::Ignored, finding))
            });
        let untested =
            pages
                .iter()
                .flat_map(|page| &page.blocks.untested)
                .map(|(location, info)| {
                    let finding = Finding::new(
                        Rule::UnknownTag,
                        location.clone(),
                        format!("a block of Rust (`{info}`)"),
                        "rustdoc doesn't test a block with these tags, and nor is it tested here",
                    );
                    ("block", Status::NotRust, finding)
                });
        let all = missing.chain(includes).chain(strays).chain(untested);
        all.filter_map(|(kind, passed, finding)| {
            let findings = self.levelled(vec![finding]);
            let location = findings.first()?.location.clone();
            Some(Verdict {
                kind: kind.to_owned(),
                name: format!("{}:{}", location.shown_file(), location.line),
                status: match status(&findings) {
                    Status::Pass => passed,
                    failed => failed,
                },
                location,
                findings,
                codes: BTreeSet::new(),
                took: Duration::ZERO,
                blessed: false,
                blessable: false,
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
        let grave = self.config.level(Rule::MissingInclude) == Level::Error;
        if grave && faults.iter().any(|fault| stands_in(fault, block)) {
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
        let findings = self.levelled(judge::block(block, &promise, &compiled, ran.as_ref()));
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
            let (mut blessed, mut blessable) = (false, block_holds && actual.is_ok());
            if let (true, true, Ok(actual), Some(finding)) =
                (self.bless, block_holds, &actual, findings.first_mut())
            {
                match Edit::new(result, actual) {
                    Ok(edit) => {
                        judged.edits.push(edit);
                        findings.clear();
                        blessed = true;
                    }
                    Err(cause) => {
                        blessable = false;
                        finding.came = format!("{}, and can't be blessed: {cause}", finding.came);
                    }
                }
            }
            let mut verdict =
                self.verdict(fence.kind(), block, status(&findings), findings, started);
            verdict.location = result.location.clone();
            (verdict.blessed, verdict.blessable) = (blessed, blessable && !blessed);
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
            blessable: false,
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

fn differs(fence: &dyn ResultFence, result: &ResultBlock, actual: &str) -> Finding {
    let kind = fence.kind();
    let (promised, came) = match (result.text.is_empty(), actual.is_empty()) {
        (true, _) => (
            "nothing".to_owned(),
            format!("the {kind} fence is empty, but something came"),
        ),
        (false, true) => (
            format!("this {kind}:\n{}", result.text),
            format!("nothing came, but the {kind} fence has a text"),
        ),
        (false, false) => (
            format!("this {kind}:\n{}", result.text),
            format!("the {kind} differs from what the fence says"),
        ),
    };
    Finding::new(fence.rule(), result.location.clone(), promised, came).with_detail(actual)
}
