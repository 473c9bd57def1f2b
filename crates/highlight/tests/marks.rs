//! Messages and their programs: what one speaks of is marked in the other, and nothing else is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex};

use highlight::{Settings, chapter};
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use mdbook_markdown::pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

/// A rejected program and what the compiler says, each as it stands in its fence.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rejected {
    code: String,
    message: String,
}

/// A character on the page, with the classes and the addresses of what it stands in.
#[derive(Debug, Clone)]
struct Sign {
    c: char,
    marks: BTreeSet<String>,
    link: Option<String>,
    line: Option<String>,
}

type Lines = Vec<Vec<Sign>>;

impl Rejected {
    fn new(code: &str, message: &str) -> Self {
        Self {
            code: code.to_owned(),
            message: message.to_owned(),
        }
    }

    fn html(&self) -> String {
        self.html_in("<div class=\"verdict\" id=\"g\">")
    }

    fn html_in(&self, group: &str) -> String {
        let markdown = format!(
            "{group}\n\n````rust,compile_fail\n{}````\n\n````text,diagnostic\n{}````\n\n</div>\n",
            self.code, self.message
        );
        chapter(&markdown, &Settings::default())
    }

    /// The program's lines as they are compiled.
    fn program(&self) -> Vec<String> {
        let shown = |line: &str| {
            let body = line.trim_start();
            let indent = &line[..line.len() - body.len()];
            match body.strip_prefix('#') {
                Some("") => indent.to_owned(),
                Some(rest) if rest.starts_with('#') => format!("{indent}{rest}"),
                Some(rest) if rest.starts_with(' ') => format!("{indent}{}", &rest[1..]),
                _ => line.to_owned(),
            }
        };
        self.code.lines().map(shown).collect()
    }
}

/// The words that mdBook's search finds on a page: it takes an element for the end of a word.
fn words(html: &str) -> Vec<String> {
    let mut text = String::new();
    for part in html.split('<') {
        text.push(' ');
        text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    let text = text.replace("&#10;", " ");
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    // Lines are drawn with these too.
    let words = words.map(|it| it.trim_start_matches('_').to_owned());
    words.filter(|it| !it.is_empty()).collect()
}

/// The two blocks of a page.
fn blocks(html: &str) -> [Lines; 2] {
    let mut blocks = html.split("<pre>").skip(1).map(|block| {
        let (_, block) = block.split_once("<code").unwrap();
        let (_, block) = block.split_once('>').unwrap();
        lines(block.split_once("</code>").unwrap().0)
    });
    let both = [blocks.next().unwrap(), blocks.next().unwrap()];
    assert!(blocks.next().is_none());
    both
}

fn lines(html: &str) -> Lines {
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        Some(rest.split('"').next().unwrap().to_owned())
    };
    let mut lines = vec![Vec::new()];
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        if rest.starts_with('<') {
            let (tag, after) = rest.split_at(rest.find('>').unwrap() + 1);
            match tag.starts_with("</") {
                true => assert!(open.pop().is_some(), "{html}"),
                false => open.push(tag.to_owned()),
            }
            rest = after;
            continue;
        }
        let len = match rest.starts_with('&') {
            true => rest.find(';').unwrap() + 1,
            false => rest.chars().next().unwrap().len_utf8(),
        };
        let (text, after) = rest.split_at(len);
        rest = after;
        let c = match text {
            "&#10;" => '\n',
            "&lt;" => '<',
            "&gt;" => '>',
            "&amp;" => '&',
            "&quot;" => '"',
            _ => text.chars().next().unwrap(),
        };
        if c == '\n' {
            lines.push(Vec::new());
            continue;
        }
        let classes = open.iter().filter_map(|tag| attribute(tag, "class"));
        let classes: Vec<_> = classes
            .flat_map(|all| all.split(' ').map(str::to_owned).collect::<Vec<_>>())
            .collect();
        let is_mark = |class: &&String| {
            class
                .strip_prefix('m')
                .is_some_and(|it| it.parse::<usize>().is_ok())
        };
        lines.last_mut().unwrap().push(Sign {
            c,
            marks: classes.iter().filter(is_mark).cloned().collect(),
            link: open.iter().find_map(|tag| attribute(tag, "href")),
            line: open.iter().find_map(|tag| attribute(tag, "id")),
        });
    }
    assert!(open.is_empty(), "{html}");
    lines
}

