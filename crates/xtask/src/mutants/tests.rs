//! The command itself, on a small workspace: a mutant that is caught, one that survives, one
//! whose text is gone.

use std::fs;
use std::path::Path;
use std::time::Duration;

use regex::Regex;
use tempfile::TempDir;

use super::table::Table;
use super::{Arguments, check, run};

/// A package with one guard that is tested in three ways, and one that isn't.
const LIB: &str = r#"//! ```
//! assert_eq!(fixture::half(4), Some(2));
//! ```
//! ```compile_fail,E0277
//! fixture::take(std::rc::Rc::new(1));
//! ```

/// Half of an even number.
pub fn half(n: u32) -> Option<u32> {
    if n % 2 == 1 {
        return None;
    }
    Some(n / 2)
}

/// Takes what may cross.
pub fn take<T: Send>(_: T) {}

/// Nobody tests it.
pub fn limit(n: u32) -> u32 {
    if n > 100 { 100 } else { n }
}

"#;

const TESTS: &str = r#"
#[test]
fn an_odd_number_has_no_half() {
    assert_eq!(fixture::half(3), None);
}

#[test]
fn an_even_number_has_one() {
    assert_eq!(fixture::half(4), Some(2));
}
"#;

/// The mutant that takes the check in `half` away.
const ODD: &str = r#"
[[mutant]]
file = "crates/fixture/src/lib.rs"
text = "n % 2 == 1"
replacement = "n % 2 == 2"
caught_by = "test -p fixture --test half an_odd_number_has_no_half"
why = "an odd number has a half"
"#;

struct Fixture(TempDir);

