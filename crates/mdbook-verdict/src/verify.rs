//! Checks a book: each block is compiled, run and compared with what it promises.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use regex::Regex;

use crate::asm::Asm;
use crate::bless::{self, Edit};
use crate::blocks::{Block, ResultBlock};
use crate::book::{Book, Page};
use crate::cache::{Cache, Key};
use crate::compile::{self, Compiled, Depth};
use crate::config::Config;
use crate::dependencies::Dependencies;
use crate::error::Error;
use crate::fence::{self, Evidence, ResultFence, Told};
use crate::finding::{Finding, Level, Rule};
use crate::judge;
use crate::leases::Leases;
use crate::partition::Partition;
use crate::plan::Promise;
use crate::playground;
use crate::quiz::{self, Question};
use crate::report::Reporter;
use crate::source::Location;
use crate::summary::{Counts, Status, Summary, Verdict};
use crate::tags;
use crate::toolchain::Toolchain;
use crate::workshop::{Found, Source, Workshop};

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

    /// The names of the blocks that should compile, but don't without the book's dependencies.
    ///
    /// # Errors
    ///
    /// If a block can't be given to the compiler.
    pub fn outside(&self, book: &Book) -> Result<BTreeSet<String>, Error> {
        self.needing_a_crate(book, |block| {
            !matches!(Promise::of(block), Promise::Ignored | Promise::Rejected(_))
        })
    }

    /// The names of the blocks that can be compiled, or run, where there is nothing but the standard
    /// library, to see what they promise: on the Rust Playground.
    ///
    /// # Errors
    ///
    /// If a block can't be given to the compiler.
    pub fn playable(&self, book: &Book) -> Result<BTreeSet<String>, Error> {
        let needing = self.needing_a_crate(book, playground::is_worth_it)?;
        let pages = book.pages(&self.toolchain.host).into_iter();
        let blocks = pages.flat_map(|page| page.blocks.blocks);
        let playable = blocks
            .filter(|block| playground::is_worth_it(block) && !needing.contains(&block.name))
            .map(|block| block.name);
        Ok(playable.collect())
    }

    /// The names of those among the wanted blocks that need the book's dependencies.
    fn needing_a_crate(
        &self,
        book: &Book,
        wanted: impl Fn(&Block) -> bool,
    ) -> Result<BTreeSet<String>, Error> {
        let names: Vec<_> = self.dependencies.names().map(regex::escape).collect();
        if names.is_empty() {
            return Ok(BTreeSet::new());
        }
        let named = Regex::new(&format!(r"\b(?:{})\b", names.join("|"))).expect("a valid regex");
        let mut needing = BTreeSet::new();
        for page in book.pages(&self.toolchain.host) {
            for block in page.blocks.blocks {
                if wanted(&block) && named.is_match(&block.code) && self.lacks_a_crate(&block)? {
                    needing.insert(block.name);
                }
            }
        }
        Ok(needing)
    }

    /// Whether rustc misses a crate where the block has none.
    fn lacks_a_crate(&self, block: &Block) -> Result<bool, Error> {
        let key = Key::of([
            b"lacks a crate".as_slice(),
            self.toolchain.identity.as_bytes(),
            block.edition.year().as_bytes(),
            block.code.as_bytes(),
        ]);
        if let Some(lacks) = self.cache.get(&key) {
            return Ok(lacks);
        }
        let cannot = |cause: io::Error| Error::Block {
            name: block.name.clone(),
            cause: cause.to_string(),
        };
        let folder = tempfile::tempdir().map_err(cannot)?;
        let none = Dependencies::default();
        let compiled = compile::compile(block, Depth::Check, &self.toolchain, &none, folder.path());
        let lacks = judge::missing_crate(&compiled.map_err(cannot)?.codes());
        self.cache.put(&key, &lacks);
        Ok(lacks)
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

    /// The verdict on a block of which nothing has to be found out.
    fn needless(&self, block: &Block, faults: &[Finding]) -> Option<Judged> {
        let grave = self.config.level(Rule::MissingInclude) == Level::Error;
        if grave && faults.iter().any(|fault| stands_in(fault, block)) {
            // Reported where it stands; what is left of the block means nothing.
            return Some(Judged::default());
        }
        let stale = self.config.level(Rule::StaleIgnore) != Level::Off;
        (Promise::of(block) == Promise::Ignored && !stale).then(|| {
            let verdict = self.verdict("block", block, Status::Ignored, Vec::new(), Duration::ZERO);
            self.with_fences(verdict, block, None)
        })
    }

    /// Judges one block and its result fences, compiled alone.
    ///
    /// # Errors
    ///
    /// If it can't be given to the compiler, or its program can't be started.
    pub fn judge(&self, block: &Block, faults: &[Finding]) -> Result<Judged, Error> {
        match self.needless(block, faults) {
            Some(judged) => Ok(judged),
            None => self.settle(block, self.workshop().alone(&tested(block))),
        }
    }

    /// Judges a block by what came of it.
    ///
    /// What was remembered, or came of a block merged with others, may only pass it: whatever is
    /// wrong, and whatever would be written by bless, is found out once more with the block alone.
    fn settle(&self, block: &Block, found: io::Result<Found>) -> Result<Judged, Error> {
        if let Cow::Owned(tested) = tested(block) {
            // What breaks the compiler itself is ignored with reason.
            let judged = self.settle(&tested, found).unwrap_or_default();
            return Ok(self.judge_ignore(block, &tested, &judged));
        }
        let cannot = |cause: io::Error| Error::Block {
            name: block.name.clone(),
            cause: cause.to_string(),
        };
        let mut found = found.map_err(cannot)?;
        let mut judged = self.judge_found(block, &found)?;
        if found.source != Source::Alone && !judged.is_clean() {
            found = self.workshop().alone(block).map_err(cannot)?;
            judged = self.judge_found(block, &found)?;
        }
        if found.source != Source::Remembered && judged.block_holds() {
            self.workshop().remember(block, &found);
        }
        Ok(judged)
    }

    /// Judges an ignored block by what came of it as if it weren't.
    fn judge_ignore(&self, block: &Block, tested: &Block, judged: &Judged) -> Judged {
        let verdict = judged.verdicts.first();
        let holds = verdict.is_some_and(|verdict| verdict.findings.is_empty());
        let stale = holds.then(|| {
            let came = format!(
                "it would hold without `ignore`: {}",
                Promise::of(tested).words()
            );
            let promised = Promise::Ignored.words();
            Finding::new(Rule::StaleIgnore, block.location.clone(), promised, came)
        });
        let findings = self.levelled(stale.into_iter().collect());
        let status = match status(&findings) {
            Status::Pass => Status::Ignored,
            failed => failed,
        };
        let took = verdict.map_or(Duration::ZERO, |verdict| verdict.took);
        let verdict = self.verdict("block", block, status, findings, took);
        self.with_fences(verdict, block, None)
    }

    fn judge_found(&self, block: &Block, found: &Found) -> Result<Judged, Error> {
        let (compiled, ran) = (&found.compiled, found.ran.as_ref());
        if let Compiled::Broken(said) = compiled {
            return Err(Error::Block {
                name: block.name.clone(),
                cause: format!("rustc broke down:\n{said}"),
            });
        }
        let promise = Promise::of(block);
        let findings = self.levelled(judge::block(block, &promise, compiled, ran));
        let mut status = status(&findings);
        let timed_out = ran.is_some_and(|ran| ran.timed_out.is_some())
            || matches!(compiled, Compiled::TimedOut(_));
        if timed_out && status == Status::Fail {
            status = Status::Timeout;
        }
        let mut verdict = self.verdict("block", block, status, findings, found.took);
        verdict.codes = compiled.codes();
        let evidence = Evidence {
            block,
            compiled,
            ran,
            alone: found.source == Source::Alone,
        };
        Ok(self.with_fences(verdict, block, Some(evidence)))
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
            question: None,
        };
        let block_holds = verdict.status == Status::Pass;
        judged.verdicts.push(verdict);
        for result in &block.fences {
            if result.tag.kind == quiz::KIND {
                self.ask(&mut judged, result, block, evidence.as_ref());
                continue;
            }
            let Some(fence) = self.fence(result) else {
                continue;
            };
            let started = Instant::now();
            let told = evidence
                .as_ref()
                .map(|evidence| fence.told(&result.tag.arguments, evidence));
            let actual = match told {
                Some(Told::Came(actual)) => Ok(actual),
                Some(Told::Never(cause)) => Err(cause),
                Some(Told::NotHere(cause)) => {
                    let unchecked = self.unchecked(fence, block, result, cause);
                    judged.verdicts.push(unchecked);
                    continue;
                }
                None => Err("the block before it is ignored".to_owned()),
            };
            let holds = |actual: &str| fence.holds(&result.tag.arguments, &result.text, actual);
            let finding = match &actual {
                Ok(actual) if holds(actual) => None,
                Ok(actual) => Some(differs(fence, result, actual)),
                Err(cause) => {
                    let blamed = evidence.as_ref();
                    let blamed = blamed.and_then(|it| fence.blamed(&result.tag.arguments, it));
                    Some(Finding::new(
                        fence.rule(),
                        blamed.unwrap_or_else(|| result.location.clone()),
                        format!("what comes of the block at {}", block.name),
                        cause,
                    ))
                }
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
            let mut verdict = self.verdict(
                fence.kind(),
                block,
                status(&findings),
                findings,
                started.elapsed(),
            );
            verdict.location = result.location.clone();
            (verdict.blessed, verdict.blessable) = (blessed, blessable && !blessed);
            judged.verdicts.push(verdict);
        }
        if evidence.is_some() {
            judged.verdicts.extend(self.lacking(block));
        }
        judged
    }

    /// The verdict on a fence of which this machine can't tell what it must hold.
    fn unchecked(
        &self,
        fence: &dyn ResultFence,
        block: &Block,
        result: &ResultBlock,
        cause: String,
    ) -> Verdict {
        let promised = format!("what comes of the block at {}", block.name);
        let came = format!("it isn't checked: {cause}");
        let finding = Finding::new(Rule::Unchecked, result.location.clone(), promised, came);
        let findings = self.levelled(vec![finding]);
        let status = match status(&findings) {
            Status::Pass => Status::Unchecked,
            failed => failed,
        };
        let mut verdict = self.verdict(fence.kind(), block, status, findings, Duration::ZERO);
        verdict.location = result.location.clone();
        verdict
    }

    /// The kinds of fence that the block asks for and hasn't got.
    fn lacking(&self, block: &Block) -> Vec<Verdict> {
        let has = |kind: &str| block.fences.iter().any(|result| result.tag.kind == kind);
        let lacking = self.fences.iter().filter(|fence| !has(fence.kind()));
        let verdicts = lacking.filter_map(|fence| {
            let cause = fence.lacking(block)?;
            let (place, promised) = (block.location.clone(), format!("`{}`", block.info));
            let findings = self.levelled(vec![Finding::new(fence.rule(), place, promised, cause)]);
            let status = status(&findings);
            Some(self.verdict(fence.kind(), block, status, findings, Duration::ZERO))
        });
        verdicts.collect()
    }

    /// Judges a quiz behind a block.
    fn ask(
        &self,
        judged: &mut Judged,
        result: &ResultBlock,
        block: &Block,
        evidence: Option<&Evidence<'_>>,
    ) {
        let started = Instant::now();
        let findings = match quiz::ask(result, evidence) {
            Ok(question) => {
                judged.question = Some(question);
                Vec::new()
            }
            Err(finding) => self.levelled(vec![finding]),
        };
        let status = status(&findings);
        let mut verdict = self.verdict(quiz::KIND, block, status, findings, started.elapsed());
        verdict.location = result.location.clone();
        judged.verdicts.push(verdict);
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

    fn verdict(
        &self,
        kind: &str,
        block: &Block,
        status: Status,
        findings: Vec<Finding>,
        took: Duration,
    ) -> Verdict {
        Verdict {
            kind: kind.to_owned(),
            name: block.name.clone(),
            location: block.location.clone(),
            status,
            findings,
            codes: BTreeSet::new(),
            took,
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
    /// The question behind the block, and its answer.
    pub question: Option<Question>,
}

impl Judged {
    /// Nothing is wrong, and nothing is to be written.
    fn is_clean(&self) -> bool {
        self.edits.is_empty() && self.verdicts.iter().all(|v| v.findings.is_empty())
    }

    /// The block itself holds, whatever is behind it.
    fn block_holds(&self) -> bool {
        self.verdicts
            .first()
            .is_some_and(|verdict| verdict.status == Status::Pass)
    }
}

fn status(findings: &[Finding]) -> Status {
    match findings.iter().all(|finding| finding.warning) {
        true => Status::Pass,
        false => Status::Fail,
    }
}

/// The block as it is tested: for an ignored one, as if it weren't.
fn tested(block: &Block) -> Cow<'_, Block> {
    if !block.tags.ignore {
        return Cow::Borrowed(block);
    }
    let mut tested = block.clone();
    tested.tags.ignore = false;
    Cow::Owned(tested)
}

fn stands_in(fault: &Finding, block: &Block) -> bool {
    let same =
        |place: &Location| place.file == fault.location.file && place.line == fault.location.line;
    fault.rule == Rule::MissingInclude && block.origins.iter().any(same)
}

fn differs(fence: &dyn ResultFence, result: &ResultBlock, actual: &str) -> Finding {
    let kind = fence.kind();
    let told = fence.difference(&result.text, actual);
    if let (Some((line, came)), false) = (told, result.text.is_empty()) {
        let mut place = result.location.clone();
        if result.source.is_some() {
            place.line += 1 + line;
        }
        let promised = format!("this {kind}:\n{}", result.text);
        return Finding::new(fence.rule(), place, promised, came).with_detail(actual);
    }
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
