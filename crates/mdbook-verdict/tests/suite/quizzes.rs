//! Quizzes: what is asked, what answers, what is wrong with one, and how it stands on the page.

use std::path::Path;

use crate::book_test::BookTest;
use crate::preprocessor::{answer, call};

/// A block, behind it a quiz of this kind and with these further lines.
fn quiz(tags: &str, code: &str, kind: &str, more: &str) -> String {
    format!(
        "```{tags}\n{code}\n```\n\n```toml,quiz\nkind = \"{kind}\"\n{more}explanation = \"So *it* is.\"\n```\n"
    )
}

const MOVED: &str = "let name = String::from(\"Ada\");\nlet other = name;\nprintln!(\"{name}\");";

fn line() -> String {
    quiz("rust,compile_fail,E0382", MOVED, "line", "")
}

fn prints() -> String {
    quiz(
        "rust",
        "println!(\"{}\", 7 / 2);",
        "prints",
        "distractors = [\"4\", \"3.5\"]\n",
    )
}

/// The page's text that is seen before the answer is unfolded, and the rest.
#[track_caller]
fn asked(chapter: &str) -> (String, String) {
    let text = answer(&BookTest::new(chapter), "html");
    let (before, behind) = text
        .split_once("<details>")
        .unwrap_or_else(|| panic!("{text}"));
    (before.to_owned(), behind.to_owned())
}

/// The answer's sentence.
#[track_caller]
fn told(chapter: &str) -> String {
    let (_, behind) = asked(chapter);
    let (_, answer) = behind.split_once("<p>").unwrap();
    answer.split_once("</p>").unwrap().0.to_owned()
}

#[test]
fn a_quiz_is_counted_and_named_like_a_result_fence() {
    let book = BookTest::new(&[line(), prints()].concat());
    book.check(&[])
        .passed(4)
        .says("2 Rust blocks: 1 run, 0 compiled only, 1 rejected, 2 quizzes\n");
    BookTest::new(&line()).check(&[]).says(", 1 quiz\n");
    let lines = book.json(&[]);
    assert_eq!(lines[2]["kind"], "quiz");
    assert_eq!(lines[2]["line"], 7);
    assert_eq!(lines[2]["status"], "pass");
    let listed = book.run(&["list"]).code(0).stdout;
    assert!(listed.contains("src/a.md:7     toml,quiz\n"), "{listed}");
}

#[test]
fn each_kind_is_answered_by_the_compiler_or_the_run() {
    for (tags, code, kind, more, right) in [
        (
            "rust",
            "let a = 1;",
            "compiles",
            "",
            "Yes: the compiler accepts it.",
        ),
        (
            "rust,no_run",
            "loop {}",
            "compiles",
            "",
            "Yes: the compiler accepts it.",
        ),
        (
            "rust,compile_fail,E0308",
            "let a: u8 = \"\";",
            "compiles",
            "",
            "No: the compiler rejects it.<br><a href=\"https://doc.rust-lang.org/stable/error_codes/E0308.html\">error[E0308]</a>: mismatched types",
        ),
        (
            "rust",
            "assert!(true);",
            "panics",
            "",
            "No: it runs to its end.",
        ),
        (
            "rust,should_panic",
            "panic!();",
            "panics",
            "",
            "Yes: it ends with a panic.",
        ),
        (
            "rust",
            "println!(\"{}\", 1 + 1);",
            "prints",
            "distractors = [\"11\"]\n",
            "It prints: <code class=\"nohighlight\" style=\"white-space: pre-wrap\">2</code>",
        ),
        (
            "rust,compile_fail,E0382",
            MOVED,
            "line",
            "",
            "Line 3: <code class=\"language-rust\">println!(&quot;&#123;name}&quot;);</code><br><a href=\"https://doc.rust-lang.org/stable/error_codes/E0382.html\">error[E0382]</a>: borrow of moved value: <code>name</code>",
        ),
    ] {
        let chapter = quiz(tags, code, kind, more);
        BookTest::new(&chapter).check(&[]).passed(2);
        assert_eq!(told(&chapter), right, "{chapter}");
    }
}

