//! The files of an EPUB 3 and their order: a ZIP that begins with its own kind.

use std::collections::BTreeMap;
use std::io::{Seek, Write};

use anyhow::Result;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::chapters::Part;

use super::xhtml::{Chapter, escape, file_name};

/// What the EPUB says of itself.
pub struct Metadata {
    pub title: String,
    pub description: String,
    pub authors: Vec<String>,
    pub language: String,
    /// As 2026-01-31.
    pub day: String,
    pub id: String,
}

const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">
<rootfiles><rootfile full-path=\"book/package.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles>
</container>
";

/// Writes all of it.
///
/// # Errors
///
/// If it can't be written.
pub fn write(
    to: impl Write + Seek,
    metadata: &Metadata,
    contents: &[Part],
    chapters: &BTreeMap<String, Chapter>,
) -> Result<()> {
    let mut zip = ZipWriter::new(to);
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut put = |name: &str, text: &str, options| -> Result<()> {
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes())?;
        Ok(())
    };
    put("mimetype", "application/epub+zip", stored)?;
    put("META-INF/container.xml", CONTAINER, packed)?;
    put(
        "book/package.opf",
        &package(metadata, contents, chapters),
        packed,
    )?;
    put(
        "book/contents.xhtml",
        &navigation(metadata, contents),
        packed,
    )?;
    put("book/title.xhtml", &title(metadata), packed)?;
    put("book/style.css", include_str!("style.css"), packed)?;
    for entry in contents.iter().flat_map(|part| &part.chapters) {
        let up = "../".repeat(entry.page.matches('/').count());
        let body = format!("<main>{}</main>", chapters[&entry.page].body);
        let text = document(metadata, &entry.title, &up, &body);
        put(&format!("book/{}", file_name(&entry.page)), &text, packed)?;
    }
    zip.finish()?;
    Ok(())
}

/// `title` may hold what stands for characters, but no elements.
fn document(metadata: &Metadata, title: &str, up: &str, body: &str) -> String {
    let language = &metadata.language;
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" \
         lang=\"{language}\" xml:lang=\"{language}\">\n<head><title>{title}</title>\
         <link rel=\"stylesheet\" href=\"{up}style.css\"/></head>\n<body>{body}</body>\n</html>\n"
    )
}

fn title(metadata: &Metadata) -> String {
    let [title, description, day] =
        [&metadata.title, &metadata.description, &metadata.day].map(|text| escaped(text));
    let authors = escaped(&metadata.authors.join(", "));
    let body = format!(
        "<section class=\"title\"><h1>{title}</h1><p>{description}</p><p>{authors}</p><p>{day}</p>\
         <p>The text and figures: CC BY 4.0. The programs: MIT or Apache 2.0, as you choose.</p>\
         </section>"
    );
    document(metadata, &title, "", &body)
}

fn navigation(metadata: &Metadata, contents: &[Part]) -> String {
    let mut list = String::new();
    for part in contents {
        let chapters: String = part
            .chapters
            .iter()
            .map(|entry| {
                let (file, title) = (file_name(&entry.page), &entry.title);
                format!("<li><a href=\"{file}\">{title}</a></li>\n")
            })
            .collect();
        list.push_str(&match &part.title {
            Some(title) => format!("<li><span>{title}</span><ol>\n{chapters}</ol></li>\n"),
            None => chapters,
        });
    }
    let body =
        format!("<nav epub:type=\"toc\" role=\"doc-toc\"><h1>Contents</h1><ol>\n{list}</ol></nav>");
    document(metadata, "Contents", "", &body)
}

fn package(metadata: &Metadata, contents: &[Part], chapters: &BTreeMap<String, Chapter>) -> String {
    let (mut items, mut spine) = (String::new(), String::new());
    for (place, entry) in contents.iter().flat_map(|part| &part.chapters).enumerate() {
        let file = file_name(&entry.page);
        let drawn = match chapters[&entry.page].drawn {
            true => " properties=\"svg\"",
            false => "",
        };
        items.push_str(&format!(
            "<item id=\"chapter-{place}\" href=\"{file}\" media-type=\"application/xhtml+xml\"{drawn}/>\n"
        ));
        spine.push_str(&format!("<itemref idref=\"chapter-{place}\"/>\n"));
    }
    let Metadata {
        id, day, language, ..
    } = metadata;
    let [title, description] = [&metadata.title, &metadata.description].map(|text| escaped(text));
    let authors: String = metadata
        .authors
        .iter()
        .map(|author| format!("<dc:creator>{}</dc:creator>\n", escaped(author)))
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\" xml:lang=\"{language}\">\n\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
         <dc:identifier id=\"id\">{id}</dc:identifier>\n<dc:title>{title}</dc:title>\n{authors}\
         <dc:description>{description}</dc:description>\n<dc:language>{language}</dc:language>\n\
         <dc:date>{day}</dc:date>\n<meta property=\"dcterms:modified\">{day}T00:00:00Z</meta>\n\
         <meta property=\"schema:accessMode\">textual</meta>\n\
         <meta property=\"schema:accessibilityFeature\">structuralNavigation</meta>\n\
         <meta property=\"schema:accessibilityFeature\">tableOfContents</meta>\n\
         <meta property=\"schema:accessibilityHazard\">none</meta>\n\
         </metadata>\n<manifest>\n\
         <item id=\"contents\" href=\"contents.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n\
         <item id=\"title\" href=\"title.xhtml\" media-type=\"application/xhtml+xml\"/>\n\
         <item id=\"style\" href=\"style.css\" media-type=\"text/css\"/>\n{items}</manifest>\n\
         <spine>\n<itemref idref=\"title\"/>\n<itemref idref=\"contents\"/>\n{spine}</spine>\n</package>\n"
    )
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    escape(&mut out, text);
    out
}
