//! Builds the pages with mdBook as a library, our preprocessors in process, and swaps them in whole.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use highlight::HighlightPreprocessor;
use mdbook_driver::MDBook;
use mdbook_outcomes::OutcomesPreprocessor;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use mdbook_verdict::VerdictPreprocessor;
use reference::ReferencePreprocessor;
use serde_json::json;

use crate::address::{self, Addresses};
use crate::{bundle, contents, describe, turning};

/// mdbook-admonish, through the adapter of mdBook 0.5's JSON.
struct Admonish;

impl Preprocessor for Admonish {
    fn name(&self) -> &str {
        "admonish"
    }

    fn run(&self, context: &PreprocessorContext, book: Book) -> Result<Book> {
        let answer = admonish::run_json(&json!([context, book]))?;
        Ok(serde_json::from_value(answer)?)
    }
}

/// The folder that holds the pages.
///
/// # Errors
///
/// If book.toml can't be read.
pub fn folder(root: &Path) -> Result<PathBuf> {
    let config = mdbook_driver::config::Config::from_disk(root.join("book.toml"))?;
    Ok(root.join(config.build.build_dir))
}

/// Builds the pages, and gives the path of the first.
///
/// They are built beside the last good ones and swapped in when they are whole: a failure leaves
/// those as they were. With the address of the site that they are for, they name their own, and a
/// sitemap lists them. With that of the repository, they lead to the files there.
///
/// # Errors
///
/// If mdBook or a preprocessor fails, a folder can't be written, or a link into the repository
/// leads astray.
pub fn pages(root: &Path, addresses: &Addresses) -> Result<PathBuf> {
    let mut book = MDBook::load(root)?;
    let site = addresses.site.as_ref();
    if let Some(site) = site {
        book.config.set("output.html.site-url", site.path())?;
    }
    let (repository, revision) = (&addresses.repository, addresses.revision.as_ref());
    if let Some(repository) = repository {
        repository.configure(&mut book.config, revision)?;
    }
    book.with_preprocessor(VerdictPreprocessor);
    book.with_preprocessor(OutcomesPreprocessor);
    book.with_preprocessor(Admonish);
    book.with_preprocessor(ReferencePreprocessor);
    book.with_preprocessor(HighlightPreprocessor);
    let pages = root.join(&book.config.build.build_dir);
    let next = beside(&pages, "next");
    let last = beside(&pages, "last");
    book.config.build.build_dir = next.strip_prefix(root).unwrap_or(&next).to_owned();
    remove(&next)?;
    let built = book
        .build()
        .and_then(|()| bundle::pages(&next))
        .and_then(|()| describe::pages(&next))
        .and_then(|()| contents::pages(&next))
        .and_then(|()| turning::pages(&next))
        .and_then(|()| site.map_or(Ok(()), |site| address::pages(&next, site)))
        .and_then(|()| match repository {
            Some(repository) => repository.check(root, &next, revision),
            None => Ok(()),
        });
    if let Err(error) = built {
        remove(&next)?;
        return Err(error);
    }
    remove(&last)?;
    if pages.exists() {
        fs::rename(&pages, &last).with_context(|| format!("can't move {}", pages.display()))?;
    }
    fs::rename(&next, &pages).with_context(|| format!("can't move {}", next.display()))?;
    remove(&last)?;
    Ok(pages.join("index.html"))
}

