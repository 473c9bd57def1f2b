//! The index of programs: every example and every library that blocks may name.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use mdbook_verdict::FileLinks;
use regex::{Captures, Regex};
use serde::Deserialize;

use crate::shelf::Shelf;
use crate::{Error, HEAD, read, tables};

const MANIFEST: &str = "examples/Cargo.toml";

#[derive(Deserialize)]
struct Manifest {
    example: Vec<Example>,
    dependencies: toml::Table,
}

#[derive(Deserialize)]
struct Example {
    name: String,
    path: String,
}

/// The index. A program that no chapter names, and a source that doesn't say what it shows, are
/// faults.
pub(crate) fn page(root: &Path, shelf: &Shelf, faults: &mut Vec<String>) -> Result<String, Error> {
    let mut manifest: Manifest = tables(root, MANIFEST)?;
    manifest.example.sort_by(|a, b| a.name.cmp(&b.name));
    let mut page = format!("{HEAD}## Examples\n\n");
    let mut sources = Vec::new();
    for example in &manifest.example {
        let path = format!("examples/{}", example.path);
        let source = read(root, &path)?;
        let command = Regex::new(&format!(
            r"cargo run (--release )?--example {}\b",
            regex::escape(&example.name)
        ))
        .expect("right");
        let chapters = chapters(shelf, |text| command.find(text).map(|found| found.start()));
        let typed = command.find(&source).map_or_else(
            || format!("cargo run --example {}", example.name),
            |found| found.as_str().to_owned(),
        );
        let shows = shows(&source);
        if shows.is_empty() {
            faults.push(format!("{path}:1: begin with `//! What it shows.`"));
        }
        if chapters.is_empty() {
            faults.push(format!(
                "{path}: no chapter names it: write `{typed}` where it belongs"
            ));
        }
        entry(&mut page, &example.name, &shows, &typed, &path, &chapters);
        sources.push((example.name.clone(), source));
    }
    page.push_str("## Libraries\n\n");
    for name in manifest.dependencies.keys() {
        let path = format!("crates/{name}/src/lib.rs");
        if !root.join(&path).is_file() {
            continue;
        }
        let shows = shows(&read(root, &path)?);
        if shows.is_empty() {
            faults.push(format!("{path}:1: begin with `//! What it is.`"));
        }
        let folder = format!("crates/{name}/");
        let chapters: Vec<_> = shelf
            .chapters
            .iter()
            .filter(|chapter| chapter.page.chapter.source.text.contains(&folder))
            .map(|chapter| format!("[{}]({})", chapter.title, chapter.address("")))
            .collect();
        let command = format!("cargo test -p {name}");
        entry(&mut page, name, &shows, &command, &path, &chapters);
        let of_it = format!("{}::", name.replace('-', "_"));
        let users: Vec<_> = sources
            .iter()
            .filter(|(_, source)| source.contains(&of_it))
            .map(|(user, _)| format!("[`{user}`](#{user})"))
            .collect();
        if !users.is_empty() {
            let users = users.join(", ");
            page.truncate(page.trim_end().len());
            writeln!(page, "\n- used by: {users}\n").expect("memory");
        }
    }
    Ok(page)
}

fn entry(
    page: &mut String,
    name: &str,
    shows: &str,
    command: &str,
    path: &str,
    chapters: &[String],
) {
    let read_in = match chapters {
        [] => String::new(),
        _ => format!("- in: {}\n", chapters.join(", ")),
    };
    writeln!(
        page,
        "### `{name}`\n\n{shows}\n\n- `{command}`\n- file: `{path}`\n{read_in}"
    )
    .expect("memory");
}

/// The page with each file as a link to it.
pub(crate) fn linked(page: &str, links: &FileLinks) -> String {
    static FILE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("(?m)^- file: (`([^`]+)`)$").expect("right"));
    let link = |found: &Captures<'_>| {
        let address = links.address(&found[2], None);
        format!("- file: [{}]({address})", &found[1])
    };
    FILE.replace_all(page, link).into_owned()
}

/// Links to the sections in which `find` finds something, one a chapter.
fn chapters(shelf: &Shelf, find: impl Fn(&str) -> Option<usize>) -> Vec<String> {
    let found = shelf.chapters.iter().filter_map(|chapter| {
        let at = find(chapter.text())?;
        let id = chapter.section(at).map_or("", |section| &section.id);
        Some(format!("[{}]({})", chapter.place(at), chapter.address(id)))
    });
    found.collect()
}

/// The first paragraph of a source's documentation, without the command.
fn shows(source: &str) -> String {
    static COMMAND: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"[:.]? *`cargo run [^`]*`\.?$").expect("right"));
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    let paragraph: Vec<_> = lines
        .map(str::trim)
        .take_while(|line| !line.is_empty())
        .collect();
    let text = paragraph.join(" ");
    match COMMAND.is_match(&text) {
        true => format!("{}.", COMMAND.replace(&text, "")),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::shelf::tests::shelf;

    #[test]
    fn what_a_program_shows_is_its_first_paragraph() {
        for (source, wanted) in [
            ("//! One\n//! two. `cargo run --example x`.\n", "One two."),
            ("//! One: `cargo run --release --example x`.\n\nfn", "One."),
            ("//! One `x`.\n//!\n//! More.\n", "One `x`."),
            ("fn main() {}\n", ""),
        ] {
            assert_eq!(shows(source), wanted);
        }
    }

    #[test]
    fn a_program_is_indexed_with_its_command_file_and_chapter() {
        let root = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write(
            MANIFEST,
            "[dependencies]\nthe-lib = \"1\"\nother = \"1\"\n[[example]]\nname = \"a_b\"\npath = \"a_b.rs\"\n[[example]]\nname = \"lost\"\npath = \"lost.rs\"\n",
        );
        write("examples/a_b.rs", "//! Shows it.\nuse the_lib::x;\n");
        write("examples/lost.rs", "");
        write("crates/the-lib/src/lib.rs", "//! A library.\n");
        let text = "# A\n\n## B\n\nRun `cargo run --example a_b`, of crates/the-lib/.\n";
        let mut faults = Vec::new();
        let page = page(root.path(), &shelf(&[("p/a.md", text)]), &mut faults).unwrap();
        for part in [
            "### `a_b`\n\nShows it.\n\n- `cargo run --example a_b`\n- file: `examples/a_b.rs`\n- in: [A: B](../p/a.md#b)\n",
            "### `the-lib`\n\nA library.\n\n- `cargo test -p the-lib`\n- file: `crates/the-lib/src/lib.rs`\n- in: [A](../p/a.md)\n- used by: [`a_b`](#a_b)\n",
        ] {
            assert!(page.contains(part), "{part}\n{page}");
        }
        assert!(!page.contains("`other`"));
        let faults = faults.join("\n");
        assert!(
            faults.contains("examples/lost.rs:1: begin with"),
            "{faults}"
        );
        assert!(
            faults.contains("examples/lost.rs: no chapter names it"),
            "{faults}"
        );
    }
}
