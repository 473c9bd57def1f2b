//! Fences that pictures are drawn of: `text,leases` and `text,output,lanes`.

use crate::book_test::BookTest;
use crate::preprocessor::answer;

/// A chapter with a block and a fence behind it.
fn fence(code: &str, tag: &str, text: &str) -> BookTest {
    BookTest::new(&format!("```rust\n{code}\n```\n\n```{tag}\n{text}\n```\n"))
}

/// The table is what the compiler answers; and with any other word in its place it is refused.
#[track_caller]
fn answers(code: &str, table: &str) {
    let table = table.trim_matches('\n');
    fence(code, "text,leases", table).check(&[]).passed(2);
    let blessed = fence(code, "text,leases", "");
    blessed.check(&["--bless"]).passed(2);
    assert!(blessed.read("src/a.md").contains(table));
    for (word, other) in [
        ("lent", "owned"),
        ("owned", "moved"),
        ("expired", "done"),
        ("moved", "owned"),
    ] {
        if table.contains(word) {
            let wrong = table.replacen(word, other, 1);
            fence(code, "text,leases", &wrong)
                .check(&[])
                .failed(1, 1)
                .says("error[leases]: the leases differs from what the fence says");
        }
    }
}

#[test]
fn a_borrow_ends_after_its_last_use_and_can_expire() {
    answers(
        "let mut scores = vec![70, 80];\nlet best = &scores[1];\nprintln!(\"{best}\");\nscores.push(90);",
        "
after                            scores         best
let mut scores = vec![70, 80];   owned mut      -
let best = &scores[1];           lent to best   borrows scores
println!(\"{best}\");              owned mut      done
scores.push(90);                 owned mut      expired
",
    );
}

#[test]
fn a_reborrow_lends_the_reference_and_gives_it_back() {
    answers(
        "let mut v = vec![1];\nlet writer = &mut v;\nlet other = &mut *writer;\nother.push(2);\nwriter.push(3);\nprintln!(\"{v:?}\");",
        "
after                       v                    writer              other
let mut v = vec![1];        owned mut            -                   -
let writer = &mut v;        lent mut to writer   borrows mut v       -
let other = &mut *writer;   lent mut to writer   lent mut to other   borrows mut writer
other.push(2);              lent mut to writer   borrows mut v       done
writer.push(3);             owned mut            done                expired
println!(\"{v:?}\");          owned mut            expired             expired
",
    );
}

#[test]
fn a_guard_holds_its_lease_by_its_destructor() {
    answers(
        "use std::sync::Mutex;\nlet names = Mutex::new(1);\n{\n    let mut guard = names.lock().unwrap();\n    *guard += 1;\n}\nlet guard = names.lock().unwrap();\ndrop(guard);\nprintln!(\"{names:?}\");",
        "
after                                        names           guard           guard
let names = Mutex::new(1);                   owned           -               -
{                                            owned           -               -
    let mut guard = names.lock().unwrap();   lent to guard   borrows names   -
    *guard += 1;                             lent to guard   borrows names   -
}                                            owned           -               -
let guard = names.lock().unwrap();           lent to guard   -               borrows names
drop(guard);                                 owned           -               moved
println!(\"{names:?}\");                       owned           -               moved
",
    );
}

#[test]
fn who_stands_by_holds_no_lease() {
    answers(
        "let bystander = String::new();\nlet cell = std::cell::RefCell::new(1);\nlet guard = cell.borrow_mut();\nlet watched = &guard;\nprintln!(\"{watched}\");\ndrop(guard);\nprintln!(\"{bystander}\");",
        "
after                                    bystander   cell            guard             watched
let bystander = String::new();           owned       -               -                 -
let cell = std::cell::RefCell::new(1);   owned       owned           -                 -
let guard = cell.borrow_mut();           owned       lent to guard   borrows cell      -
let watched = &guard;                    owned       lent to guard   lent to watched   borrows guard
println!(\"{watched}\");                   owned       lent to guard   borrows cell      done
drop(guard);                             owned       owned           moved             expired
println!(\"{bystander}\");                 owned       owned           moved             expired
",
    );
}

#[test]
fn two_halves_are_lent_at_once_and_a_value_can_be_gone_in_part() {
    answers(
        "let mut items = [3, 1, 2];\nlet (left, right) = items.split_at_mut(1);\nleft[0] = 1;\nright[0] = 2;\nprintln!(\"{items:?}\");",
        "
after                                        items                     left                right
let mut items = [3, 1, 2];                   owned mut                 -                   -
let (left, right) = items.split_at_mut(1);   lent mut to left, right   borrows mut items   borrows mut items
left[0] = 1;                                 lent mut to right         done                borrows mut items
right[0] = 2;                                owned mut                 done                done
println!(\"{items:?}\");                       owned mut                 expired             expired
",
    );
    answers(
        "let pair = (String::new(), String::new());\nlet first = pair.0;\nlet late;\nlate = first;\ndrop(late);",
        "
after                                        pair            first   late
let pair = (String::new(), String::new());   owned           -       -
let first = pair.0;                          moved in part   owned   -
let late;                                    moved in part   owned   empty
late = first;                                moved in part   moved   owned
drop(late);                                  moved in part   moved   moved
",
    );
}

#[test]
fn any_function_can_be_asked_about_and_only_lines_that_are_seen_are_shown() {
    let code = "# use std::fmt::Debug;\nfn show<T: Debug>(value: &T, once: String) -> usize {\n    # let hidden = 1;\n    println!(\"{value:?}\");\n    drop(once);\n    3\n}\n# fn main() { assert_eq!(show(&1, String::new()), 3); }";
    let book = fence(code, "text,leases,show", "");
    book.check(&["--bless"]).passed(2);
    let text = book.read("src/a.md");
    let table = "
after                                                   value      once
fn show<T: Debug>(value: &T, once: String) -> usize {   borrowed   owned
    println!(\"{value:?}\");                              borrowed   owned
    drop(once);                                         borrowed   moved
    3                                                   -          -
```
";
    assert!(text.contains(table), "{text}");
}

#[test]
fn what_cannot_be_asked_is_a_fault_that_says_why() {
    for (code, tag, cause) in [
        ("let a = 1;", "leases,other", "there is no function `other`"),
        (
            "let a = 1;",
            "leases,main,other",
            "takes the name of one function",
        ),
        (
            "let a = 1;\nlet a = a + 1;",
            "leases",
            "two variables are called `a` at once",
        ),
        (
            "let a = 1; let b = a;",
            "leases",
            "`let a = 1;` and `let b = a;` stand on one line",
        ),
        (
            "println!();",
            "leases",
            "there is no variable that a reader sees",
        ),
        (
            "async fn f() { let a = 1; }",
            "leases,f",
            "choose a plain one",
        ),
    ] {
        fence(code, &format!("text,{tag}"), "")
            .check(&[])
            .failed(1, 1)
            .says("error[leases]: ")
            .says(cause);
    }
}

#[test]
fn nothing_is_said_of_a_place_that_is_never_reached() {
    answers(
        "let a = 1;\nlet b = &a;\nstd::process::exit(*b - 1);\nlet c = 2;",
        "
after                         a           b           c
let a = 1;                    owned       -           -
let b = &a;                   lent to b   borrows a   -
std::process::exit(*b - 1);   -           -           -
let c = 2;                    -           -           -
",
    );
}

#[test]
fn a_function_that_no_picture_could_hold_is_refused() {
    let lines = (0..40).map(|n| format!("let v{n} = {n};"));
    let code = lines.collect::<Vec<_>>().join("\n");
    fence(&code, "text,leases", "")
        .check(&["--bless"])
        .failed(1, 1)
        .says("40 variables in 40 lines are too much for a picture");
}

#[test]
fn a_block_that_is_rejected_has_no_leases() {
    let chapter = "```rust,compile_fail,E0382\nlet a = vec![1];\nlet b = a;\na.len();\n```\n\n```text,leases\n```\n";
    BookTest::new(chapter)
        .check(&[])
        .failed(1, 1)
        .says("error[leases]: the block before it doesn't compile");
}

#[test]
fn leases_are_of_the_blocks_edition_and_crates() {
    let code = "let word = gen();\nprintln!(\"{word}\");\n# fn gen() -> u8 { 1 }";
    for edition in ["2015", "2018", "2021"] {
        let chapter = format!("```rust,edition{edition}\n{code}\n```\n\n```text,leases\n```\n");
        BookTest::new(&chapter).check(&["--bless"]).passed(2);
    }

    let book = fence("let three = helper::three();", "text,leases", "")
        .config("manifest = \"programs/Cargo.toml\"")
        .file(
            "programs/Cargo.toml",
            "[package]\nname = \"programs\"\n\n[dependencies]\nhelper = { path = \"../helper\" }\n",
        )
        .file("programs/src/lib.rs", "")
        .file("helper/Cargo.toml", "[package]\nname = \"helper\"\n")
        .file("helper/src/lib.rs", "pub fn three() -> i32 { 3 }\n");
    book.check(&["--bless"]).passed(2);
}

const COURSE: &str = "println!(\"main | makes it\");\nprintln!(\"main -> child | it\");\nprintln!(\"main waits child | its end\");";
const LANES: &str = "main | makes it\nmain -> child | it\nmain waits child | its end";

#[test]
fn lanes_are_the_real_output_to_the_letter() {
    let tag = "text,output,lanes";
    fence(COURSE, tag, LANES).check(&[]).passed(2);
    for wrong in [
        LANES.replace("makes", "takes"),
        LANES.replace("makes it", "[..]"),
        format!("...\n{LANES}"),
        String::new(),
    ] {
        fence(COURSE, tag, &wrong)
            .check(&[])
            .failed(1, 1)
            .says("error[output]: the output ");
    }
}

#[test]
fn a_line_that_is_no_event_is_a_fault_with_its_number() {
    for (line, cause) in [
        ("main: makes it", "it must be `lane | what`"),
        ("main -> main | it", "an arrow needs two lanes"),
        ("main |", "it must be `lane | what`"),
        ("main |  ", "one to forty characters"),
        ("a name that is too long | it", "one to sixteen characters"),
    ] {
        let code = format!("{COURSE}\nprintln!(\"{line}\");");
        let text = format!("{LANES}\n{line}");
        fence(&code, "text,output,lanes", &text)
            .check(&[])
            .failed(1, 1)
            .says("error[output]: line 4 of the output")
            .says(cause);
        // Nor is it blessed.
        let book = fence(&code, "text,output,lanes", "");
        book.check(&["--bless"]).failed(1, 1);
    }
}

#[test]
fn a_page_shows_the_picture_and_the_text_that_it_is_drawn_from() {
    let table = "after          a\nlet a = \"<\";   owned";
    for (tag, text, class) in [
        ("text,output,lanes", LANES, "figure-lanes"),
        ("text,leases", table, "figure-leases"),
    ] {
        let page = answer(&fence("1;", tag, text), "html");
        assert_eq!(page.matches("<svg ").count(), 1, "{page}");
        let svg = page.lines().find(|line| line.contains("<svg ")).unwrap();
        assert!(svg.contains(&format!("class=\"{class}\"")), "{svg}");
        assert!(svg.contains("role=\"img\" aria-labelledby=\"figure-"));
        // It is whole, and it is XML.
        let start = svg.find("<svg").unwrap();
        let end = svg.find("</svg>").unwrap() + "</svg>".len();
        let drawn = roxmltree::Document::parse(&svg[start..end]).unwrap();
        let label = drawn.root_element().attribute("aria-labelledby").unwrap();
        let title = drawn
            .descendants()
            .find(|n| n.attribute("id") == Some(label));
        assert!(title.unwrap().text().unwrap().contains("the text below"));
        let words = text.lines().flat_map(|line| line.split(" | ").nth(1));
        for word in words {
            assert!(
                drawn
                    .descendants()
                    .any(|n| n.text().is_some_and(|t| word.contains(t)))
            );
        }
        let folded =
            format!("<summary>As text</summary>\n\n```{tag}\n{text}\n```\n\n</details>\n</figure>");
        assert!(page.contains(&folded), "{page}");
    }
}

#[test]
fn a_text_that_cannot_be_drawn_stays_a_text() {
    for (tag, text) in [
        ("text,output,lanes", "no event"),
        ("text,leases", "no table"),
        ("text,output", LANES),
    ] {
        let page = answer(&fence("1;", tag, text), "html");
        assert!(
            !page.contains("<svg") && !page.contains("<details>"),
            "{page}"
        );
        assert!(page.contains(&format!("```{tag}\n{text}\n```")), "{page}");
    }
}

#[test]
fn a_picture_in_a_quote_stays_in_it() {
    let chapter = "> - ```rust\n>   1;\n>   ```\n>\n>   ```text,output,lanes\n>   a | {{#include gone.rs}} & <b>\n>   ```\n";
    let page = answer(&BookTest::new(&chapter.replace("{{", "\\{{")), "html");
    assert!(page.contains("<svg"), "{page}");
    assert!(page.lines().all(|line| line.starts_with('>')), "{page}");
    assert!(page.contains("&amp; &lt;b&gt;"), "{page}");
    assert!(!page.replace("\\{{#", "").contains("{{#"), "{page}");
}

/// The questions are asked in copies of a function, all in one crate. Here each is asked once more,
/// in a block of its own.
#[test]
fn each_word_is_what_the_compiler_says_of_the_block_alone() {
    let programs = [
        "let mut v = vec![1];\nlet a = &v;\nlet b = &v;\nprintln!(\"{a:?}\");\nprintln!(\"{b:?}\");\nv.push(1);",
        "let mut v = vec![1];\nlet w = &mut v;\nlet o = &mut *w;\no.push(2);\nw.push(3);\nprintln!(\"{v:?}\");",
        "let cell = std::cell::RefCell::new(1);\nlet guard = cell.borrow_mut();\nlet watched = &guard;\nprintln!(\"{watched}\");\ndrop(guard);\nprintln!(\"{cell:?}\");",
        "let mut v = vec![String::new()];\nlet w = std::mem::take(&mut v);\nlet [one] = &w[..] else { panic!() };\nlet late;\nlate = one;\nprintln!(\"{late}\");\nlet gone = w;\nlet count = &v.len();",
        "let mut n = 1;\nlet mut add = |m| n += m;\nadd(1);\nadd(2);\nlet copy = n;\nprintln!(\"{copy}\");",
    ];
    let mut chapter = String::new();
    let mut asked = 0;
    for program in programs {
        let book = fence(program, "text,leases", "");
        book.check(&["--bless"]).passed(2);
        let text = book.read("src/a.md");
        let table = text.split("```text,leases\n").nth(1).unwrap();
        let mut rows = table.trim_end_matches("```\n").lines().map(|line| {
            // Columns are three spaces apart, no word has two.
            line.split("   ")
                .map(str::trim)
                .filter(|cell| !cell.is_empty())
        });
        let names: Vec<_> = rows.next().unwrap().skip(1).collect();
        let lines: Vec<_> = program.lines().collect();
        for (number, row) in rows.enumerate() {
            for (name, word) in names.iter().zip(row.skip(1)) {
                let read = format!("let _ = &{name};");
                let change = format!("let _ = &mut {name};");
                let (accepted, refused) = match word.split(" to ").next().unwrap() {
                    "-" => (None, None),
                    "empty" => (None, Some((read, "E0381"))),
                    "moved" => (None, Some((read, "E0382"))),
                    "owned" => (Some(read), Some((change, "E0596"))),
                    "owned mut" => (Some(change), None),
                    // It is lent by a variable that isn't `mut`, too.
                    "lent" => (Some(read), Some((change, ""))),
                    "lent mut" => (None, Some((read, "E0502"))),
                    "expired" => (None, Some((read, ""))),
                    _ => (Some(read), None),
                };
                let mut ask = |tags: &str, question: String| {
                    let mut lines = lines.clone();
                    lines.insert(number + 1, &question);
                    let code = lines.join("\n");
                    chapter.push_str(&format!("```rust{tags}\n{code}\n```\n\n"));
                    asked += 1;
                };
                if let Some(question) = accepted {
                    ask("", question);
                }
                if let Some((question, code)) = refused {
                    ask(&format!(",compile_fail,{code}"), question);
                }
            }
        }
    }
    assert!(asked > 90, "{asked}");
    BookTest::new(&chapter).check(&[]).passed(asked);
}
