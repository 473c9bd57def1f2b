//! Judges one block, and the fences behind it, by what came of it.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;
use std::time::{Duration, Instant};

use super::{Verifier, stands_in, status};
use crate::bless::Edit;
use crate::blocks::{Block, ResultBlock};
use crate::compile::Compiled;
use crate::error::Error;
use crate::fence::{Evidence, ResultFence, Told};
use crate::finding::{Finding, Level, Rule};
use crate::judge;
use crate::plan::Promise;
use crate::quiz::{self, Question};
use crate::summary::{Status, Verdict};
use crate::workshop::{Found, Source};

impl Verifier {
    /// The verdict on a block of which nothing has to be found out.
    pub(super) fn needless(&self, block: &Block, faults: &[Finding]) -> Option<Judged> {
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
    pub(super) fn settle(&self, block: &Block, found: io::Result<Found>) -> Result<Judged, Error> {
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

/// The block as it is tested: for an ignored one, as if it weren't.
pub(super) fn tested(block: &Block) -> Cow<'_, Block> {
    if !block.tags.ignore {
        return Cow::Borrowed(block);
    }
    let mut tested = block.clone();
    tested.tags.ignore = false;
    Cow::Owned(tested)
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
