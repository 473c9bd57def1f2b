//! Two verdicts on each block, and where they differ.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::PathBuf;

use mdbook_verdict::{Block, Page};

use super::rustdoc::{Chapter, Said, line_of, plain};
use super::verdicts::Verdict;

/// How rustdoc's word on a block and ours relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// Both find it good.
    BothPass,
    /// Both find fault with it.
    BothFail,
    /// Both leave it alone.
    BothIgnore,
    /// rustdoc passes it, and a rule that rustdoc doesn't have fails it.
    Stricter,
    /// Anything else.
    Differ,
}

/// A block, and what was said of it.
pub struct Row {
    /// How the two relate.
    pub relation: Relation,
    /// rustdoc's word; none if it took the block for no test.
    pub rustdoc: Option<Said>,
    /// Ours.
    pub ours: Verdict,
}

/// A book, compared.
pub struct Compared {
    /// Its Rust blocks, in reading order.
    pub rows: Vec<Row>,
    /// What we say beside: of includes, of chapters, of what isn't tested, and warnings.
    pub beside: Vec<Verdict>,
    /// Tests of rustdoc's that are no blocks of ours: chapter and line.
    pub only_rustdoc: Vec<(PathBuf, usize)>,
    /// Chapters that we expand differently than mdBook.
    pub expanded_otherwise: Vec<PathBuf>,
    /// Chapters at which rustdoc had to be stopped.
    pub stopped: Vec<PathBuf>,
}

impl Row {
    /// Whether both found fault with the block, but the compiler gave them different codes.
    pub fn has_other_codes(&self) -> bool {
        match &self.rustdoc {
            Some(Said::Failed(codes)) => {
                self.relation == Relation::BothFail && *codes != self.ours.codes
            }
            _ => false,
        }
    }
}

impl Compared {
    /// Whether the two agree wherever no stricter rule of ours speaks.
    pub fn agrees(&self) -> bool {
        self.only_rustdoc.is_empty()
            && self.expanded_otherwise.is_empty()
            && self.rows.iter().all(|row| row.relation != Relation::Differ)
    }

    /// The blocks of a relation.
    pub fn of(&self, relation: Relation) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.relation == relation)
    }
}

/// Brings together what was said of each block.
pub fn compare(pages: &[Page], verdicts: Vec<Verdict>, chapters: &[Chapter]) -> Compared {
    let (blocks, mut beside): (Vec<_>, Vec<_>) = verdicts
        .into_iter()
        .partition(|verdict| verdict.kind == "block" && verdict.status != "not_rust");
    let warned = |verdict: &&Verdict| verdict.status == "pass" && verdict.rule.is_some();
    beside.extend(blocks.iter().filter(warned).cloned());
    let mut ours: BTreeMap<(String, u64), VecDeque<Verdict>> = BTreeMap::new();
    for verdict in blocks {
        let place = (verdict.file.clone(), verdict.line);
        ours.entry(place).or_default().push_back(verdict);
    }
    let mut compared = Compared {
        rows: Vec::new(),
        beside,
        only_rustdoc: Vec::new(),
        expanded_otherwise: Vec::new(),
        stopped: Vec::new(),
    };
    for page in pages {
        let text = page.expanded.text.as_str();
        let path = plain(&page.chapter.path);
        let chapter = chapters.iter().find(|chapter| chapter.path == path);
        let mut said = chapter.map(|c| c.said.clone()).unwrap_or_default();
        if chapter.is_none_or(|chapter| chapter.text != text) {
            compared.expanded_otherwise.push(path.clone());
        }
        if chapter.is_some_and(|chapter| chapter.stopped) {
            compared.stopped.push(path.clone());
        }
        for block in &page.blocks.blocks {
            let rustdoc = said.remove(&line_of(text, block.place.range.start));
            let place = (block.location.shown_file(), block.location.line as u64);
            let ours = ours.get_mut(&place).and_then(VecDeque::pop_front);
            let ours = ours.unwrap_or_else(|| unverified(block));
            compared.rows.push(Row {
                relation: relation(rustdoc.as_ref(), &ours),
                rustdoc,
                ours,
            });
        }
        let rest = said.into_keys().map(|line| (path.clone(), line));
        compared.only_rustdoc.extend(rest);
    }
    compared
}

/// The verdict on a block in which an include is missing: it stands at the include.
fn unverified(block: &Block) -> Verdict {
    Verdict {
        file: block.location.shown_file(),
        line: block.location.line as u64,
        kind: "block".to_owned(),
        status: "fail".to_owned(),
        rule: Some("missing-include".to_owned()),
        codes: BTreeSet::new(),
        promised: String::new(),
        came: "what it includes isn't there".to_owned(),
        detail: String::new(),
    }
}

fn relation(rustdoc: Option<&Said>, ours: &Verdict) -> Relation {
    match (rustdoc, ours.status.as_str()) {
        (Some(Said::Ok), "pass") => Relation::BothPass,
        (Some(Said::Ignored), "ignored") => Relation::BothIgnore,
        (Some(Said::Hangs), "timeout") | (Some(Said::Failed(_)), "fail") => Relation::BothFail,
        (Some(Said::Ok), "fail") => match ours.rule.as_deref() {
            Some("compiles" | "runs" | "timeout") | None => Relation::Differ,
            Some(_) => Relation::Stricter,
        },
        _ => Relation::Differ,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(status: &str, rule: Option<&str>) -> Verdict {
        Verdict {
            file: "src/a.md".to_owned(),
            line: 3,
            kind: "block".to_owned(),
            status: status.to_owned(),
            rule: rule.map(str::to_owned),
            codes: BTreeSet::new(),
            promised: String::new(),
            came: String::new(),
            detail: String::new(),
        }
    }

    #[test]
    fn only_a_rule_that_rustdoc_does_not_have_makes_us_stricter() {
        let relation = |rule| relation(Some(&Said::Ok), &ours("fail", Some(rule)));
        assert_eq!(relation("exact-codes"), Relation::Stricter);
        assert_eq!(relation("compiles"), Relation::Differ);
        assert_eq!(relation("runs"), Relation::Differ);
    }

    #[test]
    fn what_we_pass_and_rustdoc_does_not_differs() {
        let ours = ours("pass", None);
        for said in [Said::Failed(BTreeSet::new()), Said::Ignored, Said::Hangs] {
            assert_eq!(relation(Some(&said), &ours), Relation::Differ);
        }
        assert_eq!(relation(None, &ours), Relation::Differ);
        assert_eq!(relation(Some(&Said::Ok), &ours), Relation::BothPass);
    }

    #[test]
    fn different_codes_are_seen() {
        let row = |codes: &[&str]| {
            let codes = codes.iter().map(|code| (*code).to_owned()).collect();
            let ours = Verdict {
                codes: BTreeSet::from(["E0382".to_owned()]),
                ..ours("fail", Some("compiles"))
            };
            let rustdoc = Some(Said::Failed(codes));
            Row {
                relation: relation(rustdoc.as_ref(), &ours),
                rustdoc,
                ours,
            }
        };
        assert!(!row(&["E0382"]).has_other_codes());
        assert!(row(&["E0433"]).has_other_codes());
        assert!(row(&[]).has_other_codes());
    }
}
