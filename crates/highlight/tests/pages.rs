//! What mdBook makes of highlighted fences, beside what it makes of the fences themselves.

use std::fs;
use std::path::Path;

use highlight::HighlightPreprocessor;
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;

/// A code block on a page, as a reader without eyes for colour has it.
#[derive(Debug, PartialEq, Eq)]
struct Block {
    /// The classes of `pre` and `code`, without `hljs`.
    classes: Vec<String>,
    /// What `textContent` gives, hidden lines included.
    text: String,
    /// The text of the hidden lines.
    hidden: String,
}

/// The code blocks of a page.
fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find("<pre") {
        let end = at + rest[at..].find("</pre>").expect("a `pre` is closed");
        blocks.extend(block(&rest[at..end]));
        rest = &rest[end..];
    }
    blocks
}

fn block(html: &str) -> Option<Block> {
    let mut block = Block {
        classes: Vec::new(),
        text: String::new(),
        hidden: String::new(),
    };
    let mut open: Vec<bool> = Vec::new();
    let mut rest = html;
    let mut is_code = false;
    while let Some(c) = rest.chars().next() {
        if c != '<' {
            let end = rest.find('<').unwrap_or(rest.len());
            let text = unescape(&rest[..end]);
            if open.contains(&true) {
                block.hidden.push_str(&text);
            }
            block.text.push_str(&text);
            rest = &rest[end..];
            continue;
        }
        let end = rest.find('>').expect("a tag ends") + 1;
        let tag = &rest[..end];
        rest = &rest[end..];
        if tag.starts_with("<pre") || tag.starts_with("<code") {
            is_code |= tag.starts_with("<code");
            block.classes.extend(classes(tag));
        } else if tag.starts_with("<span") {
            open.push(classes(tag).any(|class| class == "boring"));
        } else if tag == "</span>" {
            open.pop().expect("a span is open");
        }
    }
    assert!(open.is_empty(), "{html}");
    is_code.then_some(block)
}

fn classes(tag: &str) -> impl Iterator<Item = String> {
    let list = tag.split("class=\"").nth(1).unwrap_or_default();
    let list = unescape(list.split('"').next().unwrap_or_default());
    let words: Vec<_> = list.split(' ').map(str::to_owned).collect();
    words
        .into_iter()
        .filter(|it| !it.is_empty() && it != "hljs")
}

fn unescape(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">");
    let text = text.replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&amp;", "&")
}

/// A book of one chapter as mdBook builds it: without this preprocessor, and with it.
struct Pages {
    plain: tempfile::TempDir,
    highlighted: tempfile::TempDir,
}

impl Pages {
    fn of(chapter: &str, html: &str) -> Self {
        let build = |highlighted: bool| {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path();
            fs::create_dir(root.join("src")).unwrap();
            fs::write(root.join("src/SUMMARY.md"), "- [A](a.md)\n").unwrap();
            fs::write(root.join("src/a.md"), chapter).unwrap();
            let config = format!("[rust]\nedition = \"2021\"\n[output.html]\n{html}");
            fs::write(root.join("book.toml"), config).unwrap();
            let mut book = MDBook::load(root).unwrap();
            if highlighted {
                book.with_preprocessor(HighlightPreprocessor);
            }
            book.build().unwrap();
            folder
        };
        Self {
            plain: build(false),
            highlighted: build(true),
        }
    }

    fn read(folder: &tempfile::TempDir, page: &str) -> String {
        fs::read_to_string(folder.path().join("book").join(page)).unwrap()
    }

    /// Sees that both have the same blocks, and gives the highlighted page.
    #[track_caller]
    fn agree(&self) -> String {
        for page in ["index.html", "print.html"] {
            let plain = blocks(&Self::read(&self.plain, page));
            let highlighted = blocks(&Self::read(&self.highlighted, page));
            assert_eq!(plain, highlighted, "{page}");
            assert!(!plain.is_empty());
        }
        Self::read(&self.highlighted, "index.html")
    }
}

const RUNNABLE: &str = "[output.html.playground]\nrunnable = true\n";
const STILL: &str = "[output.html.playground]\nrunnable = false\n";