fn text(line: &[Sign]) -> String {
    line.iter().map(|sign| sign.c).collect()
}

/// A quoted line's number, and where its bar stands.
fn quoted(line: &str) -> Option<(usize, usize)> {
    let (number, _) = line.split_once(" |")?;
    Some((number.trim().parse().ok()?, number.chars().count() + 1))
}

/// Whether it has no number, and where its bar stands.
fn row(line: &str) -> Option<usize> {
    let (gap, _) = line.split_once('|')?;
    let empty = gap
        .trim_end_matches(' ')
        .trim_start_matches("...")
        .trim()
        .is_empty();
    (empty && gap.len() > 1).then_some(gap.len())
}

/// What is wrong on a page with this program and this message.
fn faults(rejected: &Rejected, html: &str) -> Vec<String> {
    let program = rejected.program();
    let [code, message] = blocks(html);
    let mut faults = Vec::new();
    let texts: Vec<_> = code.iter().map(|line| text(line)).collect();
    if texts != program {
        faults.push("the program reads otherwise".to_owned());
    }
    let said: Vec<_> = message.iter().map(|line| text(line)).collect();
    if said.join("\n") != rejected.message {
        faults.push("the message reads otherwise".to_owned());
    }
    let mut pointed: BTreeMap<(String, usize), BTreeSet<usize>> = BTreeMap::new();
    for (at, line) in said.iter().enumerate() {
        let Some((number, bar)) = quoted(line) else {
            continue;
        };
        let rows: Vec<_> = said[at + 1..]
            .iter()
            .take_while(|line| row(line).is_some())
            .collect();
        let Some(signs) = rows.first() else { continue };
        let below: String = signs.chars().skip(bar + 1).collect();
        if !below.contains(['^', '-']) {
            continue;
        }
        let here = || format!("{number}: {}", signs.trim_end());
        let Some(source) = number.checked_sub(1).and_then(|at| program.get(at)) else {
            faults.push(format!("no such line: {}", here()));
            continue;
        };
        let Some(left) = line.trim_end().strip_suffix(source.trim_end()) else {
            faults.push(format!("not in the program: {}", here()));
            continue;
        };
        let left = left.chars().count();
        let id = format!("g-l{number}");
        let link = message[at].iter().find_map(|sign| sign.link.clone());
        if link.as_deref() != Some(&format!("#{id}")) {
            faults.push(format!("no link: {}", here()));
        }
        if code[number - 1].first().and_then(|sign| sign.line.as_ref()) != Some(&id) {
            faults.push(format!("nothing to link to: {}", here()));
        }
        // Each sign points at what stands above it, for all that follows the bars.
        for (column, sign) in message[at + 1].iter().enumerate().skip(left) {
            if !matches!(sign.c, '^' | '-') || column - left > source.chars().count() {
                continue;
            }
            let above = code[number - 1].get(column - left);
            for mark in &sign.marks {
                if above.is_some_and(|above| !above.marks.contains(mark)) {
                    faults.push(format!("{mark} isn't above column {column}: {}", here()));
                }
                let places = pointed.entry((mark.clone(), number)).or_default();
                places.insert(column - left);
            }
        }
        // Words below a quotation belong to some mark.
        for (below, line) in message[at + 1..].iter().zip(&rows) {
            let words = below.iter().skip(bar + 1);
            if let Some(lost) = words
                .clone()
                .find(|it| it.c.is_alphabetic() && it.marks.is_empty())
            {
                faults.push(format!("{} belongs to nothing: {line}", lost.c));
            }
        }
    }
    // Nothing is marked but what signs stand below, the middle of long stretches apart.
    for (number, line) in code.iter().enumerate() {
        let own: BTreeSet<_> = line.iter().flat_map(|sign| &sign.marks).collect();
        for mark in own {
            let marked: BTreeSet<_> = (0..line.len())
                .filter(|column| line[*column].marks.contains(mark))
                .collect();
            let all = pointed.iter().filter(|((_, line), _)| *line == number + 1);
            let signs: BTreeSet<_> = all.flat_map(|(_, columns)| columns.clone()).collect();
            let lines = code
                .iter()
                .filter(|line| line.iter().any(|it| it.marks.contains(mark)));
            if lines.count() > 1 {
                continue;
            }
            if !marked.is_subset(&signs) {
                faults.push(format!("{mark} is too long: {}", text(line)));
            }
        }
    }
    faults
}

