//! Leads from the pages to the repository: to the files that they show, and to an edit of each.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::str::FromStr;
use std::sync::LazyLock;

use anyhow::{Context as _, Result, bail};
use mdbook_driver::config::Config;
use regex::Regex;

use crate::{bundle, chapters};

/// Where the book's text and programs are, such as `https://github.com/OWNER/NAME`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository(String);

/// What is edited is always the newest.
const BRANCH: &str = "main";

impl FromStr for Repository {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        static WELL_FORMED: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r#"^https?://[^/?#\s"<>&{}]+(?:/[^/?#\s"<>&{}]+)+$"#).unwrap()
        });
        let plain = text.trim_end_matches('/').trim_end_matches(".git");
        match WELL_FORMED.is_match(plain) {
            true => Ok(Self(plain.to_owned())),
            false => bail!(
                "{text:?} is no address of a repository: write it as https://github.com/OWNER/NAME"
            ),
        }
    }
}

/// A branch, a tag or a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision(String);

impl FromStr for Revision {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        static WELL_FORMED: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"^[A-Za-z0-9][A-Za-z0-9._/-]*$").unwrap());
        match WELL_FORMED.is_match(text) {
            true => Ok(Self(text.to_owned())),
            false => bail!("{text:?} is no name of a branch or a commit"),
        }
    }
}

impl Repository {
    fn edit(&self) -> String {
        format!("{}/edit/{BRANCH}/", self.0)
    }

    /// Lines are those of one commit only: at a branch they move away from what the page shows.
    fn files(&self, revision: Option<&Revision>) -> String {
        let revision = revision.map_or(BRANCH, |revision| &revision.0);
        format!("{}/blob/{revision}/", self.0)
    }

    /// Tells mdBook and the preprocessors, by the settings that book.toml could hold.
    ///
    /// # Errors
    ///
    /// If the configuration can't take them.
    pub fn configure(&self, config: &mut Config, revision: Option<&Revision>) -> Result<()> {
        let files = format!("{}{{path}}#L{{first}}-L{{last}}", self.files(revision));
        config.set("output.html.git-repository-url", &self.0)?;
        config.set(
            "output.html.edit-url-template",
            format!("{}{{path}}", self.edit()),
        )?;
        config.set("preprocessor.verdict.file-url-template", files)
    }

    /// Sees that the built pages lead where they should: each to an edit of a file that is there,
    /// and each link to lines of a file to the very lines that stand below it.
    ///
    /// # Errors
    ///
    /// If one doesn't, or a file can't be read.
    pub fn check(&self, root: &Path, pages: &Path, revision: Option<&Revision>) -> Result<()> {
        let parts = chapters::read(pages)?;
        let mut chapters: BTreeSet<_> = parts
            .iter()
            .flat_map(|part| {
                part.chapters
                    .iter()
                    .map(|chapter| pages.join(&chapter.page))
            })
            .collect();
        chapters.insert(pages.join("index.html"));
        let mut faults = String::new();
        for page in bundle::html_files(pages)? {
            let html = read(&page)?;
            let mut found = Vec::new();
            if chapters.contains(&page) {
                found.extend(self.edit_fault(root, &html));
            }
            found.extend(file_faults(root, &html, &self.files(revision)));
            for fault in found {
                let page = page.strip_prefix(pages).unwrap_or(&page).display();
                writeln!(faults, "{page}: {fault}").expect("memory");
            }
        }
        match faults.is_empty() {
            true => Ok(()),
            false => bail!("links to the repository lead astray\n{}", faults.trim_end()),
        }
    }

    fn edit_fault(&self, root: &Path, html: &str) -> Option<String> {
        static EDIT: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r#"<a href="([^"]*)"[^>]* rel="edit">"#).unwrap());
        let links: Vec<_> = EDIT.captures_iter(html).collect();
        let [link] = links.as_slice() else {
            return Some(format!("{} links to an edit", links.len()));
        };
        let Some(path) = link[1].strip_prefix(&self.edit()) else {
            return Some(format!("{} is no edit", &link[1]));
        };
        match fs::read_to_string(root.join(path)) {
            Ok(text) if text.starts_with("<!-- Written by ") => {
                Some(format!("a tool writes {path}: nobody is to edit it"))
            }
            Ok(_) => None,
            Err(_) => Some(format!("there is no {path} to edit")),
        }
    }
}

