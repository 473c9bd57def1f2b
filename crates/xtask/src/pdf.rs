//! The book as a PDF: the page that holds all of it, with a title and contents before, printed by
//! Chromium. `cargo xtask pdf`.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use anyhow::{Context as _, Result, bail};
use mdbook_driver::config::Config;
use regex::Regex;

use crate::bench::machine;
use crate::browse;
use crate::chapters::{self, Part};

static CHAPTER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"<h1 id="([^"]+)""#).unwrap());
/// On screen the page asks to be printed as soon as it is there.
static ASKS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?s)<script>[^<]*window\.setTimeout\(window\.print[^<]*</script>").unwrap()
});

/// Writes target/book.pdf from the built pages.
///
/// # Errors
///
/// If there is no Chromium, or what it wrote has no pages, outline or tags.
pub fn write(root: &Path, pages: &Path) -> Result<()> {
    let chromium = browse::chromium_here()?;
    let config = Config::from_disk(root.join("book.toml"))?;
    let pdf = std::path::absolute(root.join("target/book.pdf"))?;
    let count = print(&chromium, pages, &config, &pdf)?;
    println!("{}: {count} pages", pdf.display());
    Ok(())
}

/// Prints the built pages, and says on how many sheets.
fn print(chromium: &Path, pages: &Path, config: &Config, pdf: &Path) -> Result<usize> {
    let path = pages.join("print.html");
    let html =
        fs::read_to_string(&path).with_context(|| format!("can't read {}", path.display()))?;
    let html = with_front(&html, &front(config, &chapters::read(pages)?, &html)?);
    // Beside the others, where it finds its style sheet.
    let paper = fs::canonicalize(pages)?.join("paper.html");
    fs::write(&paper, html).with_context(|| format!("can't write {}", paper.display()))?;
    let printed = run(chromium, &paper, pdf);
    fs::remove_file(&paper).with_context(|| format!("can't remove {}", paper.display()))?;
    printed?;
    let bytes = fs::read(pdf).with_context(|| format!("can't read {}", pdf.display()))?;
    let text = String::from_utf8_lossy(&bytes);
    for needed in ["/Outlines", "/StructTreeRoot", "/Lang"] {
        if !text.contains(needed) {
            bail!(
                "{} has no {needed}: is this Chromium too old?",
                pdf.display()
            );
        }
    }
    let page = Regex::new(r"/Type\s*/Page\b").expect("the pattern is right");
    Ok(page.find_iter(&text).count())
}

fn run(chromium: &Path, page: &Path, pdf: &Path) -> Result<()> {
    // What was there before mustn't be taken for what this run wrote.
    if pdf.exists() {
        fs::remove_file(pdf).with_context(|| format!("can't remove {}", pdf.display()))?;
    }
    if let Some(folder) = pdf.parent() {
        fs::create_dir_all(folder)?;
    }
    let profile = tempfile::tempdir()?;
    let mut command = Command::new(chromium);
    // Its sandbox doesn't start for root, and the page is ours.
    command.args(["--headless", "--disable-gpu", "--no-sandbox"]);
    command.args(["--no-pdf-header-footer", "--generate-pdf-document-outline"]);
    command.arg(format!("--user-data-dir={}", profile.path().display()));
    command.arg(format!("--print-to-pdf={}", pdf.display()));
    command
        .arg(address(page))
        .stderr(Stdio::null())
        .stdout(Stdio::null());
    let status = command
        .status()
        .with_context(|| format!("can't run {}", chromium.display()))?;
    if !status.success() || !pdf.exists() {
        bail!("{} printed nothing", chromium.display());
    }
    Ok(())
}

fn address(page: &Path) -> String {
    let path = page.to_string_lossy().replace('\\', "/");
    let path = path.trim_start_matches("//?/");
    format!(
        "file:///{}",
        path.trim_start_matches('/').replace(' ', "%20")
    )
}