/// The rejected programs of this book with their messages.
fn of_this_book() -> Vec<Rejected> {
    #[derive(Clone, Default)]
    struct Collect(Arc<Mutex<Vec<Rejected>>>);

    impl Preprocessor for Collect {
        fn name(&self) -> &str {
            "collect"
        }

        fn run(&self, _: &PreprocessorContext, book: Book) -> anyhow::Result<Book> {
            let mut all = self.0.lock().unwrap();
            for chapter in book.chapters() {
                collect(&chapter.content, &mut all);
            }
            // The pages themselves aren't needed.
            anyhow::bail!("collected")
        }
    }

    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut config = Config::default();
    config.build.build_dir = tempfile::tempdir().unwrap().path().to_owned();
    let mut book = MDBook::load_with_config(&root, config).unwrap();
    let collect = Collect::default();
    book.with_preprocessor(collect.clone());
    book.build().unwrap_err();
    let all = collect.0.lock().unwrap();
    all.clone()
}

fn collect(markdown: &str, all: &mut Vec<Rejected>) {
    let mut open = None;
    let mut text = String::new();
    let mut program = String::new();
    for event in mdbook_markdown::new_cmark_parser(markdown, &Default::default()) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                open = Some(info.to_string());
                text.clear();
            }
            Event::Text(piece) if open.is_some() => text.push_str(&piece),
            Event::End(TagEnd::CodeBlock) => {
                let info = open.take().unwrap_or_default();
                if info.starts_with("rust") {
                    program = text.clone();
                } else if info == "text,diagnostic" {
                    all.push(Rejected::new(&program, &text));
                }
            }
            _ => {}
        }
    }
}

#[test]
fn every_message_of_this_book_marks_what_it_points_at() {
    let all = of_this_book();
    assert!(all.len() > 70, "{}", all.len());
    let mut related = 0;
    let mut most = 0;
    for rejected in &all {
        let html = rejected.html();
        assert_eq!(faults(rejected, &html), [""; 0], "{}", rejected.message);
        let unrelated = rejected.html_in("<div class=\"verdict\">");
        assert_eq!(words(&html), words(&unrelated), "{}", rejected.message);
        let count = (1..)
            .take_while(|mark| html.contains(&format!("\"m{mark}")))
            .count();
        most = most.max(count);
        related += usize::from(count > 0);
    }
    // Two fences leave out what is quoted.
    assert!(related >= all.len() - 2, "{related} of {}", all.len());
    let sheet = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../theme/marks.css");
    let sheet = std::fs::read_to_string(sheet).unwrap();
    for mark in 1..=most {
        let rule = format!(".verdict:has(.m{mark}:is(:hover, :focus-within)) .m{mark}");
        assert!(sheet.contains(&rule), "{rule}");
    }
}

const CODE: &str =
    "fn main() {\n    let vec = vec![1];\n# print(&vec);\n    drop(vec);\n    vec.len();\n}\n";
const MESSAGE: &str = "\
error[E0382]: borrow of moved value: `vec`
 --> [..]
  |
