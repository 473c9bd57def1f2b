//! Puts the style sheets and the scripts of the built pages together: a first visit asks for few.
//!
//! mdBook links ten style sheets and eight scripts, each a request. Here each page's sheets become
//! one file and the scripts at its end another; those of the search are brought by `search.js` when
//! somebody searches. It works on what mdBook wrote, so no template is forked, and what the stock
//! mdBook builds looks and works the same.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use regex::{Captures, Regex};
use sha2::{Digest as _, Sha256};

const LAZY_SEARCH: &str = include_str!("bundle/search.js");

/// The scripts that only a search needs, by the beginning of their names.
const SEARCH: &[&str] = &["elasticlunr", "mark", "searcher"];

/// Bundles all pages in a folder, and removes the files that no page names any more.
///
/// # Errors
///
/// If a page names a file that isn't there, or a style sheet refers to another file by a relative
/// address, which would lead elsewhere from the bundle.
pub fn pages(folder: &Path) -> Result<()> {
    let mut bundler = Bundler::new(folder);
    for page in html_files(folder)? {
        let html = read(&page)?;
        let bundled = bundler
            .page(&page, &html)
            .with_context(|| format!("in {}", page.display()))?;
        if bundled != html {
            write(&page, &bundled)?;
        }
    }
    for part in &bundler.parts {
        fs::remove_file(part).with_context(|| format!("can't remove {}", part.display()))?;
    }
    Ok(())
}

/// The pages in a folder and its folders, in order.
pub fn html_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries =
        fs::read_dir(folder).with_context(|| format!("can't read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(html_files(&path)?);
        } else if path.extension().is_some_and(|it| it == "html") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

struct Bundler<'f> {
    folder: &'f Path,
    /// What stands in a bundle now.
    parts: BTreeSet<PathBuf>,
    sheet: Regex,
    attribute: Regex,
    script: Regex,
    reference: Regex,
}

impl<'f> Bundler<'f> {
    fn new(folder: &'f Path) -> Self {
        let regex = |pattern| Regex::new(pattern).expect("the pattern is right");
        Self {
            folder,
            parts: BTreeSet::new(),
            sheet: regex(r#"[ \t]*<link rel="stylesheet"([^>]*)>\n?"#),
            attribute: regex(r#"\b(id|href|media)="([^"]*)""#),
            script: regex(r#"[ \t]*<script src="([^"]+)"></script>\n?"#),
            reference: regex(r#"@import|url\(\s*["']?([^"')]{0,5})"#),
        }
    }

    fn page(&mut self, page: &Path, html: &str) -> Result<String> {
        let html = self.sheets(page, html)?;
        let Some((head, body)) = html.split_once("<body") else {
            return Ok(html);
        };
        Ok(format!("{head}<body{}", self.scripts(page, body)?))
    }

    /// One sheet in place of many. book.js turns some on and off by their ids: for those an empty
    /// one stays.
    fn sheets(&mut self, page: &Path, html: &str) -> Result<String> {
        let mut css = String::new();
        let mut switched = String::new();
        for link in self.sheet.captures_iter(html) {
            let attribute = |name: &str| {
                let mut all = self.attribute.captures_iter(link.get(1)?.as_str());
                all.find(|it| &it[1] == name).map(|it| it[2].to_owned())
            };
            let href = attribute("href").context("a style sheet without href")?;
            let (path, text) = read_part(self.folder, page, html, &href)?;
            if let Some(found) = self.reference.captures_iter(&text).find(leads_elsewhere) {
                bail!("{} refers to another file ({})", path.display(), &found[0]);
            }
            self.parts.insert(path);
            css.push_str(&match attribute("media") {
                Some(media) => format!("@media {media} {{\n{text}\n}}\n"),
                None => format!("{text}\n"),
            });
            if let Some(id) = attribute("id") {
                switched.push_str(&format!("        <style id=\"{id}\"></style>\n"));
            }
        }
        if css.is_empty() {
            return Ok(html.to_owned());
        }
        let address = self.write("style", "css", &css, page, html)?;
        let link = format!("        <link rel=\"stylesheet\" href=\"{address}\">\n{switched}");
        Ok(replace_all(&self.sheet, html, &link))
    }

    /// One script in place of those at the page's end, and the search's apart.
    fn scripts(&mut self, page: &Path, body: &str) -> Result<String> {
        let (mut always, mut search) = (String::new(), String::new());
        let html = read(page)?;
        for script in self.script.captures_iter(body) {
            let (path, text) = read_part(self.folder, page, &html, &script[1])?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let of_search = SEARCH.iter().any(|part| name.starts_with(part));
            let bundle = if of_search { &mut search } else { &mut always };
            // A script may end without its semicolon.
            bundle.push_str(&format!("{text}\n;\n"));
            self.parts.insert(path);
        }
        if always.is_empty() {
            return Ok(body.to_owned());
        }
        let mut data = String::new();
        if !search.is_empty() {
            let address = self.write("search", "js", &search, page, &html)?;
            data = format!(" data-search=\"{address}\"");
            always.push_str(LAZY_SEARCH);
        }
        // Deferred, it holds up neither the page nor, in order, what waits for the whole document.
        let address = self.write("script", "js", &always, page, &html)?;
        let script = format!("        <script defer src=\"{address}\"{data}></script>\n");
        Ok(replace_all(&self.script, body, &script))
    }

    /// Writes a bundle, and gives its address from a page.
    fn write(&self, name: &str, kind: &str, text: &str, page: &Path, html: &str) -> Result<String> {
        let hash = Sha256::digest(text);
        let hash: String = hash[..4].iter().map(|byte| format!("{byte:02x}")).collect();
        let name = format!("{name}-{hash}.{kind}");
        write(&self.folder.join(&name), text)?;
        let inside = page.strip_prefix(self.folder).unwrap_or(page);
        let depth = match has_base(html) {
            true => 0,
            false => inside.components().count() - 1,
        };
        Ok(format!("{}{name}", "../".repeat(depth)))
    }
}

/// A page that stands for any address names its files from the book's root.
fn has_base(html: &str) -> bool {
    html.contains("<base href=")
}

fn leads_elsewhere(reference: &Captures<'_>) -> bool {
    reference.get(1).is_none_or(|to| to.as_str() != "data:")
}

/// The replacement stands where the first match stood.
fn replace_all(pattern: &Regex, html: &str, with: &str) -> String {
    let mut first = true;
    let replaced = pattern.replace_all(html, |_: &Captures<'_>| {
        match std::mem::replace(&mut first, false) {
            true => with.to_owned(),
            false => String::new(),
        }
    });
    replaced.into_owned()
}

/// The file that an address on a page names, and its text.
fn read_part(folder: &Path, page: &Path, html: &str, address: &str) -> Result<(PathBuf, String)> {
    let path = file(folder, page, html, address)?;
    let text = read(&path)?;
    Ok((path, text))
}

/// The file that an address on a page names.
///
/// # Errors
///
/// If it lies outside of the folder, such as on another host.
pub fn file(folder: &Path, page: &Path, html: &str, address: &str) -> Result<PathBuf> {
    let start = match has_base(html) {
        true => folder,
        false => page.parent().unwrap_or(folder),
    };
    let mut path = start.to_owned();
    let plain = address.split(['?', '#']).next().unwrap_or_default();
    for component in Path::new(plain).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if path != folder && path.pop() => {}
            Component::Normal(name) => path.push(name),
            _ => bail!("{address} lies outside of the book"),
        }
    }
    if address.contains("//") || address.contains(':') {
        bail!("{address} lies outside of the book");
    }
    Ok(path)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("can't read {}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("can't write {}", path.display()))
}
