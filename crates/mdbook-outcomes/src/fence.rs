//! `text,outcomes,MODEL`: a line for each outcome that a program can come to.

use mdbook_verdict::{Block, Compiled, Evidence, Location, Promise, Ran, ResultFence};
use outcomes::{Exploration, Kind, Model, Outcome};

use crate::explored::{self, Explored, Unexplored};

/// The kind of the fences.
pub const KIND: &str = "outcomes";
/// The tag of the blocks that are explored.
pub const TAG: &str = "explore";

/// `text,outcomes,MODEL`, for [`Verifier::with_fence`](mdbook_verdict::Verifier::with_fence).
#[derive(Debug, Default, Clone, Copy)]
pub struct OutcomesFence;

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
        let explored = Explored::new(block, &[model]).map_err(|why| why.cause)?;
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
        let Unexplored { place, .. } = Explored::new(evidence.block, &[model]).err()?;
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
    let text = stdout.strip_suffix('\n').unwrap_or(&stdout).to_owned();
    let printed = Outcome {
        kind: Kind::Output,
        text,
        witness: Vec::new(),
        graph: None,
    }
    .line();
    let is_known = exploration
        .outcomes
        .iter()
        .any(|outcome| outcome.line() == printed);
    match is_known {
        true => Ok(()),
        false => Err(format!(
            "the block was run and printed `{printed}`, which {} doesn't allow: a weaker model is needed, or this is a fault of the explorer",
            model.name()
        )),
    }
}
