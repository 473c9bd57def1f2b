use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::Read as _;

use mdbook_driver::MDBook;
use tempfile::TempDir;
use zip::ZipArchive;

use super::*;

/// A page as the book's are built, with this as its text.
fn chapter(main: &str) -> Result<Chapter> {
    let links = ["a.html", "b/c.html"].map(|page| (page.to_owned(), page.to_owned()));
    let html = format!(
        "<html><body><nav><a href=\"gone.html\">x</a></nav><main>{main}</main></body></html>"
    );
    Chapter::of_page(&html, "b/c.html", &Links::from(links))
}

fn body(main: &str) -> String {
    chapter(main).unwrap().body
}

#[test]
fn the_text_becomes_well_formed_xml() {
    assert_eq!(
        body("<p>a &lt; b &amp;&amp; c<br>\"d\" <input checked><i hidden>e</i>"),
        "<p>a &lt; b &amp;&amp; c<br/>&quot;d&quot; <i hidden=\"\">e</i></p>"
    );
    let drawn = chapter("<svg viewbox=\"0 0 1 1\"><rect fill=\"var(--bg, Canvas)\"></rect></svg>");
    let drawn = drawn.unwrap();
    assert!(drawn.drawn);
    assert_eq!(
        drawn.body,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><rect fill=\"#fff\"></rect></svg>"
    );
}

#[test]
fn hidden_lines_and_what_needs_scripts_are_left_out() {
    let page = "<pre><code><span class=\"boring\">hidden();\n</span>shown();</code></pre>\
        <details class=\"explorer stepper\"><summary>Step</summary></details>\
        <noscript>n</noscript><script>s()</script><form class=\"atlas-filter\"><p>f</p></form>";
    assert_eq!(body(page), "<pre><code>shown();</code></pre>");
}

#[test]
fn a_quiz_is_a_question_with_its_choices_and_its_answer() {
    let page = "<fieldset data-answer=\"1\"><legend>Which?</legend>\
        <div><label><input type=\"radio\" value=\"0\"> One</label></div></fieldset>\
        <details><summary>Answer</summary><p>None.</p></details>";
    assert_eq!(
        body(page),
        "<div class=\"question\"><p class=\"asked\">Which?</p>\
         <div><span class=\"choice\"> One</span></div></div>\
         <details><summary>Answer</summary><p>None.</p></details>"
    );
}

#[test]
fn links_lead_to_the_chapters_of_the_epub() {
    let page = "<h2 id=\"x\"><a class=\"header\" href=\"#x\">X</a></h2><a href=\"#x\">1</a>\
        <a href=\"../a.html#y\">2</a><a href=\"https://example.org/z.html\">3</a> \
        <code><span class=\"boring line\" id=\"b-l4\">a</span>b</code> \
        <code><a class=\"to-line\" href=\"#b-l4\">4</a> | a</code>";
    let chapter = chapter(page).unwrap();
    assert_eq!(
        chapter.body,
        "<h2 id=\"x\">X</h2><a href=\"#x\">1</a><a href=\"../a.xhtml#y\">2</a>\
         <a href=\"https://example.org/z.html\">3</a> <code>b</code> <code>4 | a</code>"
    );
    let anchors = [("a.html", "y"), ("b/c.html", "x")];
    let anchors = anchors.map(|(page, anchor)| (page.to_owned(), anchor.to_owned()));
    assert_eq!(chapter.anchors, BTreeSet::from(anchors));
}

#[test]
fn a_link_to_what_is_not_there_is_an_error() {
    let error = chapter("<a href=\"../print.html\">all</a>").unwrap_err();
    assert!(error.to_string().contains("no page of the EPUB"), "{error}");

    let there = chapter("<a href=\"#nowhere\">x</a>").unwrap();
    let error = dead_anchors(&BTreeMap::from([("b/c.html".to_owned(), there)])).unwrap_err();
    assert!(error.to_string().contains("b/c.html#nowhere"), "{error}");
}

/// A book of two chapters, and the EPUB that is made of it.
fn made() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let files = [
        (
            "book.toml",
            "[book]\ntitle = \"A < B\"\nauthors = [\"C & D\"]\ndescription = \"E\"\n",
        ),
        (
            "src/SUMMARY.md",
            "- [A](a.md)\n\n# Part\n\n- [B & C](b/c.md)\n",
        ),
        (
            "src/a.md",
            "# A\n\n[next](b/c.md#b--c), *text*\n\n```rust\nfn main() {}\n```\n",
        ),
        (
            "src/b/c.md",
            "# B & C\n\n[back](../a.md)\n\n<svg viewBox=\"0 0 9 9\" width=\"9\"><circle r=\"2\"/></svg>\n\n| a |\n|--|\n| b |\n",
        ),
    ];
    for (name, text) in files {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
    }
    MDBook::load(root).unwrap().build().unwrap();
    let config = Config::from_disk(root.join("book.toml")).unwrap();
    let epub = root.join("book.epub");
    assert_eq!(make(&root.join("book"), &config, &epub).unwrap(), 2);
    (folder, epub)
}

#[test]
fn an_epub_begins_with_its_kind_and_holds_every_chapter_in_order() {
    let (_folder, epub) = made();
    let mut zip = ZipArchive::new(fs::File::open(epub).unwrap()).unwrap();
    let names: Vec<_> = (0..zip.len())
        .map(|i| zip.name_for_index(i).unwrap().unwrap().into_owned())
        .collect();
    assert_eq!(names[0], "mimetype");
    assert_eq!(names[names.len() - 2..], ["book/a.xhtml", "book/b/c.xhtml"]);
    let mut text = |name: &str| {
        let mut text = String::new();
        zip.by_name(name)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    };
    assert_eq!(text("mimetype"), "application/epub+zip");
    let package = text("book/package.opf");
    assert!(
        package.contains("<dc:title>A &lt; B</dc:title>"),
        "{package}"
    );
    assert!(
        package
            .contains("href=\"b/c.xhtml\" media-type=\"application/xhtml+xml\" properties=\"svg\"")
    );
    assert!(text("book/contents.xhtml").contains("<li><span>Part</span><ol>"));
    assert!(text("book/a.xhtml").contains("href=\"b/c.xhtml#b--c\""));
    assert!(text("book/b/c.xhtml").contains("href=\"../style.css\""));
}

/// Where epubcheck is.
#[test]
fn epubcheck_finds_nothing_and_finds_what_is_planted() {
    let path = env::var_os("PATH").unwrap_or_default();
    let (folder, epub) = made();
    if epubcheck(&path).unwrap().is_none() {
        return;
    }
    assert!(checked(&epub, &path).unwrap());

    let mut zip = ZipArchive::new(fs::File::open(&epub).unwrap()).unwrap();
    let broken = folder.path().join("broken.epub");
    let mut copy = zip::ZipWriter::new(fs::File::create(&broken).unwrap());
    for i in 0..zip.len() {
        let mut file = zip.by_index(i).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        let options =
            zip::write::SimpleFileOptions::default().compression_method(file.compression());
        copy.start_file(file.name().unwrap(), options).unwrap();
        let planted = text.replace("<em>text</em>", "<em>text</p>");
        std::io::Write::write_all(&mut copy, planted.as_bytes()).unwrap();
    }
    copy.finish().unwrap();
    assert!(!checked(&broken, &path).unwrap());
}

#[test]
fn without_epubcheck_nothing_is_claimed() {
    let (_folder, epub) = made();
    assert!(checked(&epub, &OsString::new()).unwrap());
}
