//! Which files the code of a pane is cut from, and where readers can open them.

use std::fmt::Write as _;
use std::fs;
use std::ops::RangeInclusive;
use std::path::Path;

use mdbook_preprocessor::config::Config as MdConfig;

use crate::blocks::{Block, Included};
use crate::error::Error;
use crate::figure::escaped;
use crate::source::Location;

/// The key of the template in book.toml.
pub(crate) const KEY: &str = "file-url-template";

/// Where readers can open the files that the panes show parts of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLinks {
    template: String,
}

impl FileLinks {
    /// From the template of an address: `{path}` stands for the file, relative to the book's root,
    /// `{first}` and `{last}` for lines of it.
    ///
    /// # Errors
    ///
    /// If it names no file, or is no address.
    pub fn new(template: &str) -> Result<FileLinks, String> {
        let web = template.starts_with("https://") || template.starts_with("http://");
        if !web || !template.contains("{path}") {
            return Err(format!(
                "`{template}` is no address with a `{{path}}` in it, such as https://example.org/files/{{path}}"
            ));
        }
        Ok(FileLinks {
            template: template.to_owned(),
        })
    }

    /// What mdBook was told, by book.toml or by the environment: our own template, or else the
    /// book's repository, if that is one on GitHub. `root` is the book's.
    ///
    /// # Errors
    ///
    /// If one of the two isn't what it must be.
    pub fn of(config: &MdConfig, root: &Path) -> Result<Option<FileLinks>, Error> {
        let wrong = |cause: String| Error::Config {
            path: root.join("book.toml"),
            cause,
        };
        let get = |key: &str| {
            let value = config.get::<String>(key);
            value.map_err(|error| wrong(format!("{error:#}")))
        };
        let key = format!("preprocessor.verdict.{KEY}");
        if let Some(template) = get(&key)? {
            let links = FileLinks::new(&template);
            return links
                .map(Some)
                .map_err(|cause| wrong(format!("{key}: {cause}")));
        }
        let repository = get("output.html.git-repository-url")?;
        Ok(repository.and_then(|address| FileLinks::on_github(&address, root)))
    }

    /// Another host has other addresses, which only a template can tell.
    fn on_github(repository: &str, root: &Path) -> Option<FileLinks> {
        let name = repository.strip_prefix("https://github.com/")?;
        let name = name.trim_end_matches('/').trim_end_matches(".git");
        let below = folder_in_repository(root);
        Some(FileLinks {
            template: format!(
                "https://github.com/{name}/blob/HEAD/{below}{{path}}#L{{first}}-L{{last}}"
            ),
        })
    }

    /// Where a file can be opened: at these lines, or as a whole.
    pub fn address(&self, path: &str, lines: Option<RangeInclusive<usize>>) -> String {
        let (whole, place) = match self.template.split_once('#') {
            Some((whole, place)) => (whole, Some(place)),
            None => (self.template.as_str(), None),
        };
        let address = whole.replace("{path}", &encoded(path));
        match (place, lines) {
            (Some(place), Some(lines)) => {
                let place = place.replace("{first}", &lines.start().to_string());
                let place = place.replace("{last}", &lines.end().to_string());
                format!("{address}#{place}")
            }
            _ => address,
        }
    }
}

/// The book's folder from the repository's root: empty, or with a slash at its end.
fn folder_in_repository(root: &Path) -> String {
    let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let repository = root.ancestors().find(|folder| folder.join(".git").exists());
    let below = repository.and_then(|repository| root.strip_prefix(repository).ok());
    let folders = below.into_iter().flat_map(Path::components);
    folders.fold(String::new(), |path, folder| {
        path + &encoded(&folder.as_os_str().to_string_lossy()) + "/"
    })
}

/// A path in an address.
fn encoded(path: &str) -> String {
    let mut address = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'_' | b'-' => {
                address.push(char::from(byte));
            }
            _ => write!(address, "%{byte:02X}").expect("memory"),
        }
    }
    address
}