/// What is wrong with a page's links to files.
fn file_faults(root: &Path, html: &str, files: &str) -> Vec<String> {
    static LINK: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r##"<a [^>]*href="([^"#]*)(?:#L(\d+)-L(\d+))?""##).unwrap());
    let mut faults = Vec::new();
    for link in LINK.captures_iter(html) {
        let Some(path) = link[1].strip_prefix(files) else {
            continue;
        };
        let Ok(text) = fs::read_to_string(root.join(path)) else {
            faults.push(format!("there is no {path}"));
            continue;
        };
        let number = |group| link.get(group).and_then(|it| it.as_str().parse().ok());
        let (Some(first), Some(last)) = (number(2), number(3)) else {
            continue;
        };
        let shown = shown(&html[link.get(0).map_or(0, |link| link.end())..]);
        for number in [first, last] {
            let line = text.lines().nth(usize::wrapping_sub(number, 1));
            if !line.is_some_and(|line| shown.iter().any(|it| it == line)) {
                faults.push(format!("the pane shows no line {number} of {path}"));
            }
        }
    }
    faults
}

/// The lines that readers see of the code behind a caption.
fn shown(html: &str) -> Vec<String> {
    let pane = html.split("</figure>").next().unwrap_or_default();
    let code = pane.find("<pre").map_or("", |code| &pane[code..]);
    let mut text = String::new();
    let mut hidden = 0;
    let mut open = Vec::new();
    for part in code.split_inclusive('>') {
        let (before, element) = part.split_at(part.find('<').unwrap_or(part.len()));
        if hidden == 0 {
            text.push_str(before);
        }
        if element.starts_with("<span") {
            let boring = element.contains("\"boring\"");
            hidden += usize::from(boring);
            open.push(boring);
        } else if element.starts_with("</span") {
            hidden -= usize::from(open.pop().unwrap_or_default());
        }
    }
    text.lines().map(plain).collect()
}

