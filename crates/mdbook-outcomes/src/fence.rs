//! `text,outcomes,MODEL`: a line for each outcome that a program can come to.

use mdbook_verdict::{Block, Compiled, Evidence, Location, Promise, Ran, ResultFence};
use outcomes::{Exploration, Kind, Model, Outcome};

use crate::Memory;
use crate::explored::{self, Explored, Unexplored};

/// The kind of the fences.
pub const KIND: &str = "outcomes";
/// The tag of the blocks that are explored.
pub const TAG: &str = "explore";

/// `text,outcomes,MODEL`, for [`Verifier::with_fence`](mdbook_verdict::Verifier::with_fence).
#[derive(Debug, Default, Clone)]
pub struct OutcomesFence {
    memory: Memory,
}

impl OutcomesFence {
    /// One that explores only what isn't remembered.
    pub fn new(memory: Memory) -> OutcomesFence {
        OutcomesFence { memory }
    }
}

impl ResultFence for OutcomesFence {
    fn kind(&self) -> &str {
        KIND
    }

    fn actual(&self, arguments: &[String], evidence: &Evidence<'_>) -> Result<String, String> {
        let model = model(arguments)?;
        let block = evidence.block;
        if !is_explored(block) {
            return Err(format!("the block before it isn't tagged `{TAG}`"));
        }
        if !matches!(evidence.compiled, Compiled::Accepted(_)) {
            return Err(
                "the block before it doesn't compile, so nothing can come of it".to_owned(),
            );
        }
        let explored = Explored::new(block, &[model], &self.memory).map_err(|why| why.cause)?;
        let (_, exploration) = &explored.answers()[0];
        ends(block, exploration)?;
        if let Some(ran) = evidence.ran {
            allowed(block, ran, model, exploration)?;
        }
        Ok(explored::lines(exploration))
    }

    fn blamed(&self, arguments: &[String], evidence: &Evidence<'_>) -> Option<Location> {
        let model = model(arguments).ok()?;
        if !is_explored(evidence.block) {
            return None;
        }
        let Unexplored { place, .. } =
            Explored::new(evidence.block, &[model], &self.memory).err()?;
        place
    }

    fn lacking(&self, block: &Block) -> Option<String> {
        is_explored(block).then(|| {
            format!(
                "no `text,{KIND},MODEL` fence behind it says what it can come to (MODEL: {})",
                known()
            )
        })
    }

    /// A line is an outcome, and nothing stands for another.
    fn holds(&self, _: &[String], text: &str, actual: &str) -> bool {
        text == actual
    }

    fn difference(&self, text: &str, actual: &str) -> Option<(usize, String)> {
        let (said, found): (Vec<&str>, Vec<&str>) =
            (text.lines().collect(), actual.lines().collect());
        if let Some(at) = said.iter().position(|line| !found.contains(line)) {
            return Some((at, format!("`{}` can't come about", said[at])));
        }
        if let Some(at) = found.iter().position(|line| !said.contains(line)) {
            let came = format!("`{}` can come about too", found[at]);
            return Some((at.min(said.len().saturating_sub(1)), came));
        }
        let at = said
            .iter()
            .zip(&found)
            .position(|(said, found)| said != found);
        let at = at.unwrap_or(found.len());
        Some((
            at,
            "each outcome stands there once, in byte order".to_owned(),
        ))
    }
}

/// Whether a block is to be explored.
pub(crate) fn is_explored(block: &Block) -> bool {
    block.tags.unknown.iter().any(|tag| tag == TAG)
}

/// The models of a block's fences, in their order, each once.
pub(crate) fn models(block: &Block) -> Vec<Model> {
    let mut models = Vec::new();
    for fence in block.fences.iter().filter(|fence| fence.tag.kind == KIND) {
        let model = model(&fence.tag.arguments);
        models.extend(model.ok().filter(|model| !models.contains(model)));
    }
    models
}

fn known() -> String {
    let names: Vec<_> = Model::ALL.iter().map(|model| model.name()).collect();
    names.join(", ")
}

fn model(arguments: &[String]) -> Result<Model, String> {
    let none = || {
        format!(
            "it must name one memory model, as `text,{KIND},sc` does ({})",
            known()
        )
    };
    let [name] = arguments else {
        return Err(none());
    };
    Model::named(name)
        .ok_or_else(|| format!("there is no memory model `{name}`: there are {}", known()))
}