/// What a block shows of a file: from the first line that readers see to the last.
#[derive(Debug, PartialEq, Eq)]
struct Cut {
    path: String,
    first: usize,
    last: usize,
}

/// The files that lines are of, besides the one in which their fence stands; and whether there are
/// lines of that one too.
fn cuts<'b>(
    lines: impl Iterator<Item = (&'b str, &'b Location)>,
    fence: &Location,
) -> (Vec<Cut>, bool) {
    let mut cuts: Vec<Cut> = Vec::new();
    let mut own = false;
    for (text, origin) in lines {
        // A name from the system's root says nothing to readers.
        if text.trim().is_empty() || origin.file.is_absolute() {
            continue;
        }
        if origin.file == fence.file {
            own = true;
            continue;
        }
        let (path, line) = (origin.shown_file(), origin.line);
        match cuts.iter_mut().find(|cut| cut.path == path) {
            Some(cut) => (cut.first, cut.last) = (cut.first.min(line), cut.last.max(line)),
            None => cuts.push(Cut {
                path,
                first: line,
                last: line,
            }),
        }
    }
    (cuts, own)
}

/// What the caption of a block's pane says of files, as HTML: nothing, if the code stands in the
/// page itself.
pub(crate) fn caption(block: &Block, links: Option<&FileLinks>) -> String {
    let lines = block.code.lines().zip(&block.origins).zip(&block.shown);
    let shown = lines.filter_map(|(line, shown)| shown.then_some(line));
    let (cuts, own) = cuts(shown, &block.location);
    match cuts.as_slice() {
        [] => String::new(),
        _ => named(
            [", from ", ", partly from "][usize::from(own)],
            &cuts,
            links,
        ),
    }
}

/// The whole caption of a block in another language, as HTML, if it shows lines of a file.
pub(crate) fn caption_of_included(block: &Included, links: Option<&FileLinks>) -> Option<String> {
    let lines = block.code.lines().zip(&block.origins);
    let (cuts, own) = cuts(lines, &block.location);
    let said = ["From ", "Partly from "][usize::from(own)];
    (!cuts.is_empty()).then(|| named(said, &cuts, links))
}