fn beside(pages: &Path, what: &str) -> PathBuf {
    let mut name = pages.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{what}"));
    pages.with_file_name(name)
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("can't remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    const CHAPTER: &str = "# A\n\n```rust,compile_fail,E0382\nlet a = String::new();\ndrop(a);\ndrop(a);\n```\n\n```toml,quiz\nkind = \"line\"\nexplanation = \"It has been given away.\"\n```\n\n```rust\nprintln!(\"one\");\n```\n\n```text,output\none\n```\n\n```rust,compile_fail,E0308\nlet a: u8 = \"\";\n```\n\n```text,diagnostic\nerror[E0308]: mismatched types\n...\n```\n";

    const NOWHERE: Addresses = Addresses {
        site: None,
        repository: None,
        revision: None,
    };

    /// What `pages` runs in process must be asked for.
    const ADMONISH: &str =
        "[preprocessor.admonish]\ncommand = \"in process\"\nassets_version = \"3.1.0\"\n";

    /// A book of one chapter; `preprocessors` go into its book.toml.
    fn book(chapter: &str, preprocessors: &str) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("src")).unwrap();
        fs::write(
            root.join("book.toml"),
            format!("[rust]\nedition = \"2024\"\n[build]\ncreate-missing = false\n{preprocessors}"),
        )
        .unwrap();
        fs::write(root.join("src/SUMMARY.md"), "- [A](a.md)\n").unwrap();
        fs::write(root.join("src/a.md"), chapter).unwrap();
        folder
    }

    /// book.toml's lines for the verifier, as ours has them.
    fn verdict() -> String {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.toml");
        format!(
            "[preprocessor.verdict]\ncommand = 'cargo run --quiet --manifest-path {} --package mdbook-verdict --'\nbefore = [\"links\"]\nrenderers = [\"html\", \"test\"]\n",
            manifest.display()
        )
    }

    fn first_page(root: &Path) -> String {
        fs::read_to_string(root.join("book/index.html")).unwrap()
    }

    #[test]
    fn a_failed_build_leaves_the_last_good_pages() {
        let folder = book("# A\n\nthe good text\n", ADMONISH);
        let root = folder.path();
        assert_eq!(pages(root, &NOWHERE).unwrap(), root.join("book/index.html"));
        assert!(first_page(root).contains("the good text"));

        fs::write(root.join("src/a.md"), "# A\n\n{{#include gone.rs}}\n").unwrap();
        assert!(pages(root, &NOWHERE).is_err());
        assert!(first_page(root).contains("the good text"));
        assert!(!root.join("book.next").exists());

        fs::remove_file(root.join("src/a.md")).unwrap();
        assert!(pages(root, &NOWHERE).is_err());
        assert!(first_page(root).contains("the good text"));

        fs::write(root.join("src/a.md"), "# A\n\nthe next text\n").unwrap();
        pages(root, &NOWHERE).unwrap();
        assert!(first_page(root).contains("the next text"));
        assert!(!root.join("book.next").exists() && !root.join("book.last").exists());
    }

    /// What mdBook writes below a chapter is what we look for.
    #[test]
    fn a_chapter_ends_with_the_names_of_its_neighbours() {
        let folder = book("# A\n", ADMONISH);
        let root = folder.path();
        fs::write(root.join("src/SUMMARY.md"), "- [A](a.md)\n- [B](b.md)\n").unwrap();
        fs::write(root.join("src/b.md"), "# B\n").unwrap();
        pages(root, &NOWHERE).unwrap();
        let page = |name: &str| fs::read_to_string(root.join("book").join(name)).unwrap();
        for (name, neighbour, place) in [
            ("index.html", "2. B", "Page 1 of 2"),
            ("a.html", "2. B", "Page 1 of 2"),
            ("b.html", "1. A", "Page 2 of 2"),
        ] {
            let title = format!("<span class=\"turn-title\">{neighbour}</span></a>");
            assert!(page(name).contains(&title), "{name}");
            assert!(page(name).contains(place), "{name}");
        }
    }

    #[test]
    fn pages_for_a_site_name_their_address_and_a_sitemap_lists_them() {
        let folder = book("# A\n", ADMONISH);
        let root = folder.path();
        fs::write(root.join("src/SUMMARY.md"), "- [A](a.md)\n- [B](b/c.md)\n").unwrap();
        fs::create_dir(root.join("src/b")).unwrap();
        fs::write(root.join("src/b/c.md"), "# B\n").unwrap();
        let built = root.join("book");
        let page = |name: &str| fs::read_to_string(built.join(name)).unwrap();
        let all = [
            "index.html",
            "a.html",
            "b/c.html",
            "404.html",
            "print.html",
            "toc.html",
        ];

        pages(root, &NOWHERE).unwrap();
        assert!(!built.join("sitemap.xml").exists());
        assert!(all.iter().all(|name| !page(name).contains("canonical")));

        let addresses = Addresses {
            site: Some("https://example.org/x".parse().unwrap()),
            ..NOWHERE
        };
        pages(root, &addresses).unwrap();
        let first = "https://example.org/x/";
        let second = "https://example.org/x/b/c.html";
        let addresses = [Some(first), Some(first), Some(second), None, None, None];
        for (name, address) in all.iter().zip(addresses) {
            let found: Vec<_> = page(name)
                .split("<link rel=\"canonical\" href=\"")
                .skip(1)
                .map(|rest| rest.split('"').next().unwrap().to_owned())
                .collect();
            assert_eq!(found, address.into_iter().collect::<Vec<_>>(), "{name}");
        }
        assert!(page("404.html").contains("<base href=\"/x/\">"));
        let sitemap = page("sitemap.xml");
        let listed: Vec<_> = sitemap
            .lines()
            .filter(|line| line.starts_with("<url>"))
            .collect();
        let wanted = [first, second].map(|address| format!("<url><loc>{address}</loc></url>"));
        assert_eq!(listed, wanted);
    }

    /// Why book.toml names the renderers of each preprocessor.
    #[test]
    fn a_preprocessor_that_does_not_build_stops_the_stock_mdbook() {
        let broken =
            "[preprocessor.broken]\ncommand = \"cargo run --quiet --package no-such-package --\"\n";
        let silently_left_out = book("# A\n", broken);
        assert!(
            MDBook::load(silently_left_out.path())
                .unwrap()
                .build()
                .is_ok()
        );

        let named = book("# A\n", ADMONISH);
        pages(named.path(), &NOWHERE).unwrap();
        let toml = format!("{broken}renderers = [\"html\", \"test\"]\n");
        fs::write(named.path().join("book.toml"), toml).unwrap();
        fs::write(named.path().join("src/a.md"), "# B\n").unwrap();
        assert!(MDBook::load(named.path()).unwrap().build().is_err());
        assert!(first_page(named.path()).contains("A</a>"));
    }

    #[test]
    fn the_books_own_preprocessors_name_their_renderers() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let text = fs::read_to_string(root.join("book.toml")).unwrap();
        let config: toml::Table = text.parse().unwrap();
        for (name, preprocessor) in config["preprocessor"].as_table().unwrap() {
            assert!(preprocessor.get("renderers").is_some(), "{name}");
        }
    }

    /// The stock `mdbook test` is a call of this function.
    fn stock_test(chapter: &str) -> Result<()> {
        let folder = book(chapter, &verdict());
        MDBook::load(folder.path()).unwrap().test(Vec::new())
    }

    #[test]
    fn mdbook_test_passes_a_true_book() {
        stock_test(CHAPTER).unwrap();
    }

    #[test]
    fn mdbook_test_fails_when_anything_on_the_page_is_changed() {
        for (shown, changed) in [
            ("drop(a);\ndrop(a);", "drop(a);"),
            ("E0382", "E0499"),
            ("text,output\none", "text,output\ntwo"),
            ("mismatched", "matched"),
            ("kind = \"line\"", "kind = \"prints\""),
            ("println!(\"one\")", "println!(\"one\""),
        ] {
            let chapter = CHAPTER.replacen(shown, changed, 1);
            assert_ne!(chapter, CHAPTER);
            assert!(stock_test(&chapter).is_err(), "{changed}");
        }
    }
}
