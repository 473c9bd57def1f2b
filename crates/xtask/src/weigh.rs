//! What a first visit to each page costs: bytes as a server sends them compressed, and requests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use regex::Regex;

use crate::bundle;

/// A first visit's limits.
const BYTES: usize = 150 * 1024;
const REQUESTS: usize = 12;

/// What a first visit to a page fetches.
#[derive(Debug, PartialEq, Eq)]
pub struct Weight {
    /// The page, from the book's folder.
    pub page: PathBuf,
    /// Compressed with gzip, as GitHub Pages does.
    pub bytes: usize,
    /// The page itself among them.
    pub requests: usize,
}

impl Weight {
    fn is_light(&self) -> bool {
        // All of the book at once may be heavy.
        self.page == Path::new("print.html") || (self.bytes <= BYTES && self.requests <= REQUESTS)
    }
}

/// Weighs each of the built pages and prints a table; whether all keep to the limits.
///
/// # Errors
///
/// If a page names a file that isn't there, or one of another host.
pub fn pages(folder: &Path) -> Result<bool> {
    let weights = weigh(folder)?;
    println!("{:>9}  {:>8}  page", "KiB, gzip", "requests");
    for weight in &weights {
        let remark = if weight.is_light() { "" } else { "  TOO MUCH" };
        let kib = weight.bytes as f64 / 1024.0;
        let (requests, page) = (weight.requests, weight.page.display());
        println!("{kib:>9.1}  {requests:>8}  {page}{remark}");
    }
    let light = weights.iter().all(Weight::is_light);
    println!(
        "at most {} KiB and {REQUESTS} requests, print.html aside: {}",
        BYTES / 1024,
        match light {
            true => "kept by all",
            false => "not kept",
        }
    );
    Ok(light)
}

fn weigh(folder: &Path) -> Result<Vec<Weight>> {
    let mut sizes = BTreeMap::new();
    let mut weights = Vec::new();
    for page in bundle::html_files(folder)? {
        let html = fs::read_to_string(&page)?;
        let mut fetched =
            resources(folder, &page, &html).with_context(|| format!("in {}", page.display()))?;
        fetched.insert(page.clone());
        let mut bytes = 0;
        for path in &fetched {
            if !sizes.contains_key(path) {
                sizes.insert(path.clone(), compressed(path)?);
            }
            bytes += sizes[path];
        }
        weights.push(Weight {
            page: page.strip_prefix(folder).unwrap_or(&page).to_owned(),
            bytes,
            requests: fetched.len(),
        });
    }
    weights.sort_by_key(|weight| std::cmp::Reverse(weight.bytes));
    Ok(weights)
}

/// The files that a browser fetches for a page, unasked, and those that its style sheets name.
fn resources(folder: &Path, page: &Path, html: &str) -> Result<BTreeSet<PathBuf>> {
    let without = Regex::new(r"(?s)<!--.*?-->|<noscript>.*?</noscript>|<pre.*?</pre>")?;
    let element =
        Regex::new(r"<(link|script|img|iframe|source|video|audio|object|embed|image|use)\b[^>]*>")?;
    let address = Regex::new(r#"\s(?:href|src|data|poster|xlink:href)="([^"]*)""#)?;
    let in_sheet = Regex::new(r#"(?:@import\s*|url\(\s*)["']?([^"')]*)"#)?;
    let mut found = BTreeSet::new();
    for element in element.find_iter(&without.replace_all(html, "")) {
        let link = element.as_str();
        // Of what a `link` may say, these are fetched.
        let fetched = ["stylesheet", "icon", "preload", "prefetch", "manifest"];
        if link.starts_with("<link") && !fetched.iter().any(|it| link.contains(it)) {
            continue;
        }
        for address in address.captures_iter(link) {
            let address = &address[1];
            if address.is_empty() || address.starts_with("data:") || address.starts_with('#') {
                continue;
            }
            found.insert(bundle::file(folder, page, html, address)?);
        }
    }
    for sheet in found.clone() {
        if sheet.extension().is_some_and(|it| it == "css") {
            let css = fs::read_to_string(&sheet)
                .with_context(|| format!("can't read {}", sheet.display()))?;
            for address in in_sheet.captures_iter(&css) {
                if !address[1].starts_with("data:") {
                    found.insert(bundle::file(folder, &sheet, "", &address[1])?);
                }
            }
        }
    }
    Ok(found)
}

fn compressed(path: &Path) -> Result<usize> {
    let bytes = fs::read(path).with_context(|| format!("can't read {}", path.display()))?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&bytes)?;
    Ok(encoder.finish()?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with files of these names and texts.
    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    #[test]
    fn everything_that_is_fetched_unasked_is_counted_once() {
        let page = r#"<link rel="stylesheet" href="../a.css"><link rel="canonical" href="https://x/">
            <script src="../b.js"></script><script src="../b.js"></script><img src="c.png">
            <!-- <script src="gone.js"></script> --><a href="https://elsewhere/">a link</a>
            <noscript><iframe src="gone.html"></iframe></noscript>"#;
        let folder = folder(&[
            ("part/page.html", page),
            (
                "a.css",
                "a { background: url(d.svg), url('data:image/svg+xml,x') }",
            ),
            ("b.js", "1;"),
            ("d.svg", "<svg/>"),
            ("part/c.png", "png"),
        ]);
        let weights = weigh(folder.path()).unwrap();
        assert_eq!(weights[0].requests, 5);
        let alone = compressed(&folder.path().join("part/page.html")).unwrap();
        assert!(weights[0].bytes > alone);
        assert!(pages(folder.path()).unwrap());
    }

    #[test]
    fn a_request_to_another_host_is_an_error() {
        for page in [
            r#"<script src="https://elsewhere/x.js"></script>"#,
            r#"<link rel="stylesheet" href="//elsewhere/x.css">"#,
            r#"<img alt="" src="http://elsewhere/x.png">"#,
            r#"<link rel="stylesheet" href="a.css">"#,
        ] {
            let sheet = "@import \"https://elsewhere/x.css\";";
            let folder = folder(&[("page.html", page), ("a.css", sheet)]);
            let error = format!("{:#}", weigh(folder.path()).unwrap_err());
            assert!(error.contains("lies outside of the book"), "{error}");
        }
    }

    #[test]
    fn a_page_that_weighs_too_much_fails() {
        // Nothing that gzip could make small.
        let mut seed = 1u32;
        let noise: String = std::iter::repeat_with(|| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b' ' + (seed >> 24) as u8 % 94)
        })
        .take(300 * 1024)
        .collect();
        let script = r#"<script src="a.js"></script>"#;
        let heavy = folder(&[("page.html", script), ("a.js", &noise)]);
        assert!(!pages(heavy.path()).unwrap());
        let print = folder(&[("print.html", script), ("a.js", &noise)]);
        assert!(pages(print.path()).unwrap());

        let names: Vec<String> = (0..REQUESTS).map(|n| format!("{n}.js")).collect();
        let page: String = names
            .iter()
            .map(|name| format!("<script src=\"{name}\"></script>"))
            .collect();
        let mut files = vec![("page.html", page.as_str())];
        files.extend(names.iter().map(|name| (name.as_str(), "1")));
        assert!(!pages(folder(&files).path()).unwrap());
    }

    #[test]
    fn a_missing_file_is_an_error() {
        let folder = folder(&[("page.html", r#"<script src="gone.js"></script>"#)]);
        assert!(weigh(folder.path()).is_err());
    }
}