2 |     let vec = vec![1];
  |         --- move occurs because `vec` has type `Vec<i32>`
3 | print(&vec);
  |        --- seen here
4 |     drop(vec);
  |          --- value moved here
5 |     vec.len();
  |     ^^^ value borrowed here after move
";

#[test]
fn a_fault_and_what_has_to_do_with_it_are_told_apart() {
    let html = Rejected::new(CODE, MESSAGE).html();
    let code = html.split("</code>").next().unwrap();
    for (line, place) in [
        (2, "<span class=\"m1\">vec</span>"),
        (4, "<span class=\"m3\">vec</span>"),
        (5, "<span class=\"m4 primary\">vec</span>"),
    ] {
        let opening = format!("<span class=\"line\" id=\"g-l{line}\" data-line=\"{line}\">");
        let (_, rest) = code.split_once(&opening).expect(&opening);
        assert!(
            rest.split("&#10;").next().unwrap().contains(place),
            "{code}"
        );
    }
    assert!(html.contains(
        "<span class=\"quoted m4\"><a class=\"to-line\" href=\"#g-l5\" aria-label=\"line 5\">"
    ));
    assert!(
        html.contains(
            "<span class=\"m4 primary\"><span class=\"hljs-variable\">^^^ value borrowed"
        )
    );
}

#[test]
fn a_hidden_line_can_be_shown_by_itself() {
    let html = Rejected::new(CODE, MESSAGE).html();
    assert!(html.contains("<span class=\"boring line\" id=\"g-l3\" data-line=\"3\">print(&amp;"));
}

#[test]
fn what_is_marked_wrongly_is_found() {
    let rejected = Rejected::new(CODE, MESSAGE);
    let html = rejected.html();
    assert_eq!(faults(&rejected, &html), [""; 0]);
    for (right, wrong) in [
        // One column less, one more, another word, another mark, another line.
        (
            "<span class=\"m4 primary\">vec</span>.",
            "<span class=\"m4 primary\">ve</span>c.",
        ),
        (
            "<span class=\"m4 primary\">vec</span>.",
            "<span class=\"m4 primary\">vec.</span>",
        ),
        (
            "drop(<span class=\"m3\">vec</span>)",
            "<span class=\"m3\">drop</span>(vec)",
        ),
        (
            "<span class=\"m3\">vec</span>)",
            "<span class=\"m2\">vec</span>)",
        ),
        ("href=\"#g-l5\"", "href=\"#g-l4\""),
        ("id=\"g-l5\"", "id=\"g-l6\""),
    ] {
        assert!(html.contains(right), "{right}: {html}");
        let planted = html.replacen(right, wrong, 1);
        assert!(!faults(&rejected, &planted).is_empty(), "{wrong}");
    }
}

#[test]
fn a_message_about_another_program_marks_nothing() {
    for (right, wrong) in [
        ("5 |     vec.len();", "6 |     vec.len();"),
        ("5 |     vec.len();", "5 |     vec.len() ;"),
        ("5 |     vec.len();", "99 |     vec.len();"),
        ("5 |     vec.len();", "5 |      vec.len();"),
        ("5 |     vec.len();", "0 |     vec.len();"),
    ] {
        let rejected = Rejected::new(CODE, &MESSAGE.replace(right, wrong));
        let html = rejected.html();
        assert!(!html.contains("<a ") && !html.contains("\"m1"), "{html}");
        assert!(!faults(&rejected, &html).is_empty(), "and it is noticed");
    }
}

#[test]
fn only_a_group_with_an_id_is_related() {
    let rejected = Rejected::new(CODE, MESSAGE);
    let fences = format!("````rust\n{CODE}````\n\n````text,diagnostic\n{MESSAGE}````\n");
    let two = format!(
        "<div class=\"verdict\" id=\"a\">\n\n````rust\n{CODE}````\n\n</div>\n\n<div class=\"verdict\">\n\n````text,diagnostic\n{MESSAGE}````\n\n</div>\n"
    );
    for markdown in [fences.clone(), two] {
        assert!(!chapter(&markdown, &Settings::default()).contains("to-line"));
    }
    assert!(rejected.html().contains("to-line"));
    // To a program that is run from the page, lines are added.
    let runnable = Settings {
        runnable: true,
        ..Settings::default()
    };
    let grouped = format!("<div class=\"verdict\" id=\"a\">\n\n{fences}\n</div>\n");
    assert!(!chapter(&grouped, &runnable).contains("to-line"));
}

