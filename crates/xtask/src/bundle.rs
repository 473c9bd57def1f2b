//! Puts the style sheets and the scripts of the built pages together: a first visit asks for few.
//!
//! mdBook links ten style sheets and eight scripts, each a request. Here each page's sheets become
//! one file and the scripts at its end another; those of the search are brought by `search.js` when
//! somebody searches. Fonts stand in the sheet, and are unpacked before the page is laid out: none
//! is shown in another font first. It works on what mdBook wrote, so no template is forked, and what
//! the stock mdBook builds looks and works the same.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use regex::{Captures, Regex};
use sha2::{Digest as _, Sha256};

/// Fonts are unpacked when some text first asks for one: too late for the first layout.
const LOAD_FONTS: &str = "        <script>document.fonts.forEach(font => font.load())</script>\n";

/// Opened from a folder, which has no root, a page with a base finds its files beside it.
const FROM_FOLDER: &str = "\n        <script>location.protocol === \"file:\" && document.querySelector(\"base\").remove()</script>";

const LAZY_SEARCH: &str = include_str!("bundle/search.js");

/// The scripts that only a search needs, by the beginning of their names.
const SEARCH: &[&str] = &["elasticlunr", "mark", "searcher"];

/// Bundles all pages in a folder, and removes the files that no page names any more.
///
/// # Errors
///
/// If a page names a file that isn't there, or a style sheet names another one or another host.
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
    base: Regex,
    sheet: Regex,
    attribute: Regex,
    script: Regex,
    reference: Regex,
    /// A string, or what may go between style rules.
    loose: Regex,
}