#[test]
fn the_refused_line_is_counted_among_those_that_are_shown() {
    let with_main = "# use std::fmt;\n\nfn main() {\n    let name = String::from(\"Ada\");\n#   let hidden = 1;\n    drop(name);\n    println!(\"{name}\");\n}";
    for (code, number) in [
        (MOVED.to_owned(), 3),
        (format!("# // hidden\n#\n{MOVED}"), 3),
        (format!("#![allow(dead_code)]\n{MOVED}"), 4),
        (format!("// a comment\n\n{MOVED}"), 5),
        (with_main.to_owned(), 5),
    ] {
        let chapter = quiz("rust,compile_fail,E0382", &code, "line", "");
        let told = told(&chapter);
        assert!(
            told.starts_with(&format!("Line {number}: ")),
            "{told}\n{code}"
        );
        assert!(told.contains("println!"), "{told}");
    }
}

#[test]
fn an_answer_that_is_remembered_is_the_same() {
    let book = BookTest::new(&[line(), prints()].concat());
    let first = answer(&book, "html");
    assert_eq!(answer(&book, "html"), first);
    book.check(&[]).passed(4);
    assert_eq!(answer(&book, "html"), first);
}

#[test]
fn what_is_wrong_with_a_quiz_is_named_with_its_line() {
    let two_lines = "let a: u8 = \"\";\nlet b: u8 = \"\";";
    let hidden = "# let a: u8 = \"\";\nlet b = 1;\nlet c = 2;";
    for (chapter, rule, line, says) in [
        (
            quiz("rust", "1;", "compile", ""),
            "quiz-form",
            6,
            "is `compiles` meant?",
        ),
        (
            quiz("rust", "1;", "compiles", "promt = \"?\"\n"),
            "quiz-form",
            7,
            "is `prompt` meant?",
        ),
        (
            quiz("rust", "1;", "compiles", "answer\n"),
            "quiz-form",
            7,
            "it is no TOML",
        ),
        (
            quiz("rust", "1;", "prints", ""),
            "quiz-form",
            5,
            "`distractors` is missing",
        ),
        (
            without(&quiz("rust", "1;", "compiles", ""), "explanation"),
            "quiz-form",
            5,
            "`explanation` is missing",
        ),
        (
            quiz("rust", "1;", "compiles", "").replace("toml,quiz", "toml,quiz,hard"),
            "quiz-form",
            5,
            "a quiz takes no argument",
        ),
        (
            "```toml,quiz\nkind = \"compiles\"\nexplanation = \"?\"\n```\n".to_owned(),
            "quiz-answer",
            1,
            "there is no Rust block before this quiz",
        ),
        (
            quiz("rust", "1;", "line", ""),
            "quiz-answer",
            5,
            "so it refuses no line",
        ),
        (
            quiz("rust,ignore", "1;", "compiles", ""),
            "quiz-answer",
            5,
            "is ignored",
        ),
        (
            quiz("rust,no_run", "1;", "panics", ""),
            "quiz-answer",
            5,
            "isn't run to its end",
        ),
        (
            quiz(
                "rust,compile_fail,E0308",
                "let a: u8 = \"\";",
                "prints",
                "distractors = [\"\"]\n",
            ),
            "quiz-answer",
            5,
            "isn't run to its end",
        ),
        (
            quiz("rust,compile_fail,E0308", two_lines, "line", ""),
            "quiz-answer",
            6,
            "more than one line of the block: 1, 2",
        ),
        (
            quiz("rust,compile_fail,E0308", hidden, "line", ""),
            "quiz-answer",
            7,
            "line 1 of the block, which is hidden",
        ),
        (
            quiz("rust,compile_fail,E0308", "let a: u8 = \"\";", "line", ""),
            "quiz-answer",
            5,
            "only one line to choose",
        ),
        (
            format!(
                "{}\n```toml,quiz\nkind = \"compiles\"\nexplanation = \"?\"\n```\n",
                quiz("rust", "1;", "compiles", "")
            ),
            "quiz-answer",
            10,
            "has a quiz already",
        ),
        (
            quiz(
                "rust",
                "println!(\"3 \");",
                "prints",
                "distractors = [\n\"4\",\n\"3\\n\"]\n",
            ),
            "quiz-distractors",
            9,
            "is what the block really prints",
        ),
        (
            quiz(
                "rust",
                "println!(\"3\");",
                "prints",
                "distractors = [\"4\", \"4 \"]\n",
            ),
            "quiz-distractors",
            7,
            "stands there twice",
        ),
    ] {
        let book = BookTest::new(&chapter);
        book.check(&[])
            .code(1)
            .says(&format!("error[{rule}]: "))
            .says(says)
            .says(&format!(" --> src/a.md:{line}:1"));
        // It isn't built either, and the block by itself is as good as ever.
        let refused = call(&book, "html").code(1);
        assert_eq!(refused.stdout, "");
        refused.says(&format!("error[{rule}]")).says(says);
        let rules = BookTest::new(&chapter).rules(&format!("{rule} = \"off\""));
        rules.check(&[]).code(0);
    }
}

