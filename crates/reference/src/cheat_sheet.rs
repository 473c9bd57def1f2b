//! What fits on one printed page: who may cross, which ordering, which tool, which error.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use crate::HEAD;
use crate::codes::Codes;
use crate::shelf::Shelf;

/// What is worth a place.
pub(crate) const TABLE: &str = "crates/reference/cheat-sheet.toml";

/// The compiler's answers.
pub(crate) const ATLAS: &str = "src/threads/atlas-table.md";

/// What stands in [`TABLE`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    /// How many error codes.
    codes: usize,
    /// As the atlas writes them.
    types: Vec<String>,
    /// A reason in place of the atlas's, where that is one of the compiler's and says little.
    #[serde(default)]
    why: BTreeMap<String, String>,
    ordering: Vec<Ordering>,
    tool: Vec<Tool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ordering {
    need: String,
    take: Vec<String>,
    /// The explored block that shows it, from `src`.
    block: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tool {
    want: String,
    take: String,
    /// From `src`.
    chapter: String,
}

/// The sheet. A type that the atlas doesn't have, an ordering whose block isn't explored or doesn't
/// use it, and a chapter that isn't there are faults.
pub(crate) fn page(
    shelf: &Shelf,
    codes: &Codes<'_>,
    table: &Table,
    atlas: &str,
    faults: &mut Vec<String>,
) -> String {
    let mut page = HEAD.to_owned();
    let mut line = |text: String| page.extend([text.as_str(), "\n"]);
    line("## Who may cross a thread\n".to_owned());
    line("| Type | Send | Sync | Why |\n|---|---|---|---|".to_owned());
    let rows = rows(atlas);
    for name in &table.types {
        match rows.get(name) {
            Some(row) => {
                let why = table.why.get(name).map_or(row.why, String::as_str);
                line(format!("| `{name}` | {} | {} | {why} |", row.send, row.sync));
            }
            None => faults.push(format!(
                "{TABLE}: {ATLAS} has no type `{name}`: spell it as there, or take it out of `types`"
            )),
        }
    }
    for name in table.why.keys().filter(|name| !table.types.contains(name)) {
        faults.push(format!(
            "{TABLE}: `types` has no `{name}`: take it out of [why]"
        ));
    }
    line("\n## Which tool\n\n| You want to | Take |\n|---|---|".to_owned());
    for tool in &table.tool {
        let Some(chapter) = shelf.name(&tool.chapter) else {
            faults.push(format!(
                "{TABLE}: there is no chapter or section {:?}: mend the `chapter` of \"{}\"",
                tool.chapter, tool.want
            ));
            continue;
        };
        line(format!(
            "| {} | {} ([{chapter}](../{})) |",
            tool.want, tool.take, tool.chapter
        ));
    }
    line("\n## Which ordering\n\n| If you | Take | Explored |\n|---|---|---|".to_owned());
    for row in &table.ordering {
        if let Err(why) = row.shown(shelf) {
            faults.push(format!("{TABLE}: {:?}: {why}", row.block));
            continue;
        }
        let take: Vec<_> = row.take.iter().map(|it| format!("`{it}`")).collect();
        let chapter = row.block.split('#').next().unwrap_or_default();
        let title = shelf.name(chapter).unwrap_or_default();
        line(format!(
            "| {} | {} | [{title}](../{}) |",
            row.need,
            take.join(", "),
            row.block
        ));
    }
    line("\n## What the compiler says\n\n| Code | What helps |\n|---|---|".to_owned());
    for (code, mend) in codes.commonest(table.codes) {
        let id = code.to_lowercase();
        line(format!("| [{code}](error-codes.md#{id}) | {mend} |"));
    }
    page
}

impl Ordering {
    /// Whether the block is there, is explored, and uses the ordering.
    fn shown(&self, shelf: &Shelf) -> Result<(), String> {
        let block = shelf
            .block(&self.block)
            .ok_or("there is no such block: open the page, and take the id of the block's pane")?;
        if !block
            .fences
            .iter()
            .any(|fence| fence.tag.kind == "outcomes")
        {
            return Err("this block isn't explored: take one that is".to_owned());
        }
        match self.take.iter().find(|it| !block.code.contains(*it)) {
            Some(missing) => Err(format!("this block has no {missing}: take one that has")),
            None => Ok(()),
        }
    }
}

/// What the atlas says of a type.
struct Row<'a> {
    send: String,
    sync: String,
    why: &'a str,
}