/// The marks of a message: each as its text on the page.
fn marked(code: &str, message: &str) -> Vec<String> {
    let html = Rejected::new(code, message).html();
    let [code, _] = blocks(&html);
    let mut found: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for line in &code {
        let own: BTreeSet<_> = line.iter().flat_map(|sign| &sign.marks).collect();
        for mark in own {
            let text = line.iter().filter(|sign| sign.marks.contains(mark));
            let number = mark[1..].parse().unwrap();
            found
                .entry(number)
                .or_default()
                .push(text.map(|sign| sign.c).collect());
        }
    }
    found.into_values().map(|lines| lines.join("\n")).collect()
}

#[test]
fn stretches_of_many_lines_are_followed() {
    let code = "spawn(move || {\n    theirs();\n});\nlast();\n";
    let cases: [(&str, &[&str]); 4] = [
        (
            "  |\n1 |   spawn(move || {\n  |  _-----_^\n  | | |\n  | | required by this call\n2 | |     theirs();\n3 | | });\n  | |_^ cannot be sent\n",
            &["spawn", "move || {\ntheirs();\n}"],
        ),
        (
            "  |\n1 |   spawn(move || {\n  |   ----- ^------\n  |   |     |\n  |  _|_____within this\n  | | |\n  | | required\n2 | |     theirs();\n3 | | });\n  | |__- cannot be sent\n",
            &["spawn", "move ||", "move || {\ntheirs();\n})"],
        ),
        (
            "  |\n1 | / spawn(move || {\n2 | |     theirs();\n3 | | });\n  | |__^ all of it\n4 |   last();\n  |   ---- and this\n",
            &["spawn(move || {\ntheirs();\n})", "last"],
        ),
        (
            "  |\n1 |   spawn(move || {\n  |   -     ------- mutable\n  |  _|\n  | |\n...  |\n3 | | });\n  | |__- that\n",
            &["move ||", "spawn(move || {\ntheirs();\n})"],
        ),
    ];
    for (message, expected) in cases {
        assert_eq!(marked(code, message), expected, "{message}");
    }
}

#[test]
fn one_mark_may_lie_within_another() {
    let code = "scope.spawn(|| hits += 1);\n\tvec.push(vec.len());\n";
    let nested = "  |\n1 | scope.spawn(|| hits += 1);\n  | -------------------------\n  | |           |  |\n  | |           |  first\n  | |           second\n  | third\n";
    assert_eq!(
        marked(code, nested),
        ["scope.spawn(|| hits += 1)", "||", "hits"]
    );
    let within = "  |\n2 |     vec.push(vec.len());\n  |     ---------^^^-------\n  |     |        |\n  |     |        fault\n  |     all\n";
    assert_eq!(marked(code, within), ["vec.push(vec.len())", "vec"]);
    let beside = "  |\n2 |     vec.push(vec.len());\n  |     ---      ^^^ two labels\n";
    assert_eq!(marked(code, beside), ["vec", "vec"]);
}

#[test]
fn what_is_suggested_is_no_line_of_the_program() {
    let code = "take(v);\nlet _ = lock();\n";
    for message in [
        "help: clone\n  |\n1 | take(v);\n  |      ++++++++\n",
        "help: drop\n  |\n2 - let _ = lock();\n2 + drop(lock());\n  |\n",
        "help: so\n  |\n1 ~ take(v);\n  |\n",
    ] {
        assert_eq!(marked(code, message), [""; 0], "{message}");
    }
}