/// The text without the line that begins so.
fn without(text: &str, begins: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with(begins));
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn several_errors_in_one_line_are_one_answer() {
    let code = "let a = 1;\nlet (b, c): (u8, u8) = (\"\", \"\");";
    let chapter = quiz("rust,compile_fail,E0308", code, "line", "");
    assert!(told(&chapter).starts_with("Line 2: "));
}

#[test]
fn the_answer_follows_the_program() {
    let moved = line().replace("line", "compiles");
    assert!(told(&moved).starts_with("No: "));
    let cloned = moved
        .replace("= name;", "= name.clone();")
        .replace(",compile_fail,E0382", "");
    assert!(told(&cloned).starts_with("Yes: "));
}

#[test]
fn a_quiz_that_only_warns_stays_as_it_is_written() {
    let chapter = quiz("rust", "1;", "line", "");
    let book = BookTest::new(&chapter).rules("quiz-answer = \"warn\"");
    book.check(&[]).passed(2).says("warning[quiz-answer]");
    let text = answer(&book, "html");
    assert!(text.contains("```toml,quiz\nkind = \"line\"\n"), "{text}");
    assert!(!text.contains("<fieldset"), "{text}");
}

#[test]
fn a_mistyped_quiz_is_named() {
    for tag in ["toml,quizz", "text,quiz", "toml, quiz"] {
        BookTest::new(&line().replace("toml,quiz", tag))
            .check(&[])
            .says("is `toml,quiz` meant?");
    }
    BookTest::new(&line().replace("toml,quiz", "toml"))
        .check(&[])
        .passed(1)
        .never_says("warning");
}

#[test]
fn nothing_that_is_seen_first_tells_the_answer() {
    for chapter in [
        line(),
        quiz("rust,compile_fail,E0382,edition2021", MOVED, "compiles", ""),
        quiz("rust,should_panic", "panic!();", "panics", ""),
        // What came stands between the block and the quiz: it is folded too.
        quiz(
            "rust,compile_fail,E0382",
            &format!("{MOVED}\n```\n\n```text,diagnostic\n..."),
            "line",
            "",
        ),
    ] {
        let (before, behind) = asked(&chapter);
        assert!(before.contains("<figcaption>Quiz</figcaption>"), "{before}");
        for tells in [
            "E0382",
            "compile_fail",
            "panic\n",
            "Rejected",
            "pane-rejected",
            "should_panic",
            "diagnostic",
        ] {
            assert!(!before.contains(tells), "{tells}: {before}");
        }
        assert!(
            behind.contains("\n\nSo *it* is.\n\n</details>\n</div>"),
            "{behind}"
        );
        assert_eq!(
            behind.contains("```text,diagnostic\n...\n```\n\n</figure>"),
            chapter.contains("diagnostic")
        );
        assert_eq!(
            before.contains("```rust,edition2021\n"),
            chapter.contains("edition2021")
        );
    }
}

#[test]
fn the_order_of_outputs_tells_nothing() {
    let choices = |chapter: &str| {
        let (before, _) = asked(chapter);
        let (_, choices) = before.split_once("<legend>").unwrap();
        choices.to_owned()
    };
    let three = choices(&prints());
    let four = choices(&prints().replace("7 / 2", "8 / 2").replace("\"4\"", "\"3\""));
    assert!(
        three.find("3</code>") < three.find("3.5") && three.find("3.5") < three.find("4</code>")
    );
    assert_eq!(three, four, "the choices are the same, whichever is right");
}