/// A program that may never end isn't run.
fn ends(block: &Block, exploration: &Exploration) -> Result<(), String> {
    let never = |outcome: &&Outcome| matches!(outcome.kind, Kind::Deadlock | Kind::Livelock);
    let stuck = exploration.outcomes.iter().find(never);
    match (stuck, Promise::of(block)) {
        (Some(stuck), Promise::Runs | Promise::Panics) => Err(format!(
            "it may never end, so the block must say `rust,no_run,{TAG}`, and why: `{}`",
            stuck.line()
        )),
        _ => Ok(()),
    }
}

/// What the block's run printed must be one of the outcomes, under the weakest model that is given.
fn allowed(
    block: &Block,
    ran: &Ran,
    model: Model,
    exploration: &Exploration,
) -> Result<(), String> {
    let rank = |model: &Model| Model::ALL.iter().position(|known| known == model);
    let weakest = models(block).into_iter().max_by_key(rank);
    let races = exploration
        .outcomes
        .iter()
        .any(|outcome| outcome.kind == Kind::Race);
    if weakest.is_some_and(|weakest| weakest != model) || !ran.success || races {
        return Ok(());
    }
    let stdout = ran.stdout.replace("\r\n", "\n");
    let text = stdout.strip_suffix('\n').unwrap_or(&stdout);
    let is_it = |outcome: &Outcome| outcome.kind == Kind::Output && outcome.text == text;
    match exploration.outcomes.iter().any(is_it) {
        true => Ok(()),
        false => Err(format!(
            "the block was run and printed `{}`, which {} doesn't allow: a weaker model is needed, or this is a fault of the explorer",
            text.replace('\n', " | "),
            model.name()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mdbook_verdict::{Edition, Ran, text_of};

    fn block(markdown: &str) -> Block {
        let found = mdbook_verdict::find(&text_of("a.md", markdown), Edition::E2024, "");
        found.blocks.into_iter().next().unwrap()
    }

    /// What the fence says of a block whose run printed this.
    fn actual(model: &str, block: &Block, printed: Option<&str>) -> Result<String, String> {
        let ran = printed.map(|printed| Ran {
            success: true,
            status: String::new(),
            stdout: printed.to_owned(),
            stderr: String::new(),
            timed_out: None,
            too_much: None,
        });
        let evidence = Evidence {
            block,
            compiled: &Compiled::Accepted(None),
            ran: ran.as_ref(),
            alone: true,
        };
        OutcomesFence::default().actual(&[model.to_owned()], &evidence)
    }

    const BUFFERED: &str = "```rust,explore
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
std::thread::scope(|s| {
    let t = s.spawn(|| { x.store(1, Relaxed); y.load(Relaxed) });
    y.store(1, Relaxed);
    let here = x.load(Relaxed);
    println!(\"{here}\\n{}\", t.join().unwrap());
});
```

```text,outcomes,sc
```
";

    #[test]
    fn what_a_run_printed_must_be_allowed() {
        let block = block(BUFFERED);
        assert_eq!(actual("sc", &block, None).unwrap(), "0 | 1\n1 | 0\n1 | 1");
        assert!(actual("sc", &block, Some("0\n1\n")).is_ok());
        assert!(actual("sc", &block, Some("1\r\n1\r\n")).is_ok());
        let cause = actual("sc", &block, Some("0\n0\n")).unwrap_err();
        assert!(
            cause.contains("printed `0 | 0`, which sc doesn't allow"),
            "{cause}"
        );
    }

    #[test]
    fn it_must_be_allowed_by_the_weakest_model_that_is_given() {
        let both = format!("{BUFFERED}\n```text,outcomes,tso\n```\n");
        let block = block(&both);
        assert!(actual("sc", &block, Some("0\n0\n")).is_ok());
        assert!(actual("tso", &block, Some("0\n0\n")).is_ok());
        assert!(actual("tso", &block, Some("2\n0\n")).is_err());
    }

    #[test]
    fn a_program_that_may_never_end_must_not_be_run() {
        let code = "use std::sync::Mutex;\nlet m = Mutex::new(0);\nlet held = m.lock();\nlet again = m.lock();\n";
        let runs = block(&format!("```rust,explore\n{code}```\n"));
        let cause = actual("sc", &runs, None).unwrap_err();
        assert!(cause.contains("rust,no_run,explore"), "{cause}");
        assert!(cause.contains("deadlock: t0 waits for m"), "{cause}");
        let still = block(&format!("```rust,no_run,explore\n{code}```\n"));
        assert_eq!(
            actual("sc", &still, None).unwrap(),
            "deadlock: t0 waits for m"
        );
    }
}