impl<'f> Bundler<'f> {
    fn new(folder: &'f Path) -> Self {
        let regex = |pattern| Regex::new(pattern).expect("the pattern is right");
        Self {
            folder,
            parts: BTreeSet::new(),
            base: regex("<base [^>]*>"),
            sheet: regex(r#"[ \t]*<link rel="stylesheet"([^>]*)>\n?"#),
            attribute: regex(r#"\b(id|href|media)="([^"]*)""#),
            script: regex(r#"[ \t]*<script src="([^"]+)"></script>\n?"#),
            reference: regex(r#"@import|(url\(\s*["']?)([^"'\s)]*)"#),
            loose: regex(r#"(?s)("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?:/\*.*?\*/|\s*\n\s*)+"#),
        }
    }

    fn page(&mut self, page: &Path, html: &str) -> Result<String> {
        let html = self.sheets(page, html)?;
        let html = self.base.replace(&html, format!("$0{FROM_FOLDER}"));
        let Some((head, body)) = html.split_once("<body") else {
            return Ok(html.into_owned());
        };
        Ok(format!("{head}<body{}", self.scripts(page, body)?))
    }

    /// One sheet in place of many. book.js turns some on and off by their ids: for those an empty
    /// one stays.
    fn sheets(&mut self, page: &Path, html: &str) -> Result<String> {
        let mut css = String::new();
        let mut switched = String::new();
        let (mut parts, mut fonts) = (BTreeSet::new(), BTreeSet::new());
        for link in self.sheet.captures_iter(html) {
            let attribute = |name: &str| {
                let mut all = self.attribute.captures_iter(link.get(1)?.as_str());
                all.find(|it| &it[1] == name).map(|it| it[2].to_owned())
            };
            let href = attribute("href").context("a style sheet without href")?;
            let (path, text) = read_part(self.folder, page, html, &href)?;
            let (text, named) = self.moved(&path, &text)?;
            fonts.extend(named);
            parts.insert(path);
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
        let css = self.loose.replace_all(&css, |found: &Captures<'_>| {
            found
                .get(1)
                .map_or("\n", |string| string.as_str())
                .to_owned()
        });
        let address = self.write("style", "css", &css, page, html)?;
        let load = if fonts.is_empty() { "" } else { LOAD_FONTS };
        self.parts.extend(parts);
        self.parts.extend(fonts);
        let link =
            format!("        <link rel=\"stylesheet\" href=\"{address}\">\n{switched}{load}");
        Ok(replace_all(&self.sheet, html, &link))
    }

    /// A sheet's text for the book's root, its images' addresses made to fit, and the fonts that
    /// stand in it now.
    fn moved(&self, path: &Path, css: &str) -> Result<(String, BTreeSet<PathBuf>)> {
        let mut elsewhere = None;
        let mut fonts = BTreeSet::new();
        let moved = self.reference.replace_all(css, |found: &Captures<'_>| {
            let (whole, address) = (&found[0], found.get(2).map_or("", |it| it.as_str()));
            if address.starts_with("data:") || address.starts_with('#') {
                return whole.to_owned();
            }
            if address.is_empty() || address.starts_with('/') || address.contains(':') {
                elsewhere = Some(whole.to_owned());
            }
            let inside = path.strip_prefix(self.folder).unwrap_or(path);
            let folders = inside.parent().into_iter().flat_map(Path::components);
            let folders: String = folders
                .map(|folder| format!("{}/", folder.as_os_str().display()))
                .collect();
            let opening = found.get(1).map_or("", |it| it.as_str());
            let font = self.folder.join(format!("{folders}{address}"));
            if address.ends_with(".woff2")
                && let Ok(bytes) = fs::read(&font)
            {
                fonts.insert(font);
                let text = BASE64_STANDARD.encode(bytes);
                return format!("{opening}data:font/woff2;base64,{text}");
            }
            format!("{opening}{folders}{address}")
        });
        match elsewhere {
            Some(what) => bail!("{} names another sheet or host: {what}", path.display()),
            None => Ok((moved.into_owned(), fonts)),
        }
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

#[cfg(test)]
mod tests {
    use super::pages as bundle_pages;
    use super::*;
    use std::collections::BTreeMap;
    use tempfile::TempDir;

    /// A book of two chapters as mdBook writes it, one in a folder, with a sheet and a script of
    /// its own.
    fn built() -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let files = [
            (
                "book.toml",
                "[output.html]\nadditional-css = [\"own.css\"]\nadditional-js = [\"own.js\"]\n",
            ),
            ("src/SUMMARY.md", "- [A](a.md)\n- [B](part/b.md)\n"),
            ("src/a.md", "# A\n\nfirst\n"),
            ("src/part/b.md", "# B\n\nsecond\n"),
            (
                "own.css",
                "/* don't */ a::before {\n    content: \"/* kept\\\" */  \";\n}\n",
            ),
            ("own.js", "window.own = 1"),
        ];
        for (name, text) in files {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            write(&path, text).unwrap();
        }
        mdbook_driver::MDBook::load(root).unwrap().build().unwrap();
        folder
    }

    /// The files at the top of a folder by what their name begins with, up to its `-`.
    fn bundles(folder: &Path) -> BTreeMap<String, String> {
        let entries = fs::read_dir(folder).unwrap();
        let paths = entries.map(|entry| entry.unwrap().path());
        paths
            .filter_map(|path| {
                let name = path.file_name()?.to_str()?.split_once('-')?.0.to_owned();
                Some((name, read(&path).ok()?))
            })
            .collect()
    }

    #[test]
    fn a_page_asks_for_one_sheet_and_two_scripts() {
        let book = built();
        let pages = book.path().join("book");
        bundle_pages(&pages).unwrap();
        for (page, up) in [
            ("index.html", ""),
            ("part/b.html", "../"),
            ("404.html", ""),
            ("print.html", ""),
        ] {
            let html = read(&pages.join(page)).unwrap();
            let count = |what: &str| html.matches(what).count();
            assert_eq!(count("<link rel=\"stylesheet\""), 1, "{page}");
            assert_eq!(count("<script src=\""), 1, "{page}: the sidebar's, and");
            assert_eq!(count(&format!("href=\"{up}style-")), 1, "{page}");
            assert_eq!(
                count(&format!("<script defer src=\"{up}script-")),
                1,
                "{page}"
            );
            assert_eq!(count(&format!("data-search=\"{up}search-")), 1, "{page}");
            // book.js turns these on and off.
            assert_eq!(count("<style id=\"mdbook-"), 3, "{page}");
        }
        assert!(
            !pages.join("css").exists() || fs::read_dir(pages.join("css")).unwrap().count() == 0
        );
    }

    #[test]
    fn nothing_is_lost_and_the_order_is_kept() {
        let book = built();
        let pages = book.path().join("book");
        bundle_pages(&pages).unwrap();
        let bundles = bundles(&pages);
        let in_order = |name: &str, parts: &[&str]| {
            let mut rest = bundles[name].as_str();
            for part in parts {
                let at = rest.find(part).unwrap_or_else(|| panic!("{name}: {part}"));
                rest = &rest[at + part.len()..];
            }
        };
        in_order(
            "style",
            &[
                "--sidebar-width",
                ".menu-bar",
                "@media print {",
                ".hljs",
                "a::before {\ncontent: \"/* kept\\\" */  \";\n}",
            ],
        );
        assert!(!bundles["style"].contains("don't"));
        in_order(
            "script",
            &[
                "ClipboardJS",
                "hljs",
                "playground_text",
                "window.own = 1\n;",
                "data",
            ],
        );
        assert!(!bundles["script"].contains("elasticlunr"));
        in_order("search", &["elasticlunr", "Mark", "searchresults"]);
    }

    #[test]
    fn a_sheet_still_finds_its_fonts_and_images() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("fonts")).unwrap();
        let css = "a{b:url('x.woff2');c:url( \"../y.png\" );d:url(data:z);e:url(#f)}";
        write(&folder.path().join("fonts/a.css"), css).unwrap();
        let link = "<link rel=\"stylesheet\" href=\"fonts/a.css\"><body></body>";
        write(&folder.path().join("index.html"), link).unwrap();
        bundle_pages(folder.path()).unwrap();
        assert_eq!(
            bundles(folder.path())["style"],
            "a{b:url('fonts/x.woff2');c:url( \"fonts/../y.png\" );d:url(data:z);e:url(#f)}\n"
        );
    }

    #[test]
    fn a_font_stands_in_the_sheet_that_names_it_and_is_unpacked_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let font = folder.path().join("x.woff2");
        fs::write(&font, b"wOF2").unwrap();
        fs::create_dir(folder.path().join("fonts")).unwrap();
        let css = "a{b:url('../x.woff2') format('woff2')}";
        write(&folder.path().join("fonts/a.css"), css).unwrap();
        let link = "<link rel=\"stylesheet\" href=\"fonts/a.css\"><body></body>";
        let page = folder.path().join("index.html");
        write(&page, link).unwrap();
        bundle_pages(folder.path()).unwrap();
        assert_eq!(
            bundles(folder.path())["style"],
            "a{b:url('data:font/woff2;base64,d09GMg==') format('woff2')}\n"
        );
        assert!(read(&page).unwrap().contains(LOAD_FONTS));
        assert!(!font.exists(), "it would be sent twice");
    }

    #[test]
    fn a_sheet_that_names_another_sheet_or_host_is_refused() {
        for css in [
            "a { background: url(//x/y.png) }",
            "@import 'x.css';",
            "a{b:url( 'https://x' )}",
        ] {
            let folder = tempfile::tempdir().unwrap();
            write(&folder.path().join("a.css"), css).unwrap();
            let link = "<link rel=\"stylesheet\" href=\"a.css\"><body></body>";
            write(&folder.path().join("index.html"), link).unwrap();
            let error = format!("{:#}", bundle_pages(folder.path()).unwrap_err());
            assert!(error.contains("names another sheet or host"), "{error}");
        }
    }

    #[test]
    fn a_file_outside_of_the_book_is_refused() {
        let (folder, page) = (Path::new("book"), Path::new("book/part/b.html"));
        for address in ["../../x.js", "https://x/y.js", "//x/y.js", "/x.js", "x:y"] {
            assert!(file(folder, page, "", address).is_err(), "{address}");
        }
        assert_eq!(
            file(folder, page, "", "../x.js?1#2").unwrap(),
            Path::new("book/x.js")
        );
        let based = "<base href=\"/\">";
        assert_eq!(
            file(folder, page, based, "x.js").unwrap(),
            Path::new("book/x.js")
        );
    }
}