/// The title and the contents, each on a sheet of their own, as links to the chapters.
fn front(config: &Config, contents: &[Part], html: &str) -> Result<String> {
    let (_, main) = html
        .split_once("<main>")
        .context("print.html has no main part")?;
    let ids: Vec<_> = CHAPTER
        .captures_iter(main)
        .map(|it| it[1].to_owned())
        .collect();
    let count: usize = contents.iter().map(|part| part.chapters.len()).sum();
    if ids.len() != count {
        bail!(
            "print.html has {} chapters, the contents have {count}",
            ids.len()
        );
    }
    let mut ids = ids.into_iter();
    let mut list = String::new();
    for part in contents {
        if let Some(title) = &part.title {
            list.push_str(&format!("<h2>{title}</h2>\n"));
        }
        list.push_str("<ul>\n");
        for (entry, id) in part.chapters.iter().zip(&mut ids) {
            list.push_str(&format!("<li><a href=\"#{id}\">{}</a></li>\n", entry.title));
        }
        list.push_str("</ul>\n");
    }
    let text = |text: &Option<String>| {
        let text = text.as_deref().unwrap_or_default();
        text.replace('&', "&amp;").replace('<', "&lt;")
    };
    Ok(format!(
        "<section class=\"paper-title\"><p class=\"paper-name\">{}</p><p>{}</p><p>{}</p><p>{}</p>\
         </section>\n<section class=\"paper-contents\">{list}</section>\n",
        text(&config.book.title),
        text(&config.book.description),
        text(&Some(config.book.authors.join(", "))),
        machine::today(),
    ))
}

fn with_front(html: &str, front: &str) -> String {
    let html = html.replacen("<main>", &format!("<main>{front}"), 1);
    ASKS.replace(&html, "").into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mdbook_driver::MDBook;
    use std::path::PathBuf;
    use tempfile::TempDir;

    /// A built book of two chapters.
    fn built() -> (TempDir, PathBuf, Config) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("src")).unwrap();
        for (name, text) in [
            (
                "book.toml",
                "[book]\ntitle = \"A < B\"\nauthors = [\"C\"]\nlanguage = \"en\"\n",
            ),
            (
                "src/SUMMARY.md",
                "- [One](a.md)\n\n# Part\n\n- [Two](b.md)\n",
            ),
            ("src/a.md", "# One\n\nfirst\n"),
            ("src/b.md", "# Two\n\nsecond, [back](a.md)\n"),
        ] {
            fs::write(root.join(name), text).unwrap();
        }
        MDBook::load(root).unwrap().build().unwrap();
        let config = Config::from_disk(root.join("book.toml")).unwrap();
        let pages = root.join("book");
        (folder, pages, config)
    }

    #[test]
    fn a_title_and_contents_come_before_the_chapters() {
        let (_folder, pages, config) = built();
        let html = fs::read_to_string(pages.join("print.html")).unwrap();
        assert!(html.contains("window.print"));
        let front = front(&config, &chapters::read(&pages).unwrap(), &html).unwrap();
        let paper = with_front(&html, &front);
        assert!(!paper.contains("window.print"));
        let place = |text: &str| {
            paper
                .find(text)
                .unwrap_or_else(|| panic!("{text}: {paper}"))
        };
        let places = [
            place("<p class=\"paper-name\">A &lt; B</p>"),
            place("<a href=\"#one\">"),
            place("<h2>Part</h2>"),
            place("<a href=\"#two\">"),
            place("<h1 id=\"one\">"),
        ];
        assert!(places.is_sorted(), "{places:?}");
    }

    #[test]
    fn contents_that_do_not_fit_the_chapters_are_refused() {
        let (_folder, pages, config) = built();
        let contents = chapters::read(&pages).unwrap();
        let error = front(&config, &contents, "<main><h1 id=\"one\"></h1></main>").unwrap_err();
        assert!(
            error
                .to_string()
                .contains("1 chapters, the contents have 2")
        );
    }

    /// Where Chromium is.
    #[test]
    fn a_pdf_has_its_sheets() {
        let Ok(chromium) = browse::chromium_here() else {
            return;
        };
        let (folder, pages, config) = built();
        let pdf = folder.path().join("a b.pdf");
        let sheets = print(&chromium, &pages, &config, &pdf).unwrap();
        assert!(sheets >= 2, "{sheets}");
        assert!(!pages.join("paper.html").exists());
    }

    #[test]
    fn a_browser_that_prints_nothing_is_an_error() {
        let (folder, pages, config) = built();
        let pdf = folder.path().join("book.pdf");
        fs::write(&pdf, "of an earlier run").unwrap();
        let nothing = Path::new(if cfg!(windows) { "whoami" } else { "true" });
        let error = print(nothing, &pages, &config, &pdf).unwrap_err();
        assert!(error.to_string().contains("printed nothing"), "{error:#}");
    }
}