fn named(said: &str, cuts: &[Cut], links: Option<&FileLinks>) -> String {
    let mut html = format!("<span class=\"pane-from\">{said}");
    for (at, cut) in cuts.iter().enumerate() {
        html.push_str(match at {
            0 => "",
            _ if at + 1 == cuts.len() => " and ",
            _ => ", ",
        });
        // A long path may be broken behind a folder.
        let path = escaped(&cut.path).replace('/', "/<wbr>");
        let file = match links {
            Some(links) => {
                let address = links.address(&cut.path, Some(cut.first..=cut.last));
                let address = escaped(&address);
                format!("<a class=\"pane-file\" href=\"{address}\">{path}</a>")
            }
            None => format!("<span class=\"pane-file\">{path}</span>"),
        };
        html.push_str(&file);
    }
    html + "</span>"
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use tempfile::TempDir;

    use super::*;
    use crate::blocks;
    use crate::book::{Chapter, Page};
    use crate::config::Config;
    use crate::panes::paned;
    use crate::tags::Edition;

    /// Its second line is empty.
    const LIB: &str = "//! Why.\n\n// ANCHOR: a\npub fn a() {\n    b();\n} // a\n// ANCHOR_END: a\n\n// ANCHOR: b\n\nfn b() {}\n// ANCHOR_END: b\n";
    const TEMPLATE: &str = "https://example.org/{path}#{first}-{last}";

    fn folder() -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("src/SUMMARY.md", "");
        write("code/lib.rs", LIB);
        write("code/other.rs", "fn other() {}\n");
        write("README.md", "```rust\nlet readme = 1;\n```\n");
        folder
    }

    /// What the captions of a chapter's panes say of files.
    fn captions(root: &Path, markdown: &str, links: Option<&str>) -> Vec<String> {
        let file = root.join("src/a.md");
        let chapter = Chapter::new("a.md".into(), file, root, markdown.to_owned());
        let expanded = chapter.expand(root);
        assert!(expanded.faults.is_empty(), "{:?}", expanded.faults);
        let page = Page {
            blocks: blocks::find(&expanded.text, Edition::E2024, "x86_64"),
            chapter,
            expanded,
        };
        let config = Config {
            files: links.map(|template| FileLinks::new(template).unwrap()),
            ..Config::default()
        };
        let html = paned(&page, &BTreeMap::new(), &config);
        let captions = html.split("<figcaption>").skip(1);
        let captions = captions.map(|rest| rest.split("</figcaption>").next().unwrap());
        captions
            .map(
                |caption| match caption.split_once("<span class=\"pane-from\">") {
                    Some((_, from)) => from.strip_suffix("</span>").unwrap().to_owned(),
                    None => String::new(),
                },
            )
            .collect()
    }

    fn block(lines: &str) -> String {
        format!("```rust\n{lines}\n```\n\n")
    }

    /// A caption without its markup.
    fn said(caption: &str) -> String {
        let parts = caption.split('<').enumerate();
        let text = parts.map(|(at, part)| match at {
            0 => part,
            _ => part.split_once('>').map_or("", |(_, text)| text),
        });
        text.collect()
    }

    #[test]
    fn a_pane_says_which_file_its_code_is_cut_from() {
        let folder = folder();
        for (lines, caption) in [
            ("let own = 1;", ""),
            ("{{#include ../code/lib.rs:a}}", ", from code/lib.rs"),
            ("{{#include ../code/lib.rs}}", ", from code/lib.rs"),
            (
                "{{#rustdoc_include ../code/lib.rs:b}}",
                ", from code/lib.rs",
            ),
            (
                "{{#include ../code/lib.rs:b}}\n\nfn main() {}",
                ", partly from code/lib.rs",
            ),
            (
                "{{#include ../code/lib.rs:b}}\n{{#include ../code/other.rs}}",
                ", from code/lib.rs and code/other.rs",
            ),
            // What readers don't see is nothing that they want to open.
            (
                "{{#include ../code/lib.rs:b}}\n# fn main() {}",
                ", from code/lib.rs",
            ),
            ("{{#rustdoc_include ../code/lib.rs:2:2}}\nlet own = 1;", ""),
            (
                "{{#rustdoc_include ../code/lib.rs:2:2}}\n{{#include ../code/other.rs}}",
                ", from code/other.rs",
            ),
        ] {
            let found = captions(folder.path(), &block(lines), None);
            assert_eq!(found.len(), 1, "{lines}");
            assert_eq!(said(&found[0]), caption, "{lines}");
            assert!(!found[0].contains("<a"), "{lines}");
        }
    }

    #[test]
    fn code_in_another_language_has_a_caption_if_it_is_cut_from_a_file() {
        let folder = folder();
        for (text, caption) in [
            ("```python\nown = 1\n```\n", None),
            (
                "```python\n{{#include ../code/lib.rs:a}}\n```\n",
                Some("From code/lib.rs"),
            ),
            (
                "> ```text\n> {{#include ../code/other.rs}}\n> own\n> ```\n",
                Some("Partly from code/other.rs"),
            ),
            ("```text\n{{#include ../code/lib.rs:2:2}}\n```\n", None),
        ] {
            let found = captions(folder.path(), text, None);
            let found: Vec<_> = found.iter().map(|caption| said(caption)).collect();
            let found: Vec<_> = found.iter().map(String::as_str).collect();
            assert_eq!(found, caption.into_iter().collect::<Vec<_>>(), "{text}");
        }
    }

    #[test]
    fn an_included_page_is_no_file_of_code() {
        let folder = folder();
        let found = captions(folder.path(), "{{#include ../README.md}}\n", None);
        assert_eq!(found, [""]);
        let playground = "{{#playground ../code/other.rs}}\n";
        let found = captions(folder.path(), playground, None);
        assert_eq!(said(&found[0]), ", from code/other.rs");
    }

    /// The lines that a link names are, in the file itself, the first and the last that are shown.
    #[test]
    fn a_link_leads_to_the_lines_that_are_shown() {
        let folder = folder();
        for (lines, first, last) in [
            ("{{#include ../code/lib.rs:a}}", "pub fn a() {", "} // a"),
            (
                "{{#rustdoc_include ../code/lib.rs:a}}",
                "pub fn a() {",
                "} // a",
            ),
            // An anchor's empty lines at its ends say nothing.
            ("{{#include ../code/lib.rs:b}}", "fn b() {}", "fn b() {}"),
            (
                "{{#include ../code/lib.rs:b}}\n{{#include ../code/lib.rs:a}}",
                "pub fn a() {",
                "fn b() {}",
            ),
            (
                "{{#include ../code/lib.rs}}",
                "//! Why.",
                "// ANCHOR_END: b",
            ),
        ] {
            let found = captions(folder.path(), &block(lines), Some(TEMPLATE));
            let [caption] = found.as_slice() else {
                panic!("{found:?}")
            };
            let (_, link) = caption
                .split_once("<a class=\"pane-file\" href=\"")
                .unwrap();
            let (link, text) = link.split_once("\">").unwrap();
            assert_eq!(text, "code/<wbr>lib.rs</a>");
            let (path, range) = link.split_once('#').unwrap();
            assert_eq!(path, "https://example.org/code/lib.rs");
            let numbers = range.split('-').map(|it| it.parse::<usize>().unwrap());
            let named: Vec<_> = numbers
                .map(|number| LIB.lines().nth(number - 1).unwrap())
                .collect();
            let place = |line: &str| LIB.lines().filter(|it| *it == line).count();
            assert!(place(first) == 1 && place(last) == 1, "the test can't tell");
            assert_eq!(named, [first, last], "{lines}");
        }
    }

    #[test]
    fn an_address_is_made_by_the_template() {
        let links = FileLinks::new(TEMPLATE).unwrap();
        assert_eq!(
            links.address("a b/ä#.rs", Some(3..=4)),
            "https://example.org/a%20b/%C3%A4%23.rs#3-4"
        );
        assert_eq!(links.address("a.rs", None), "https://example.org/a.rs");
        let plain = FileLinks::new("http://a/{path}").unwrap();
        assert_eq!(plain.address("a.rs", Some(3..=4)), "http://a/a.rs");
        for wrong in ["", "https://a/", "{path}", "javascript:{path}"] {
            let error = FileLinks::new(wrong).unwrap_err();
            assert!(error.contains("is no address with a `{path}`"), "{error}");
        }
    }

    #[test]
    fn a_repository_on_github_needs_no_template() {
        let folder = folder();
        let root = folder.path();
        let address = |settings: &[(&str, &str)], root: &Path| {
            let mut config = MdConfig::default();
            for (key, value) in settings {
                config.set(key, value).unwrap();
            }
            let links = FileLinks::of(&config, root).unwrap();
            links.map(|links| links.address("a.rs", Some(1..=2)))
        };
        let repository = "output.html.git-repository-url";
        let github = [(repository, "https://github.com/x/y/")];
        assert_eq!(address(&[], root), None);
        assert_eq!(
            address(&github, root).unwrap(),
            "https://github.com/x/y/blob/HEAD/a.rs#L1-L2"
        );
        fs::create_dir(root.join(".git")).unwrap();
        assert_eq!(
            address(&github, &root.join("code")).unwrap(),
            "https://github.com/x/y/blob/HEAD/code/a.rs#L1-L2"
        );
        // How another host's addresses look, nobody has said.
        assert_eq!(
            address(&[(repository, "https://example.org/x/y")], root),
            None
        );
        let template = ("preprocessor.verdict.file-url-template", TEMPLATE);
        assert_eq!(
            address(&[github[0], template], root).unwrap(),
            "https://example.org/a.rs#1-2"
        );
    }
}
