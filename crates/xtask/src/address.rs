//! Tells each page its public address, and lists them all in a sitemap, where there is one.

use std::fmt;
use std::fs;
use std::path::Path;
use std::str::FromStr;
use std::sync::LazyLock;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use regex::Regex;

use crate::chapters;
use crate::repository::{Repository, Revision};

/// What the pages are told of where they, and what they are made of, will be found.
#[derive(Args, Debug, Clone, Default)]
pub struct Addresses {
    /// Where the pages will be, such as https://example.org/book/: they name their own address
    /// there, and a sitemap lists them
    #[arg(long, value_name = "ADDRESS")]
    pub site: Option<Address>,
    /// Where the repository is, such as https://github.com/OWNER/NAME: the pages lead to the files
    /// that they show, and to an edit of each page
    #[arg(long, value_name = "ADDRESS")]
    pub repository: Option<Repository>,
    /// The commit whose files these are, or a branch; by default main
    #[arg(long, requires = "repository")]
    pub revision: Option<Revision>,
}

/// Where the book is published, such as `https://example.org/book/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Ends in a slash.
    whole: String,
    /// Where its path begins.
    path: usize,
}

impl Address {
    /// What comes behind the host: `/book/`.
    pub fn path(&self) -> &str {
        &self.whole[self.path..]
    }
}

impl FromStr for Address {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        static WELL_FORMED: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r#"^https?://[^/?#\s"<>&]+((?:/[^?#\s"<>&]*)?)$"#).unwrap()
        });
        let Some(found) = WELL_FORMED.captures(text) else {
            bail!("{text:?} is no address of a site: write it as https://example.org/book/");
        };
        let path = found.get(1).map_or(text.len(), |path| path.start());
        let whole = format!("{}/", text.trim_end_matches('/'));
        Ok(Self { whole, path })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.whole)
    }
}

/// Writes sitemap.xml into the folder of the built pages, and into each chapter's head its address.
///
/// The first chapter is there under two names, and its address is the site's. What stands for the
/// whole book, or for what is missing, has none.
///
/// # Errors
///
/// If the list of chapters, or one of them, can't be read or written.
pub fn pages(folder: &Path, site: &Address) -> Result<()> {
    let parts = chapters::read(folder)?;
    let mut sitemap = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for (place, entry) in parts.iter().flat_map(|part| &part.chapters).enumerate() {
        let name = &entry.page;
        let address = match place {
            0 => site.to_string(),
            _ => format!("{site}{name}"),
        };
        sitemap.push_str(&format!("<url><loc>{address}</loc></url>\n"));
        tell(&folder.join(name), &address)?;
        if place == 0 {
            tell(&folder.join("index.html"), &address)?;
        }
    }
    sitemap.push_str("</urlset>\n");
    write(&folder.join("sitemap.xml"), &sitemap)
}

fn tell(page: &Path, address: &str) -> Result<()> {
    let html = read(page)?;
    let link = format!("    <link rel=\"canonical\" href=\"{address}\">\n    </head>");
    write(page, &html.replacen("</head>", &link, 1))
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("can't read {}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("can't write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_host_and_ends_in_a_slash() {
        for (text, whole, path) in [
            (
                "https://example.org/book/",
                "https://example.org/book/",
                "/book/",
            ),
            (
                "https://example.org/a/b",
                "https://example.org/a/b/",
                "/a/b/",
            ),
            ("http://localhost:3000", "http://localhost:3000/", "/"),
        ] {
            let address: Address = text.parse().unwrap();
            assert_eq!(
                (address.to_string().as_str(), address.path()),
                (whole, path)
            );
        }
        for text in [
            "example.org/book",
            "https://",
            "ftp://a/",
            "https://a/?b",
            "https://a/\"b",
        ] {
            assert!(text.parse::<Address>().is_err(), "{text}");
        }
    }
}
