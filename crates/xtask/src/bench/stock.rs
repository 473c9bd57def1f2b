//! What comes with Rust and mdBook: `mdbook test`, and rustdoc on all chapters at once.

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Result, bail};

use super::rounds::Entry;
use super::subject::Subject;
use super::toolbox::{Toolbox, last_lines};
use super::verdict::{BROKEN, COLD};
use crate::meter::Ended;

/// The tool's name in the tables.
pub const RUSTDOC: &str = "rustdoc --test on one file";

/// `mdbook test` in the given edition, as the tables call it.
pub fn mdbook_name(edition: &str) -> String {
    format!("mdbook test, edition {edition}")
}

/// How a run should end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum End {
    /// Well.
    Good,
    /// With a block that fails.
    Bad,
    /// However it does: not all blocks of the book hold.
    Any,
}

impl End {
    fn of(self, ended: Ended) -> Result<crate::meter::Cost> {
        let expected = match (self, ended.code) {
            (End::Good, code) => code == Some(0),
            (End::Bad, code) => code.is_some_and(|code| code != 0),
            (End::Any, code) => code.is_some(),
        };
        if !expected {
            let said = format!("{}\n{}", ended.stdout, ended.stderr);
            bail!("it ended with {:?}: {}", ended.code, last_lines(&said, 4));
        }
        Ok(ended.cost)
    }
}

/// `mdbook test` on the book in `folder`.
pub fn mdbook(
    toolbox: &Rc<Toolbox>,
    book: &str,
    edition: &str,
    folder: PathBuf,
    end: End,
) -> Entry {
    let toolbox = toolbox.clone();
    Entry {
        book: book.to_owned(),
        tool: mdbook_name(edition),
        case: COLD.to_owned(),
        run: Box::new(move |meter| {
            let mut command = toolbox.command("mdbook");
            command.arg("test").current_dir(&folder);
            end.of(meter.run(command)?)
        }),
    }
}

/// A book with the same blocks and nothing else: no includes, no preprocessors.
///
/// # Errors
///
/// If it can't be written.
pub fn plain_book(subject: &Subject, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder.join("src"))?;
    let toml = format!("[rust]\nedition = \"{}\"\n", subject.edition.year());
    fs::write(folder.join("book.toml"), toml)?;
    let mut summary = String::new();
    for (number, text) in subject.plain().iter().enumerate() {
        fs::write(folder.join(format!("src/{number}.md")), text)?;
        summary += &format!("- [{number}]({number}.md)\n");
    }
    fs::write(folder.join("src/SUMMARY.md"), summary)?;
    Ok(())
}

/// rustdoc on one file with all the blocks: as the book is; and `broken` too, with one block that is.
///
/// # Errors
///
/// If the file can't be written.
pub fn rustdoc(
    toolbox: &Rc<Toolbox>,
    subject: &Subject,
    name: &str,
    broken: bool,
) -> Result<Vec<Entry>> {
    let folder = toolbox.empty(name)?;
    let good = subject.plain().concat();
    let bad = format!("{good}```rust\nlet broken: u8 = \"\";\n```\n");
    let entry = |(case, text, end): (&str, String, End)| {
        let file = folder.join(format!("{}.md", case.replace(' ', "-")));
        fs::write(&file, text)?;
        let (toolbox, edition) = (toolbox.clone(), subject.edition);
        Ok(Entry {
            book: subject.name.clone(),
            tool: RUSTDOC.to_owned(),
            case: case.to_owned(),
            run: Box::new(move |meter| {
                let mut command = toolbox.command(&toolbox.rustdoc);
                command
                    .args(["--test", "--edition", edition.year()])
                    .arg(&file);
                end.of(meter.run(command)?)
            }),
        })
    };
    let mut cases = vec![(COLD, good, End::Good)];
    if broken {
        cases.push((BROKEN, bad, End::Bad));
    }
    cases.into_iter().map(entry).collect()
}