/// By each type's name, as it is written in code.
fn rows(atlas: &str) -> BTreeMap<String, Row<'_>> {
    static ROW: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r#"<th scope="row">(?<types>.*)</th>\n<td>.*</td>\n<td>(?<send>.*)</td>\n<td>(?<sync>.*)</td>\n<td class="why">(?<why>.*)</td>"#,
        )
        .expect("right")
    });
    static NAME: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("<code>(.*?)</code>").expect("right"));
    let answer = |cell: &str| match cell {
        "always" => "yes".to_owned(),
        "never" => "**no**".to_owned(),
        bound => bound.to_owned(),
    };
    let mut rows = BTreeMap::new();
    for row in ROW.captures_iter(atlas) {
        let why = row.name("why").map_or("", |it| it.as_str());
        let why = why.rsplit("<i>Ours:</i> ").next().unwrap_or(why);
        for name in NAME.captures_iter(&row["types"]) {
            let name = name[1].replace("&lt;", "<").replace("&gt;", ">");
            let row = Row {
                send: answer(&row["send"]),
                sync: answer(&row["sync"]),
                why,
            };
            rows.insert(name.replace("&amp;", "&"), row);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shelf::tests::shelf;

    const ROW: &str = "<th scope=\"row\"><a href=\"x\"><code>&amp;T</code>, <code>Rc&lt;T&gt;</code></a></th>\n<td>alloc</td>\n<td>never</td>\n<td>if <code>T: Sync</code></td>\n<td class=\"why\">holds <code>X</code><br><i>Ours:</i> it counts</td>\n";
    const TEXT: &str = "# A\n\n```rust,explore\nSeqCst;\n```\n\n```text,outcomes,sc\n1\n```\n\n```rust\nRelaxed;\n```\n";

    fn made(block: &str, chapter: &str, types: &str) -> (String, String) {
        let table = format!(
            "codes = 3\ntypes = [\"{types}\"]\n[[ordering]]\nneed = \"n\"\ntake = [\"SeqCst\"]\nblock = \"{block}\"\n[[tool]]\nwant = \"w\"\ntake = \"`t`\"\nchapter = \"{chapter}\"\n"
        );
        let shelf = shelf(&[("p/a.md", TEXT)]);
        let none = toml::from_str("codes = {}\nlints = {}").unwrap();
        let mut faults = Vec::new();
        let codes = Codes::of(&shelf, &none, &mut faults);
        let table = toml::from_str(&table).unwrap();
        let page = page(&shelf, &codes, &table, ROW, &mut faults);
        (page, faults.join("\n"))
    }

    #[test]
    fn the_sheet_says_what_the_atlas_and_the_blocks_say() {
        let (page, faults) = made("p/a.md#a-block-1", "p/a.md#a", "Rc<T>");
        assert_eq!(faults, "");
        for part in [
            "| `Rc<T>` | **no** | if <code>T: Sync</code> | it counts |",
            "| n | `SeqCst` | [A](../p/a.md#a-block-1) |",
            "| w | `t` ([A](../p/a.md#a)) |",
        ] {
            assert!(page.contains(part), "{part}\n{page}");
        }
    }

    #[test]
    fn what_nothing_shows_is_a_fault() {
        for (block, chapter, types, wanted) in [
            (
                "p/a.md#a-block-3",
                "p/a.md",
                "Rc<T>",
                "there is no such block",
            ),
            ("p/a.md#a-block-2", "p/a.md", "Rc<T>", "isn't explored"),
            (
                "p/a.md#a-block-1",
                "p/b.md",
                "Rc<T>",
                "no chapter or section",
            ),
            (
                "p/a.md#a-block-1",
                "p/a.md",
                "Arc<T>",
                "has no type `Arc<T>`",
            ),
        ] {
            let (_, faults) = made(block, chapter, types);
            assert!(faults.contains(wanted), "{wanted}: {faults}");
        }
    }
}