#[test]
fn outputs_keep_their_lines_and_are_no_markdown() {
    let code = "println!(\"a <b>\\n\\n  *c* {}#include gone.rs}}}}\", \"{{\");";
    let chapter = quiz("rust", code, "prints", "distractors = [\"\"]\n");
    let (before, _) = asked(&chapter);
    assert!(
        before.contains(">a &lt;b&gt;&#10;&#10;  *c* &#123;&#123;#include gone.rs}}</code>"),
        "{before}"
    );
    assert!(before.contains("> nothing</label>"), "{before}");
}

#[test]
fn a_quiz_keeps_to_its_container() {
    let inside = |prefix: &str| {
        let lines = line();
        let lines = lines
            .lines()
            .map(|line| format!("{prefix}{line}").trim_end().to_owned() + "\n");
        lines.collect::<String>()
    };
    let quoted = answer(&BookTest::new(&inside("> ")), "html");
    assert!(quoted.contains("> </details>\n> </div>"), "{quoted}");
    let listed = inside("  ").replacen("  ```", "- ```", 1);
    let listed = answer(&BookTest::new(&listed), "html");
    assert!(listed.contains("\n  <legend>"), "{listed}");
    for line in quoted.lines() {
        assert!(line.starts_with('>') || line.is_empty(), "{line}");
    }
}

#[test]
fn prose_may_stand_between_a_block_and_its_quiz() {
    let chapter = line().replace("```toml", "words\n\n```toml");
    let (before, behind) = asked(&chapter);
    assert!(before.contains("</figure>\n</div>"), "{before}");
    assert_eq!(before.matches("<div class=\"verdict quiz\" id=").count(), 2);
    assert_eq!(behind.matches("</div>").count(), 1);
}

#[test]
fn each_quiz_has_radio_buttons_of_its_own() {
    let book = BookTest::new(&[line(), line()].concat());
    let text = answer(&book, "html");
    for name in ["quiz-a-0", "quiz-a-1"] {
        assert_eq!(
            text.matches(&format!("name=\"{name}\"")).count(),
            3,
            "{text}"
        );
    }
}

/// Only the blocks that have one are compiled and run for the pages.
#[test]
fn html_runs_the_blocks_with_a_quiz_and_no_others() {
    let wrong = "```rust\nprintln!(\"a\");\n```\n\n```text,output\nb\n```\n";
    let book = BookTest::new(&[&line(), wrong].concat());
    let text = answer(&book, "html");
    assert!(text.contains("```text,output\nb\n```"), "{text}");
    call(&book, "html").code(0).never_says("passed");
    let without_rust = BookTest::new(&line()).env("RUSTC", "/nonexistent");
    call(&without_rust, "html").code(2);
    // A quiz whose block doesn't hold has no answer to be trusted.
    let broken = BookTest::new(&line().replace("E0382", "E0499"));
    call(&broken, "html").code(1).says("error[exact-codes]");
}

#[test]
fn rustdoc_and_bless_pass_over_a_quiz() {
    let chapter = [line(), prints()].concat();
    let book = BookTest::new(&chapter);
    assert_eq!(answer(&book, "test"), chapter);
    book.check(&["--bless"]).passed(4).never_says("blessed");
    assert_eq!(book.read("src/a.md"), chapter);
}

#[test]
fn the_script_is_printed_and_is_the_one_that_our_book_uses() {
    let printed = BookTest::empty().run(&["quiz-script"]).code(0).stdout;
    assert!(printed.contains("fieldset[data-answer]"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    // Outside of the repository there is nothing to compare with.
    if let Ok(ours) = std::fs::read_to_string(root.join("theme/quiz.js")) {
        let write = "cargo run -p mdbook-verdict -- quiz-script > theme/quiz.js";
        assert!(ours == printed, "theme/quiz.js is old: {write}");
        let config = std::fs::read_to_string(root.join("book.toml")).unwrap();
        assert!(config.contains("\"theme/quiz.js\""));
    }
}