/// Rust that is easy to get wrong, each as it stands in a fence.
const TRICKY: &[&str] = &[
    "",
    "\n",
    "let x = 1;",
    "\n\n  let x = 1;\n\n\n",
    "foo();\n",
    "# hidden\nfoo();\n#\n  # also\n##[derive(Debug)]\n#[derive(Debug)]\nstruct S;\n#![allow(x)]\n",
    "## foo\n",
    "#\n# \n#x\n",
    "# fn main() {\nlet s = \"one\n# hidden in a string\n## shown\nend\";\n# }\n",
    "/* a /* nested\n# hidden\n */ still */ let x = 'a'; let y: &'static str = r##\"a\"#b\"##;\n",
    "fn f<'a>(x: &'a str) -> &'a str { if x < \"<b>&amp;\" && 1 > 0 { x } else { \"</pre>\" } }\n",
    "#![feature(x)]\n\n#![allow(y)]\n    let x = 1;\n",
    "  \n#![allow(y)]\nfn f() {}",
    "\n    #![allow(y)]\n    f();\n",
    "#!/usr/bin/env run\nfn main() {}\n",
    "#!\n[allow(x)]\nlet r#fn = b'\\''; let c = c\"x\"; 1.0e3; 0xff_u8; 'r#a: loop {}\n",
    "macro_rules! m { ($type:ty, $($crate:tt)*) => { $crate::x!($type) }; }\nx!=y; m!(1);\n",
    "let open = \"never closed\nlet x = 1;\n",
    "/* never closed\nlet x = 1;\n",
    "#[never(closed\nfn x() {}\n",
    "let tab\t= '\\t';\t// \u{e9}\u{4e2d} \u{1f980} caf\u{e9}\n",
    "\tlet indented = 1;\n\t\t# hidden\n",
    "// {{#title x}} {{x}} \\( x \\) $$x$$ -- ... \"quoted\" *a* _b_\n",
    "---\nfrontmatter\n---\n",
    "let x = 1;   \n   \n// spaces   \n",
];

const INFOS: &[&str] = &[
    "rust",
    "rust,compile_fail,E0382",
    "rust, ignore",
    "rust edition2018 should_panic",
    "rust,noplayground",
    "rust,mdbook-runnable",
    "rust,editable",
    "rust,hidelines=!!",
    "",
    "text",
    "text,output",
    "text,diagnostic",
    "python,hidelines=!!",
    "toml",
    "sh",
    "Rust,a<b",
];

fn fenced(info: &str, code: &str) -> String {
    let end = if code.is_empty() || code.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    format!("````{info}\n{code}{end}````\n\n")
}

#[test]
fn every_fence_reads_as_mdbook_sets_it() {
    let mut chapter = String::from("# A\n\n");
    for code in TRICKY {
        // mdBook takes `{{` for its own: as a preprocessor this one comes after `links`.
        let code = code.replace("{{#", "\\{{#");
        for info in INFOS {
            chapter.push_str(&fenced(info, &code));
        }
    }
    for html in [RUNNABLE, STILL] {
        let page = Pages::of(&chapter, html).agree();
        assert!(page.contains("hljs-keyword"));
        assert!(page.contains("{{#title x}} {{x}}"));
    }
    let hides = format!("{STILL}editable = true\n[output.html.code.hidelines]\ntext = \"~\"\n");
    Pages::of(
        "# A\n\n```text\n~a\nb\n```\n\n```rust,editable\nlet x = 1;\n```\n",
        &hides,
    )
    .agree();
}

#[test]
fn fences_in_quotes_lists_and_notes_stay_there() {
    let code = "let x = 1;\n\n# hidden\n    indented(\"\n\n  b\");\n\ttab();\n";
    let mut chapter = String::from("# A\n\nbefore\n");
    let mut contain = |first: &str, further: &str| {
        for (line, text) in fenced("rust,should_panic", code).lines().enumerate() {
            let prefix = if line == 0 { first } else { further };
            chapter.push_str(format!("{prefix}{text}").trim_end());
            chapter.push('\n');
        }
        chapter.push_str("\nbetween *them*\n\n");
    };
    contain("> ", "> ");
    contain("> - ", ">   ");
    contain("1. item\n\n   ", "   ");
    contain("- a\n  - b\n\n    ", "    ");
    contain("- ", "  ");
    contain("> [!NOTE]\n> ", "> ");
    contain("[^1]: note\n\n    ", "    ");
    contain("term\n: ", "  ");
    contain("<div>\n\n", "");
    contain("  ", "  ");
    chapter.push_str("</div>\n\n[^1]\n\n> ```rust\n> fn never_closed() {}\n\nafter\n\n- ~~~rust\n  fn f() {}\n  ~~~\n- next\n\n~~~toml\nend = true");
    for html in [RUNNABLE, STILL] {
        let pages = Pages::of(&chapter, html);
        let page = pages.agree();
        // Outside the blocks nothing may have moved, but for empty lines.
        let outside = |page: &str| {
            let (_, mut rest) = page.split_once("<main>").unwrap();
            let mut outside = String::new();
            while let Some(at) = rest.find("<pre") {
                outside.push_str(&rest[..at]);
                rest = &rest[at + rest[at..].find("</pre>").unwrap()..];
            }
            let (content, _) = rest.split_once("</main>").unwrap();
            let outside = outside + content;
            let lines = outside.lines().filter(|line| !line.trim().is_empty());
            lines.map(|line| format!("{line}\n")).collect::<String>()
        };
        let plain = Pages::read(&pages.plain, "index.html");
        assert_eq!(outside(&plain), outside(&page));
    }
}

#[test]
fn lines_that_end_as_on_windows_are_the_same() {
    let chapter = "# A\r\n\r\n```rust\r\n# hidden\r\nlet x = \"a\r\nb\";\r\n```\r\n\r\n- ```text\r\n  x\r\n  ```\r\n";
    Pages::of(chapter, STILL).agree();
}

