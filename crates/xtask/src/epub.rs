//! The book as an EPUB, made of the built pages: `cargo xtask epub`.

mod archive;
mod xhtml;

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use mdbook_driver::config::Config;
use sha2::{Digest as _, Sha256};

use crate::bench::machine;
use crate::browse;
use crate::chapters::{self, Part};

use archive::Metadata;
use xhtml::{Chapter, Links};

/// Writes target/book.epub from the built pages, and has epubcheck look at it where there is one;
/// whether it found nothing.
///
/// # Errors
///
/// If a page can't be read, a link leads to no page of the book, or the file can't be written.
pub fn write(root: &Path, pages: &Path) -> Result<bool> {
    let config = Config::from_disk(root.join("book.toml"))?;
    let epub = root.join("target/book.epub");
    let chapters = make(pages, &config, &epub)?;
    println!("{}: {chapters} chapters", epub.display());
    checked(&epub, &env::var_os("PATH").unwrap_or_default())
}

/// Writes the EPUB, and says how many chapters it has.
fn make(pages: &Path, config: &Config, epub: &Path) -> Result<usize> {
    let contents = chapters::read(pages)?;
    let links = links(&contents);
    let mut chapters = BTreeMap::new();
    for entry in contents.iter().flat_map(|part| &part.chapters) {
        let path = pages.join(&entry.page);
        let html =
            fs::read_to_string(&path).with_context(|| format!("can't read {}", path.display()))?;
        let chapter = Chapter::of_page(&html, &entry.page, &links)
            .with_context(|| format!("in {}", path.display()))?;
        chapters.insert(entry.page.clone(), chapter);
    }
    dead_anchors(&chapters)?;
    let metadata = Metadata {
        title: config.book.title.clone().unwrap_or_default(),
        description: config.book.description.clone().unwrap_or_default(),
        authors: config.book.authors.clone(),
        language: config.book.language.clone().unwrap_or("en".to_owned()),
        day: machine::today(),
        id: id(config),
    };
    let folder = epub.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).with_context(|| format!("can't make {}", folder.display()))?;
    let file = fs::File::create(epub).with_context(|| format!("can't write {}", epub.display()))?;
    archive::write(file, &metadata, &contents, &chapters)?;
    Ok(chapters.len())
}

/// The pages that can be linked to. The first is there under two names.
fn links(contents: &[Part]) -> Links {
    let mut links: Links = contents
        .iter()
        .flat_map(|part| &part.chapters)
        .map(|entry| (entry.page.clone(), entry.page.clone()))
        .collect();
    if let Some(first) = contents.iter().find_map(|part| part.chapters.first()) {
        links.insert("index.html".to_owned(), first.page.clone());
    }
    links
}

/// A name for the book that stays the same: a UUID of the kind that anybody may define, of its
/// title and its authors.
fn id(config: &Config) -> String {
    let mut hash = Sha256::new();
    for text in config.book.title.iter().chain(&config.book.authors) {
        hash.update(text);
        hash.update([0]);
    }
    let mut bytes: [u8; 16] = hash.finalize()[..16].try_into().expect("there are 32");
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| &hex[part]);
    format!("urn:uuid:{}", parts.join("-"))
}

fn dead_anchors(chapters: &BTreeMap<String, Chapter>) -> Result<()> {
    for (page, chapter) in chapters {
        for (target, anchor) in &chapter.anchors {
            let found = chapters
                .get(target)
                .is_some_and(|it| it.ids.contains(anchor));
            if !found {
                bail!("{page} links to {target}#{anchor}, which the EPUB doesn't have");
            }
        }
    }
    Ok(())
}

/// Whether epubcheck finds nothing, if it is there.
fn checked(epub: &Path, path: &std::ffi::OsString) -> Result<bool> {
    let Some(mut command) = epubcheck(path)? else {
        println!(
            "not checked: there is no epubcheck on the path (Debian: `apt-get install epubcheck`)"
        );
        return Ok(true);
    };
    let output = command.arg("--failonwarnings").arg(epub).output();
    let output = output.context("can't run epubcheck")?;
    let all = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&all);
    let good = output.status.success();
    match good {
        true => println!("epubcheck finds nothing wrong with it"),
        false => eprintln!("{text}"),
    }
    Ok(good)
}

/// epubcheck: a script, or a bare Java archive, which a system may not know how to start.
fn epubcheck(path: &std::ffi::OsString) -> Result<Option<Command>> {
    let Some(found) = browse::on_path(&["epubcheck"], path) else {
        return Ok(None);
    };
    let file: PathBuf = fs::canonicalize(&found)?;
    if !fs::read(&file)?.starts_with(b"PK") {
        return Ok(Some(Command::new(file)));
    }
    let Some(java) = browse::on_path(&["java"], path) else {
        bail!("epubcheck needs Java: install a runtime, such as Debian's `default-jre-headless`");
    };
    let mut command = Command::new(java);
    command.arg("-jar").arg(file);
    Ok(Some(command))
}

#[cfg(test)]
mod tests;
