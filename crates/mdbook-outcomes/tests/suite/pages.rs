//! What stands on a built page.

use crate::book::BookTest;

const BUFFERED: &str = "# A

```rust,explore
# use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
let (x, y) = (AtomicBool::new(false), AtomicBool::new(false));
std::thread::scope(|scope| {
    let one = scope.spawn(|| {
        x.store(true, Relaxed);
        y.load(Relaxed)
    });
    let two = scope.spawn(|| {
        y.store(true, Relaxed);
        x.load(Relaxed)
    });
    println!(\"{} {}\", one.join().unwrap(), two.join().unwrap());
});
```

```text,outcomes,sc
false true
true false
true true
```

```text,outcomes,tso
false false
false true
true false
true true
```

The end: \\{{#title no helper}}

{{#include part.md}}
";

fn page(chapter: &str, with_verdict: bool) -> String {
    let book = BookTest::new(chapter);
    book.write("src/part.md", "*included*");
    let page = book.page(with_verdict).unwrap();
    page.split_once("<main>")
        .unwrap()
        .1
        .split_once("</main>")
        .unwrap()
        .0
        .to_owned()
}

/// The data for the script.
fn data(page: &str) -> serde_json::Value {
    let (_, rest) = page
        .split_once("<script type=\"application/json\">")
        .unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

#[test]
fn two_models_are_two_columns_of_one_table() {
    for with_verdict in [true, false] {
        let page = page(BUFFERED, with_verdict);
        assert_eq!(page.matches("pane-explored").count(), 1, "{page}");
        assert_eq!(
            page.matches("<figure").count(),
            page.matches("</figure>").count()
        );
        assert!(!page.contains("text,outcomes") && !page.contains("language-text"));
        let row = |cell| {
            format!(
                "<th scope=\"row\"><code class=\"nohighlight\">false false</code></th><td class=\"outcome-forbidden\"><span aria-hidden=\"true\">✗</span> forbidden</td><td class=\"outcome-allowed\"><span aria-hidden=\"true\">✓</span> {cell}</td>"
            )
        };
        assert!(page.contains(&row("allowed")), "{page}");
        assert_eq!(page.matches("✓").count() + page.matches("✗").count(), 8);
        assert!(page.contains("<em>included</em>") && page.contains("{{#title no helper}}"));
    }
}

#[test]
fn every_outcome_has_a_schedule_that_needs_no_script() {
    let page = page(BUFFERED, true);
    for outcome in ["false false", "false true", "true false", "true true"] {
        let label = format!("aria-label=\"A schedule that ends in {outcome}\"");
        assert_eq!(page.matches(&label).count(), 1, "{outcome}");
    }
    let buffered = page
        .split("A schedule that ends in false false")
        .nth(1)
        .unwrap();
    let buffered = buffered.split("</table>").next().unwrap();
    assert!(buffered.contains("loads y (Relaxed): false"), "{buffered}");
    assert!(!buffered.contains("spawns"), "{buffered}");
}

#[test]
fn the_script_gets_every_state_of_every_model() {
    let data = data(&page(BUFFERED, true));
    assert_eq!(data["shown"].as_str().unwrap(), "0111111111111");
    let models = data["models"].as_array().unwrap();
    let names: Vec<_> = models
        .iter()
        .map(|model| model["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["sc", "tso"]);
    for (model, outcomes) in models.iter().zip([3, 4]) {
        assert_eq!(model["outcomes"].as_array().unwrap().len(), outcomes);
        let states = model["states"].as_array().unwrap();
        let ends = states.iter().filter(|state| state[4] != -1);
        assert!(ends.count() >= outcomes);
        for step in states.iter().flat_map(|state| state[3].as_array().unwrap()) {
            assert!((step[3].as_u64().unwrap() as usize) < states.len());
        }
    }
}

#[test]
fn a_page_does_not_show_what_is_not_found() {
    let book = BookTest::new(&BUFFERED.replacen("false true\n", "", 1));
    book.write("src/part.md", "");
    let error = format!("{:#}", book.page(true).unwrap_err());
    assert!(error.contains("src/a.md:19:1"), "{error}");
}

#[test]
fn panes_stand_in_lists_quotes_and_beside_text_that_looks_like_markup() {
    let code = "> - ```rust,explore\n>   println!(\"<b> {}\", \"{{#x}} </script>\");\n>   ```\n>\n>   ```text,outcomes,sc\n>   <b> {{#x}} </script>\n>   ```\n>\n>   *after*\n";
    for with_verdict in [true, false] {
        let page = page(code, with_verdict);
        let (before, after) = page.split_once("class=\"outcomes\"").unwrap();
        assert!(
            before.contains("<blockquote>") && after.contains("<em>after</em>"),
            "{page}"
        );
        assert!(after.contains("&lt;b&gt; {{#x}} &lt;/script&gt;"), "{page}");
        assert_eq!(
            data(&page)["models"][0]["outcomes"][0],
            "<b> {{#x}} </script>"
        );
    }
}

#[test]
fn a_program_too_large_for_a_page_says_so_and_keeps_its_schedules() {
    let steps = "n.fetch_add(1, SeqCst); ".repeat(40);
    let chapter = format!(
        "```rust,explore\nuse std::sync::atomic::{{AtomicU32, Ordering::SeqCst}};\nlet n = AtomicU32::new(0);\nstd::thread::scope(|s| {{\n    s.spawn(|| {{ {steps} }});\n    s.spawn(|| {{ {steps} }});\n}});\nprintln!(\"{{}}\", n.load(SeqCst));\n```\n\n```text,outcomes,sc\n80\n```\n"
    );
    let page = page(&chapter, true);
    assert!(page.contains("too many states"), "{page}");
    assert!(!page.contains("application/json") && page.contains("A schedule that ends in 80"));
}

#[test]
fn a_page_without_explored_blocks_is_as_it_was() {
    let chapter = "# A\n\n```rust\n1;\n```\n\ntext \\{{#include x}}\n";
    let with = page(chapter, false);
    assert!(
        !with.contains("outcomes") && with.contains("text {{#include x}}"),
        "{with}"
    );
}

#[test]
fn under_a_model_without_one_memory_each_load_says_what_it_has_read() {
    let chapter = BUFFERED.replace("text,outcomes,tso", "text,outcomes,cpp20");
    let page = page(&chapter, true);
    let stale = page
        .split("An execution that ends in false false")
        .nth(2)
        .unwrap();
    assert!(
        stale.contains("line 6: loads y (Relaxed): false; <small>it reads from the first value"),
        "{stale}"
    );
    let seen = page.split("class=\"outcomes\"").nth(1).unwrap();
    assert!(seen.contains("<td class=\"outcome-forbidden\">"), "{seen}");
}

#[test]
fn orderings_can_be_turned_where_a_model_heeds_them() {
    let page = page(
        &BUFFERED.replace("text,outcomes,tso", "text,outcomes,cpp20"),
        true,
    );
    let dial = page.split("class=\"explorer dial\"").nth(1).unwrap();
    let dial = data(dial);
    assert_eq!(dial["model"], "cpp20");
    assert_eq!(dial["sites"].as_array().unwrap().len(), 4);
    let sets = dial["sets"].as_array().unwrap();
    assert_eq!(sets.len(), 81);
    // All four: only where each is `SeqCst` both loads can't miss.
    let missed = dial["outcomes"]
        .as_array()
        .unwrap()
        .iter()
        .position(|line| line == "false false");
    let bit = 1 << missed.unwrap();
    let without = sets.iter().filter(|set| set.as_u64().unwrap() & bit == 0);
    assert_eq!(without.count(), 1);
    assert_eq!(sets[80].as_u64().unwrap() & bit, 0);

    let (_, only_sc) = BUFFERED.split_once("text,outcomes,tso").unwrap();
    let only_sc = BUFFERED.replace(&format!("```text,outcomes,tso{only_sc}"), "");
    let only_sc = self::page(&only_sc, true);
    assert!(
        only_sc.contains("stepper") && !only_sc.contains("dial"),
        "{only_sc}"
    );
}

/// A page of the buffered program with a record of its run, in which `line` was seen 1,234 times.
fn recorded(line: &str, edit: fn(&mut String)) -> anyhow::Result<String> {
    let chapter = BUFFERED.replace("text,outcomes,tso", "text,outcomes,cpp20");
    let book = BookTest::new(&chapter);
    book.write("src/part.md", "");
    let mut program = chapter.split("```").nth(1).unwrap().to_owned();
    program = program
        .trim_start_matches("rust,explore\n")
        .replace("# use", "use");
    edit(&mut program);
    let records = serde_json::json!({
        "machine": {
            "processor": "Abacus <9>", "system": "linux x86_64", "cores": 2,
            "toolchain": "rustc 1.95.0", "command": "count", "day": "2026-01-31",
        },
        "runs": [{
            "page": "src/a.md", "program": program, "edition": "2024",
            "rounds": 1_000_000, "way": "kept threads", "seen": { line: 1234, "true true": 998_766 },
        }],
    });
    book.write("runs.json", &records.to_string());
    book.page_with("hardware = \"runs.json\"\n")
}

#[test]
fn what_a_machine_showed_stands_beside_what_is_allowed() {
    let page = recorded("false false", |_| ()).unwrap();
    let row = page
        .split("<th scope=\"row\">")
        .find(|row| row.contains("false false"));
    let row = row.unwrap();
    assert!(
        row.contains("allowed</td><td class=\"outcome-seen\">1,234</td>"),
        "{row}"
    );
    assert_eq!(
        page.matches("<td class=\"outcome-seen\">never</td>")
            .count(),
        2
    );
    assert!(
        page.contains(
            "Seen: in 1,000,000 rounds on Abacus &lt;9&gt; (linux x86_64, 2 threads at once)"
        ),
        "{page}"
    );
}

#[test]
fn a_record_of_another_text_is_not_shown_and_one_of_the_forbidden_stops_the_build() {
    let page = recorded("false false", |program| program.push('\n')).unwrap();
    assert!(
        !page.contains("outcome-seen") && !page.contains("Abacus"),
        "{page}"
    );
    let error = format!("{:#}", recorded("7", |_| ()).unwrap_err());
    assert!(
        error.contains("src/a.md:3") && error.contains("showed `7`"),
        "{error}"
    );
}