#[test]
fn code_is_found_by_its_words_and_once() {
    let chapter =
        "# A\n\n```rust\n# let unseen = 1;\nlet seen = Parsnip::new(\"turnip\"); // carrot\n```\n";
    let pages = Pages::of(chapter, STILL);
    pages.agree();
    let index = |folder: &tempfile::TempDir| {
        let entries = fs::read_dir(folder.path().join("book")).unwrap();
        let mut files = entries.map(|entry| entry.unwrap().path());
        let index = files.find(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            name.starts_with("searchindex")
        });
        fs::read_to_string(index.unwrap()).unwrap()
    };
    let (plain, highlighted) = (index(&pages.plain), index(&pages.highlighted));
    let text = |index: &str| {
        let (_, body) = index.split_once("\"body\":\"").unwrap();
        let text = body.split("\",\"breadcrumbs").next().unwrap();
        let text = text.replace("\\\\n", " ");
        text.split_whitespace().collect::<String>()
    };
    assert_eq!(text(&plain), text(&highlighted));
    for word in ["unseen", "seen", "Parsnip", "turnip", "carrot"] {
        assert_eq!(
            text(&highlighted).matches(word).count(),
            text(&plain).matches(word).count()
        );
        assert!(text(&highlighted).contains(word), "{word}");
    }
    // A space stands before each span, so a word inside an expression begins a term of its own.
    assert!(highlighted.contains(" Parsnip::new("));
}

#[test]
fn every_block_of_this_book_reads_as_mdbook_sets_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let build = |highlighted: bool| {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::default();
        // With run buttons, more is added to a block.
        config.set("output.html.playground.runnable", true).unwrap();
        config.build.build_dir = folder.path().to_owned();
        let mut book = MDBook::load_with_config(&root, config).unwrap();
        if highlighted {
            book.with_preprocessor(HighlightPreprocessor);
        }
        book.build().unwrap();
        let page = fs::read_to_string(folder.path().join("print.html")).unwrap();
        blocks(&page)
    };
    let (plain, highlighted) = (build(false), build(true));
    assert!(plain.len() > 100);
    for (plain, highlighted) in plain.iter().zip(&highlighted) {
        assert_eq!(plain, highlighted);
    }
    assert_eq!(plain.len(), highlighted.len());
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }

    fn soup(&mut self, pieces: &[&str], len: usize) -> String {
        (0..len).map(|_| pieces[self.below(pieces.len())]).collect()
    }
}

/// Pieces of which every language's scanner can choke on some.
const PIECES: &[&str] = &[
    "fn ",
    "union ",
    "struct",
    "let",
    " ",
    "\n",
    "\n",
    "\t",
    "#",
    "##",
    "# ",
    "#[",
    "#![",
    "]",
    "[",
    "!",
    "=",
    "\"",
    "\"",
    "'",
    "'a",
    "'a'",
    "r#",
    "r##\"",
    "\"##",
    "b\"",
    "c\"",
    "b'",
    "\\",
    "/*",
    "*/",
    "//",
    "///",
    "<",
    ">",
    "&",
    "&amp;",
    "</pre>",
    "<span>",
    "&#10;",
    "1",
    "0x",
    "1.5e",
    "_",
    "E",
    "Vec",
    "true",
    "$",
    "$x",
    "\u{e9}",
    "\u{1f980}",
    "\u{a0}",
    "error[E0382]: ",
    "note: ",
    "12 | ",
    "   | ",
    "^^^",
    "---",
    " --> ",
    "= help: ",
    "...",
    "\"\"\"",
    "key = ",
    "{",
    "}",
    "{{#",
    "`",
    "-",
];

#[test]
fn any_soup_of_tokens_keeps_its_text() {
    let mut dice = Dice(0x5eed);
    let settings = highlight::Settings::default();
    for round in 0..20_000 {
        let len = 1 + dice.below(40);
        let soup = dice.soup(PIECES, len);
        let info = ["rust", "text,diagnostic", "sh", "toml", "python", "text"][round % 6];
        let html = highlight::chapter(&fenced(info, &soup), &settings);
        let found = blocks(&html.replace("&#10;", "\n"));
        let end = if soup.ends_with('\n') { "" } else { "\n" };
        let written = format!("{soup}{end}");
        let wanted = match info {
            "rust" => mdbooks_rust(&written),
            _ => written,
        };
        assert_eq!(found[0].text, wanted, "{info}: {soup:?}");
        assert_eq!(html.trim_end().lines().count(), 1, "{soup:?}");
    }
}

/// mdBook's rule for a Rust block's lines, said another way than in the crate.
fn mdbooks_rust(code: &str) -> String {
    let lines: Vec<String> = code
        .lines()
        .map(|line| {
            let at = line.find(|c: char| !c.is_whitespace());
            let at = at.unwrap_or(line.len());
            let cut = match &line[at..] {
                "#" => 1,
                body if body.starts_with("# ") => 2,
                body if body.starts_with("##") => 1,
                _ => 0,
            };
            format!("{}{}", &line[..at], &line[at + cut..])
        })
        .collect();
    lines.join("\n")
}