fn plain(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("can't read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::Addresses;
    use crate::build;
    use tempfile::TempDir;

    const CODE: &str = "//! Why.\n\n// ANCHOR: a\npub fn a() -> &'static str {\n    \"<\"\n}\n// ANCHOR_END: a\n\nfn b() {}\n";
    const CHAPTER: &str = "# A\n\n```rust\n{{#rustdoc_include ../code/lib.rs:a}}\n# fn main() {}\n```\n\n```rust\nlet own = 1;\n```\n";

    /// A repository with a book of one chapter.
    fn repository() -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            (
                "book.toml",
                "[rust]\nedition = \"2024\"\n[preprocessor.verdict]\ncommand = \"in process\"\nbefore = [\"links\"]\n[preprocessor.admonish]\ncommand = \"in process\"\nassets_version = \"3.1.0\"\n",
            ),
            ("src/SUMMARY.md", "- [A](a.md)\n"),
            ("src/a.md", CHAPTER),
            ("code/lib.rs", CODE),
        ] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn addresses(revision: Option<&str>) -> Addresses {
        Addresses {
            site: None,
            repository: Some("https://example.org/x/y".parse().unwrap()),
            revision: revision.map(|revision| revision.parse().unwrap()),
        }
    }

    /// Builds the book, and gives its only page.
    fn page(root: &Path, addresses: &Addresses) -> String {
        build::pages(root, addresses).unwrap();
        fs::read_to_string(root.join("book/a.html")).unwrap()
    }

    #[test]
    fn a_repositorys_address_has_an_owner_or_a_name() {
        for (text, address) in [
            ("https://github.com/a/b", "https://github.com/a/b"),
            ("https://github.com/a/b/", "https://github.com/a/b"),
            ("https://github.com/a/b.git", "https://github.com/a/b"),
            ("https://example.org/b", "https://example.org/b"),
        ] {
            assert_eq!(text.parse::<Repository>().unwrap().0, address);
        }
        for text in [
            "",
            "a/b",
            "https://github.com",
            "https://github.com/",
            "git@github.com:a/b.git",
            "ssh://git@github.com/a/b",
            "https://github.com/a b",
            "https://github.com/a//b",
            "https://github.com/a/b?tab=readme",
            "https://github.com/a/b#readme",
            "https://github.com/a/{path}",
        ] {
            let error = text.parse::<Repository>().unwrap_err().to_string();
            assert!(
                error.contains(&format!("{text:?}")) && error.contains("github.com/OWNER/NAME"),
                "{error}"
            );
        }
        for text in ["", "-b", "a b", "a#b", "a?b"] {
            assert!(text.parse::<Revision>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_page_leads_to_its_files_and_to_an_edit() {
        let folder = repository();
        let html = page(folder.path(), &addresses(Some("1a2b3c")));
        for part in [
            "<a href=\"https://example.org/x/y\" title=\"Git repository\"",
            "<a href=\"https://example.org/x/y/edit/main/src/a.md\" title=\"Suggest an edit\"",
            ", from <a class=\"pane-file\" href=\"https://example.org/x/y/blob/1a2b3c/code/lib.rs#L4-L6\">code/<wbr>lib.rs</a>",
        ] {
            assert!(html.contains(part), "{part}\n{html}");
        }
        assert_eq!(html.matches("pane-file").count(), 1);
        let html = page(folder.path(), &addresses(None));
        assert!(html.contains("https://example.org/x/y/blob/main/code/lib.rs#L4-L6"));
    }

    #[test]
    fn without_an_address_a_page_leads_nowhere() {
        let folder = repository();
        let html = page(folder.path(), &Addresses::default());
        assert!(html.contains(", from <span class=\"pane-file\">code/<wbr>lib.rs</span>"));
        for trace in ["example.org", "Git repository", "Suggest an edit", "blob/"] {
            assert!(!html.contains(trace), "{trace}");
        }
    }

    #[test]
    fn links_that_lead_astray_are_told() {
        let folder = repository();
        let root = folder.path();
        let to = addresses(None);
        let html = page(root, &to);
        let check = |html: &str| {
            fs::write(root.join("book/a.html"), html).unwrap();
            let checked = to.repository.as_ref().unwrap();
            checked.check(root, &root.join("book"), None)
        };
        check(&html).unwrap();
        for (right, wrong, said) in [
            ("#L4-L6", "#L3-L6", "shows no line 3 of code/lib.rs"),
            ("#L4-L6", "#L4-L7", "shows no line 7 of code/lib.rs"),
            ("#L4-L6", "#L1-L6", "shows no line 1 of code/lib.rs"),
            ("#L4-L6", "#L4-L9", "shows no line 9 of code/lib.rs"),
            ("#L4-L6", "#L4-L90", "shows no line 90 of code/lib.rs"),
            ("#L4-L6", "#L0-L6", "shows no line 0 of code/lib.rs"),
            ("code/lib.rs#", "code/gone.rs#", "there is no code/gone.rs"),
            ("src/a.md", "src/gone.md", "there is no src/gone.md to edit"),
            ("edit/main", "edit/other", "is no edit"),
            ("rel=\"edit\"", "", "0 links to an edit"),
        ] {
            let changed = html.replacen(right, wrong, 1);
            assert_ne!(changed, html, "{wrong}");
            let error = check(&changed).unwrap_err().to_string();
            assert!(
                error.contains(said) && error.contains("a.html: "),
                "{error}"
            );
        }
        fs::write(root.join("src/a.md"), "<!-- Written by `a tool`. -->\n").unwrap();
        let error = check(&html).unwrap_err().to_string();
        assert!(error.contains("a tool writes src/a.md"), "{error}");
    }
}
