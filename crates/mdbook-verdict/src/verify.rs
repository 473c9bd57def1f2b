//! Checks a book: each block is compiled, run and compared with what it promises.

mod block;
mod crates;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use regex::Regex;

use crate::asm::Asm;
use crate::bless;
use crate::blocks::{Block, ResultBlock};
use crate::book::{Book, Page};
use crate::cache::Cache;
use crate::config::Config;
use crate::dependencies::Dependencies;
use crate::error::Error;
use crate::fence::{self, ResultFence};
use crate::finding::{Finding, Level, Rule};
use crate::leases::Leases;
use crate::partition::Partition;
use crate::quiz::{self, Question};
use crate::report::Reporter;
use crate::source::Location;
use crate::summary::{Counts, Status, Summary, Verdict};
use crate::tags;
use crate::toolchain::Toolchain;
use crate::workshop::{Found, Workshop};

pub use block::Judged;
use block::tested;

/// What to check, and how.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Only blocks whose name (`src/chapter.md:12`) matches.
    pub filter: Option<Regex>,
    /// Only this share of the blocks that are wanted.
    pub partition: Partition,
    /// How many blocks are worked on at once; by default as many as there are cores.
    pub jobs: Option<usize>,
    /// The time limit of a run, instead of the book's.
    pub timeout: Option<Duration>,
    /// Write what came into result fences that hold something else.
    pub bless: bool,
    /// Remember nothing, and use nothing that is remembered.
    pub no_cache: bool,
}