impl Fixture {
    fn with(table: &str) -> Fixture {
        let folder = tempfile::tempdir().unwrap();
        let fixture = Fixture(folder);
        fixture.put(
            "Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n",
        );
        fixture.put(
            "crates/fixture/Cargo.toml",
            "[package]\nname = \"fixture\"\nedition = \"2024\"\n",
        );
        fixture.put("crates/fixture/src/lib.rs", LIB);
        fixture.put("crates/fixture/tests/half.rs", TESTS);
        fixture.put("mutants.toml", table);
        fixture
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn run(&self) -> anyhow::Result<bool> {
        self.filtered(None)
    }

    fn filtered(&self, filter: Option<&str>) -> anyhow::Result<bool> {
        let arguments = Arguments {
            filter: filter.map(|filter| Regex::new(filter).unwrap()),
            new: false,
            folder: Some(self.root().join("tried")),
            limit: Duration::from_secs(10),
        };
        run(self.root(), &arguments)
    }

    fn page(&self) -> Option<String> {
        fs::read_to_string(self.root().join("docs/mutants.md")).ok()
    }

    fn error(&self) -> String {
        self.run().unwrap_err().to_string()
    }
}

/// An entry of the table about the fixture's library.
fn entry(text: &str, replacement: &str, fate: &str) -> String {
    format!(
        "[[mutant]]\nfile = \"crates/fixture/src/lib.rs\"\ntext = '{text}'\n\
         replacement = '{replacement}'\n{fate}\nwhy = \"it matters\"\n"
    )
}

#[test]
fn each_kind_of_catcher_catches_its_mutant_and_the_page_says_so() {
    let fixture = Fixture::with(&format!(
        "{ODD}{}{}{}",
        entry(
            "<T: Send>",
            "<T>",
            "caught_by = 'test -p fixture --doc Rc::new(1)'"
        ),
        entry(
            "-> Option<u32>",
            "-> u32",
            "caught_by = 'build -p fixture --lib E0308'"
        ),
        entry(
            "n > 100 { 100 }",
            "n >= 100 { 100 }",
            "equivalent = 'for n = 100 both arms give 100'"
        ),
    ));
    assert!(fixture.run().unwrap());
    let page = fixture.page().unwrap();
    for there in [
        "3 of 4 were caught",
        "| `<T: Send>` | `<T>` | `test -p fixture --doc Rc::new(1)` | it matters |",
        "nobody could: for n = 100 both arms give 100",
    ] {
        assert!(page.contains(there), "{there:?} isn't in {page}");
    }

    assert!(check(fixture.root()).unwrap());
    fixture.put("docs/mutants.md", &page.replace("3 of 4", "4 of 4"));
    assert!(!check(fixture.root()).unwrap());

    // The original is what it was, and so is the copy.
    let copy = fixture.root().join("tried/copy/crates/fixture/src/lib.rs");
    assert_eq!(fs::read_to_string(copy).unwrap(), LIB);
    let original = fixture.root().join("crates/fixture/src/lib.rs");
    assert_eq!(fs::read_to_string(original).unwrap(), LIB);
}

#[test]
fn a_mutant_that_its_catcher_does_not_notice_has_survived_and_no_page_is_written() {
    let wrong_catcher = ODD.replace("an_odd_number_has_no_half", "an_even_number_has_one");
    assert!(!Fixture::with(&wrong_catcher).run().unwrap());

    let nobody = entry(
        "n > 100 { 100 }",
        "n > 100 { 99 }",
        "caught_by = 'test -p fixture --test half an_odd_number_has_no_half'",
    );
    let fixture = Fixture::with(&format!("{ODD}{nobody}"));
    assert!(!fixture.run().unwrap());
    assert_eq!(fixture.page(), None);
}

#[test]
fn a_mutant_called_equivalent_that_a_test_notices_is_reported() {
    let fixture = Fixture::with(&entry(
        "n % 2 == 1",
        "n % 2 == 2",
        "equivalent = 'nobody halves odd numbers'",
    ));
    assert!(!fixture.run().unwrap());
}

#[test]
fn a_mutant_that_does_not_compile_is_no_catch_for_a_test() {
    let fixture = Fixture::with(&ODD.replace("\"n % 2 == 2\"", "\"n % 2 == None\""));
    assert!(!fixture.run().unwrap());
}

#[test]
fn a_test_that_never_ends_is_stopped_and_is_no_catch() {
    let forever = "loop { std::hint::spin_loop() }";
    let fixture = Fixture::with(&ODD.replace("\"n % 2 == 2\"", &format!("\"{forever}\"")));
    assert!(!fixture.run().unwrap());
}

#[test]
fn a_rejection_with_another_code_than_the_one_named_is_no_catch() {
    let fixture = Fixture::with(&entry(
        "-> Option<u32>",
        "-> u32",
        "caught_by = 'build -p fixture --lib E0277'",
    ));
    assert!(!fixture.run().unwrap());
}

#[test]
fn a_filter_tries_only_what_matches_and_writes_no_page() {
    let survivor = entry(
        "n > 100 { 100 }",
        "n > 100 { 99 }",
        "caught_by = 'test -p fixture --test half an_odd_number_has_no_half'",
    );
    let fixture = Fixture::with(&format!("{ODD}{survivor}"));
    assert!(fixture.filtered(Some("% 2")).unwrap());
    assert_eq!(fixture.page(), None);
    assert!(fixture.filtered(Some("nothing like it")).is_err());
}

#[test]
fn of_those_on_the_page_none_is_tried_again_and_the_page_gets_the_new_ones() {
    let fixture = Fixture::with(ODD);
    assert!(fixture.run().unwrap());
    let new = entry(
        "-> Option<u32>",
        "-> u32",
        "caught_by = 'build -p fixture --lib E0308'",
    );
    fixture.put("mutants.toml", &format!("{ODD}{new}"));
    // Nobody would notice the first one now.
    fixture.put(
        "crates/fixture/tests/half.rs",
        "#[test]\nfn an_odd_number_has_no_half() {}\n",
    );
    let arguments = Arguments {
        filter: None,
        new: true,
        folder: Some(fixture.root().join("tried")),
        limit: Duration::from_secs(10),
    };
    assert!(run(fixture.root(), &arguments).unwrap());
    assert!(fixture.page().unwrap().contains("2 of 2 were caught"));
    assert!(check(fixture.root()).unwrap());

    // Another catcher is another promise.
    let other = ODD.replace("an_odd_number_has_no_half", "an_even_number_has_one");
    fixture.put("mutants.toml", &format!("{other}{new}"));
    fixture.put("crates/fixture/tests/half.rs", TESTS);
    assert!(!run(fixture.root(), &arguments).unwrap());
}

#[test]
fn a_catcher_that_fails_for_the_original_proves_nothing() {
    let fixture = Fixture::with(ODD);
    fixture.put(
        "crates/fixture/tests/half.rs",
        &TESTS.replace("None", "Some(1)"),
    );
    let error = fixture.error();
    assert!(
        error.contains("the original itself doesn't pass `test -p fixture"),
        "{error}"
    );
}

/// What the table says is wrong, in the fixture.
fn broken(table: &str) -> String {
    let fixture = Fixture::with(table);
    Table::read(fixture.root()).unwrap_err().to_string()
}

#[test]
fn a_text_that_is_no_longer_there_is_an_error_with_its_place() {
    let fixture = Fixture::with(&ODD.replace("n % 2 == 1", "n % 2 != 0"));
    let error = fixture.error();
    assert!(error.starts_with("mutants.toml:2: "), "{error}");
    // Where most of its words are.
    assert!(
        error.contains("crates/fixture/src/lib.rs:10: this text is no longer there"),
        "{error}"
    );
}

#[test]
fn a_text_that_is_there_twice_is_an_error_with_both_places() {
    let error = broken(&ODD.replace("n % 2 == 1", "pub fn"));
    assert!(error.contains("lib.rs:9 and "), "{error}");
    assert!(error.contains("lib.rs:17 both"), "{error}");
}

#[test]
fn every_fault_of_a_broken_table_is_told() {
    let gone = ODD.replace("n % 2 == 1", "gone");
    let same = ODD.replace("n % 2 == 2", "n % 2 == 1");
    let error = broken(&format!("{gone}{same}"));
    assert!(error.contains("mutants.toml:2: "), "{error}");
    assert!(
        error.contains("mutants.toml:9: the replacement is the text itself"),
        "{error}"
    );
}

#[test]
fn what_a_table_cannot_mean_is_refused() {
    for (from, to, what) in [
        ("fixture/src/lib.rs", "fixture/src/gone.rs", "gone.rs"),
        ("-p fixture", "-p fixtures", "no package `fixtures`"),
        ("--test half", "--test whole", "whole.rs"),
        (
            "an_odd_number_has_no_half",
            "an_odd_one",
            "no test `an_odd_one`",
        ),
        ("test -p fixture --test half", "try", "is no catcher"),
        (
            "test -p fixture --test half an_odd_number_has_no_half",
            "test -p fixture --doc gone",
            "no documentation test",
        ),
        (
            "test -p fixture --test half an_odd_number_has_no_half",
            "build -p fixture --lib",
            "is no catcher",
        ),
        ("caught_by", "cought_by", "unknown field"),
        ("caught_by =", "equivalent = ''\n#", "name one"),
        ("why =", "guards = 'fn half'\nwhy =", "names an `unsafe`"),
    ] {
        let error = broken(&ODD.replace(from, to));
        assert!(error.contains(what), "{to}: {error}");
    }
}
