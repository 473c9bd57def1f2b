//! `--explain RULE`: every example breaks that rule and no other, and holds once it is mended.

use std::collections::BTreeSet;

use mdbook_verdict::{
    Book, Config, Evidence, Options, Reporter, ResultFence, Rule, Summary, Verdict, Verifier,
};

use crate::book_test::BookTest;
use crate::markdown::fenced;

/// The explanation as the command prints it, and its two pages.
fn explained(rule: Rule) -> (String, [String; 2]) {
    let printed = BookTest::empty().run(&["--explain", rule.name()]).code(0);
    assert_eq!(printed.stderr, "");
    let pages = fenced(&printed.stdout, 4, "markdown");
    let pages = pages.try_into();
    (printed.stdout, pages.unwrap_or_else(|_| panic!("{rule}")))
}

/// A book with this page, in which the rule is an error.
fn book(rule: Rule, explanation: &str, page: &str) -> BookTest {
    let book = match rule {
        Rule::MissingChapter => BookTest::new("words\n").file("src/SUMMARY.md", page),
        _ => BookTest::new(page),
    };
    let book = match rule {
        Rule::MissingInclude => {
            let listing = &fenced(explanation, 3, "rust")[0];
            book.file("src/listing.rs", listing)
        }
        _ => book,
    };
    book.rules(&format!("{rule} = \"error\""))
}

#[test]
fn every_example_breaks_its_rule_alone_and_its_mended_form_holds() {
    for rule in Rule::ALL {
        if rule == Rule::Extension {
            continue; // The command leaves such fences alone; see below.
        }
        let (text, [broken, mended]) = explained(rule);
        assert_ne!(broken, mended, "{rule}");
        let lines = book(rule, &text, &broken).json(&["--timeout", "3"]);
        let rules: BTreeSet<_> = lines
            .iter()
            .filter_map(|line| line["rule"].as_str())
            .collect();
        assert_eq!(rules, BTreeSet::from([rule.name()]), "{rule}: {lines:#?}");
        assert!(
            lines[1..]
                .iter()
                .any(|line| matches!(line["status"].as_str(), Some("fail" | "timeout")))
        );

        let book = book(rule, &text, &mended);
        let lines = book.json(&["--timeout", "3"]);
        for line in &lines[1..] {
            assert!(line["rule"].is_null(), "{rule}: {line}");
            assert_eq!(line["status"], "pass", "{rule}: {line}");
        }
        book.check(&[]).code(0);
    }
}

/// What an explanation says about levels is what book.toml takes.
#[test]
fn every_example_holds_where_its_rule_is_turned_off() {
    for rule in Rule::ALL {
        let (text, [broken, _]) = explained(rule);
        let toml = fenced(&text, 3, "toml").concat();
        Config::parse(&toml).unwrap();
        let off = format!("[preprocessor.verdict.rules]\n{rule} = \"off\"\n");
        let on = format!("[preprocessor.verdict.rules]\n{rule} = \"error\"\n");
        assert!([&off, &on].contains(&&toml), "{toml}");
        assert!(text.starts_with(&format!("# {rule}\n\n")), "{text}");
        if rule != Rule::MissingInclude {
            // Without that rule, the compiler is given the include's own text.
            let book = book(rule, &text, &broken).rules(&format!("{rule} = \"off\""));
            book.check(&["--timeout", "3"]).code(0);
        }
    }
}

/// The kind of fence that the explanation of `extension` speaks of.
struct Outcomes;

impl ResultFence for Outcomes {
    fn kind(&self) -> &str {
        "outcomes"
    }

    fn actual(&self, _: &[String], evidence: &Evidence<'_>) -> Result<String, String> {
        let output = &evidence.ran.ok_or("it isn't run")?.stdout;
        Ok(output.lines().collect::<Vec<_>>().join(" | "))
    }
}

#[derive(Default)]
struct Rules(BTreeSet<Rule>);

impl Reporter for Rules {
    fn started(&mut self, _: usize) {}

    fn verdict(&mut self, verdict: &Verdict) {
        self.0
            .extend(verdict.findings.iter().map(|finding| finding.rule));
    }

    fn finished(&mut self, _: &Summary) {}
}

#[test]
fn the_example_of_an_added_fence_breaks_its_rule_and_is_mended() {
    let (_, pages) = explained(Rule::Extension);
    let found = pages.map(|page| {
        let test = BookTest::new(&page);
        let book = Book::load(test.root()).unwrap();
        let options = Options {
            no_cache: true,
            ..Options::default()
        };
        let verifier = Verifier::new(&book.root, &book.config, &options).unwrap();
        let mut rules = Rules::default();
        let verifier = verifier.with_fence(Box::new(Outcomes));
        verifier.check(&book, &options, &mut rules).unwrap();
        rules.0
    });
    assert_eq!(found, [BTreeSet::from([Rule::Extension]), BTreeSet::new()]);
}

#[test]
fn a_name_that_is_no_rules_is_refused_with_what_may_be_meant() {
    let book = BookTest::empty();
    book.run(&["--explain", "ouput"])
        .code(2)
        .says("there is no such rule; is `output` meant?");
    book.run(&["--explain", "everything"])
        .code(2)
        .says("there is no such rule; there are compiles, runs,");
    book.run(&["--explain", "E0382"])
        .code(2)
        .says("it is the compiler's: rustc --explain E0382");
    book.run(&["--explain"]).code(2);
    book.run(&["--explain", "output", "check"]).code(2);
}