/// All that is needed to judge a block.
pub struct Verifier {
    toolchain: Toolchain,
    dependencies: Dependencies,
    cache: Arc<Cache>,
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
        let cache = match options.no_cache {
            true => Cache::none(),
            false => Cache::of_book(root, config.cache.as_deref()),
        };
        let cache = Arc::new(cache);
        let toolchain = Toolchain::remembered(root, &cache).map_err(Error::Toolchain)?;
        let dependencies = match &config.manifest {
            Some(manifest) => Dependencies::build(&root.join(manifest), &toolchain, &cache)?,
            None => Dependencies::default(),
        };
        let mut fences = fence::builtin();
        let leases = Leases::new(toolchain.clone(), dependencies.clone(), cache.clone());
        fences.push(Box::new(leases));
        let asm = Asm::new(toolchain.clone(), dependencies.clone(), cache.clone());
        fences.push(Box::new(asm));
        Ok(Verifier {
            toolchain,
            dependencies,
            cache,
            config: config.clone(),
            fences,
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

    /// What is remembered from run to run; a kind of result fence may remember things there too.
    pub fn cache(&self) -> &Arc<Cache> {
        &self.cache
    }

    /// The kinds of result fence that are checked.
    pub fn kinds(&self) -> Vec<&str> {
        let kinds = self.fences.iter().map(|fence| fence.kind());
        kinds.chain([quiz::KIND]).collect()
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
        let all: Vec<(&Page, &Block)> = pages
            .iter()
            .flat_map(|page| page.blocks.blocks.iter().map(move |block| (page, block)))
            .filter(|(_, block)| wanted(block))
            .collect();
        let jobs: Vec<_> = options.partition.of(all.iter().copied()).collect();
        let mut summary = Summary {
            counts: Counts::of_blocks(jobs.iter().map(|(_, block)| *block), &self.kinds()),
            ..Summary::default()
        };
        reporter.started(jobs.len());
        let faults = match options.partition.is_first() {
            true => self.faults(book, &pages),
            false => Vec::new(),
        };
        for verdict in faults {
            let of_a_block = |fault: &Finding| all.iter().any(|(_, b)| stands_in(fault, b));
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

    /// Finds out the answers of a book's quizzes, by the names of their blocks: no other block is
    /// compiled or run.
    ///
    /// # Errors
    ///
    /// As [`check`](Verifier::check); and if a quiz, or a block with one, doesn't hold, which the
    /// reporter is told.
    pub fn questions(
        &self,
        book: &Book,
        reporter: &mut dyn Reporter,
    ) -> Result<BTreeMap<String, Question>, Error> {
        let pages = book.pages(&self.toolchain.host);
        let jobs: Vec<(&Page, &Block)> = pages
            .iter()
            .flat_map(|page| page.blocks.blocks.iter().map(move |block| (page, block)))
            .filter(|(_, block)| quiz::is_asked(block))
            .collect();
        let mut verdicts = self.faults(book, &pages);
        verdicts.retain(|verdict| verdict.kind == quiz::KIND);
        let mut questions = BTreeMap::new();
        self.judge_all(&jobs, &Options::default(), |judged| {
            let name = judged.verdicts.first().map(|verdict| verdict.name.clone());
            questions.extend(name.zip(judged.question));
            verdicts.extend(judged.verdicts);
        })?;
        let mut summary = Summary {
            counts: Counts::of_blocks(jobs.iter().map(|(_, block)| *block), &self.kinds()),
            ..Summary::default()
        };
        verdicts.iter().for_each(|verdict| summary.add(verdict));
        if summary.holds() {
            return Ok(questions);
        }
        reporter.started(jobs.len());
        verdicts
            .iter()
            .for_each(|verdict| reporter.verdict(verdict));
        reporter.finished(&summary);
        Err(Error::Refuted(summary.failed))
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
                if stray.tag.kind == quiz::KIND {
                    return Some((quiz::KIND, Status::Ignored, quiz::stray(stray)));
                }
                let fence = self.fence(stray)?;
                let finding = Finding::new(
                    fence.rule(),
                    stray.location.clone(),
                    format!("what comes of a block (`{}`)", stray.tag.written()),
                    "there is no Rust block before this fence in its chapter",
                );
                Some((fence.kind(), Status::Ignored, finding))
            });
        let untested = pages
            .iter()
            .flat_map(|page| &page.blocks.untested)
            .filter_map(|(location, info)| {
                let lost = tags::lost(info)?;
                let promised = format!("{} (`{info}`)", lost.seems);
                let finding = Finding::new(Rule::UnknownTag, location.clone(), promised, lost.why);
                Some(("block", Status::NotRust, finding))
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
        let threads = options.jobs.unwrap_or(cores).clamp(1, jobs.len().max(1));
        let mut waiting: Vec<Option<Judged>> = Vec::new();
        let mut needed = Vec::new();
        for (job, (page, block)) in jobs.iter().enumerate() {
            let needless = self.needless(block, &page.expanded.faults);
            if needless.is_none() {
                needed.push(job);
            }
            waiting.push(needless);
        }
        let tested: Vec<Cow<'_, Block>> = needed.iter().map(|job| tested(jobs[*job].1)).collect();
        let blocks: Vec<&Block> = tested.iter().map(Cow::as_ref).collect();
        let (sender, judged) = mpsc::channel();
        thread::scope(|scope| {
            let worker = scope.spawn(|| {
                // Moved in, so that the channel ends with the work.
                let sender = sender;
                let settle = |number: usize, found: io::Result<Found>| {
                    let judged = self.settle(jobs[needed[number]].1, found);
                    // Nobody listens any more once a block couldn't be judged.
                    let _ = sender.send((needed[number], judged));
                };
                self.workshop().all(&blocks, threads, &settle)
            });
            let mut next = 0;
            let mut report = |waiting: &mut Vec<Option<Judged>>| {
                while let Some(judged) = waiting.get_mut(next).and_then(Option::take) {
                    done(judged);
                    next += 1;
                }
            };
            report(&mut waiting);
            for (job, judged) in judged {
                waiting[job] = Some(judged?);
                report(&mut waiting);
            }
            let worked = worker.join().expect("finding out doesn't panic");
            worked.map_err(Error::Threads)
        })
    }

    fn workshop(&self) -> Workshop<'_> {
        Workshop {
            toolchain: &self.toolchain,
            dependencies: &self.dependencies,
            cache: &self.cache,
            timeout: self.timeout,
        }
    }

    fn fence(&self, result: &ResultBlock) -> Option<&dyn ResultFence> {
        let found = self
            .fences
            .iter()
            .find(|fence| fence.kind() == result.tag.kind);
        found.map(Box::as_ref)
    }

    /// Drops findings whose rule is off, and marks those that only warn.
    ///
    /// A rejection for want of a crate is a rejection with other codes too: that is said once.
    fn levelled(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let by_crate = findings.iter().any(|f| f.rule == Rule::MissingCrate);
        let said = by_crate && self.config.level(Rule::MissingCrate) == Level::Error;
        findings
            .into_iter()
            .filter(|f| !(said && matches!(f.rule, Rule::ExactCodes | Rule::UncodedRejection)))
            .filter_map(|mut finding| {
                let level = self.config.level(finding.rule);
                finding.warning = level == Level::Warn;
                (level != Level::Off).then_some(finding)
            })
            .collect()
    }
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
