//! What the atlas refuses, and that the book's own is right.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::question::PRELUDE;
use crate::{Atlas, Bound, Entry, Error, Marker, Reason, Step, TYPES, Trait, compare, difference};

fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.ancestors().nth(2).unwrap().to_owned()
}

/// The atlas of a list of its own.
fn atlas(list: &str) -> Result<Atlas, Error> {
    Atlas::ask(&root(), &Entry::read(list).unwrap())
}

fn page() -> String {
    std::fs::read_to_string(root().join("src/threads/atlas-table.md")).unwrap()
}

#[test]
fn the_table_in_the_book_is_what_the_compiler_says() {
    assert_eq!(compare(&root(), &page()).unwrap(), None);
}

#[test]
fn a_wrong_cell_is_caught_in_its_row() {
    let (before, row) = page()
        .split_once("<code>Rc&lt;T&gt;</code>")
        .map(owned)
        .unwrap();
    let wrong = row.replacen("<td>never</td>", "<td>always</td>", 1);
    assert_ne!(wrong, row, "the row has such a cell");
    let planted = format!("{before}<code>Rc&lt;T&gt;</code>{wrong}");
    let found = compare(&root(), &planted).unwrap().expect("it is found");
    assert!(found.contains("Rc&lt;T&gt;"), "{found}");
    assert!(found.contains("the page: <td>always</td>"), "{found}");
    assert!(found.contains("compiled: <td>never</td>"), "{found}");
}

fn owned((before, after): (&str, &str)) -> (String, String) {
    (before.to_owned(), after.to_owned())
}

#[test]
fn a_missing_row_is_caught() {
    let start = page().find("<tr>\n<th scope=\"row\"").unwrap();
    let end = start + page()[start..].find("</tr>\n").unwrap() + "</tr>\n".len();
    let planted = format!("{}{}", &page()[..start], &page()[end..]);
    assert!(difference(&planted, &page()).is_some());
    assert!(difference(&page(), &planted).is_some());
}

#[test]
fn a_table_made_on_another_system_is_compared_without_the_reasons() {
    let other = |page: String| page.replacen("\nfor `", "\nfor `other-", 1);
    let reason = |page: String| page.replacen("<td class=\"why\">", "<td class=\"why\">not ", 1);
    let cell = |page: String| page.replacen("<td>always</td>", "<td>never</td>", 1);
    assert!(difference(&page(), &reason(page())).is_some());
    assert_eq!(difference(&page(), &other(reason(page()))), None);
    assert!(difference(&page(), &other(cell(page()))).is_some());
}

/// The probe's yes for `Send` becomes a no, and the other way round.
#[test]
fn a_probe_that_lies_is_caught_by_the_bounds() {
    for (truth, lie) in [
        ("SEND: bool = true", "SEND: bool = false"),
        ("SYNC: bool = false", "SYNC: bool = true"),
    ] {
        let lying = PRELUDE.replace(truth, lie);
        assert_ne!(lying, PRELUDE);
        let entries = Entry::read("std::cell::Cell<T> | struct | no lock").unwrap();
        let refused = Atlas::ask_with(&lying, &root(), &entries);
        assert!(
            matches!(refused, Err(Error::Disagreement { .. })),
            "{refused:?}"
        );
    }
}

#[test]
fn a_marker_that_is_not_what_it_says_is_caught() {
    // Both becomes a type that may not be shared, so that nothing ever is.
    let lying = PRELUDE.replace("unsafe impl<P> Sync for Both<P> {}", "");
    assert_ne!(lying, PRELUDE);
    let entries = Entry::read("std::option::Option<T> | enum |").unwrap();
    let refused = Atlas::ask_with(&lying, &root(), &entries);
    assert!(matches!(refused, Err(Error::NoBound { .. })), "{refused:?}");
}

#[test]
fn the_bound_comes_out_of_the_answers() {
    let list = "\
        std::sync::Mutex<T> | struct | words\n\
        std::sync::RwLock<T> | struct | words\n\
        std::sync::MutexGuard<'static, T> | struct | words\n\
        std::borrow::Cow<'static, B> | enum | words\n\
        std::result::Result<T, E> | enum | words\n\
        std::sync::LazyLock<T, F> | struct | words\n\
        std::thread::JoinHandle<T> | struct | words\n";
    let atlas = atlas(list).unwrap();
    let bounds: Vec<_> = atlas
        .rows
        .iter()
        .map(|row| (row.send.bound.to_string(), row.sync.bound.to_string()))
        .collect();
    let expected = [
        ("if T: Send", "if T: Send"),
        ("if T: Send", "if T: Send + Sync"),
        ("never", "if T: Sync"),
        ("if B: Send + Sync", "if B: Sync"),
        ("if T: Send, E: Send", "if T: Sync, E: Sync"),
        ("if T: Send, F: Send", "if T: Send + Sync, F: Send"),
        ("always", "always"),
    ];
    assert_eq!(
        bounds,
        expected.map(|(send, sync)| (send.to_owned(), sync.to_owned()))
    );
}

/// All bounds on two parameters, each derived from its own truth table; nothing else has one.
#[test]
fn a_truth_table_has_a_bound_only_where_demands_explain_it() {
    let names = ["T".to_owned(), "U".to_owned()];
    let assignments = Marker::assignments(2);
    assert_eq!(assignments.len(), 16);
    let mut with_bound = BTreeSet::new();
    for table in 0u32..1 << 16 {
        let place = |markers: &[Marker]| assignments.iter().position(|each| each == markers);
        let answer = |markers: &[Marker]| table >> place(markers).unwrap() & 1 == 1;
        if let Some(bound) = Bound::derive(&names, answer) {
            assert!(
                assignments
                    .iter()
                    .all(|each| bound.allows(each) == answer(each))
            );
            with_bound.insert(bound.to_string());
        }
    }
    // Four demands that are there or not, and never.
    assert_eq!(with_bound.len(), 17, "{with_bound:?}");
}

#[test]
fn the_book_asks_about_more_than_120_types_and_counts_a_generic_once() {
    let heads: BTreeSet<String> = atlas(TYPES)
        .unwrap()
        .rows
        .iter()
        .flat_map(|row| row.heads.clone())
        .collect();
    assert!(heads.len() >= 120, "{}", heads.len());
    let twice = "std::vec::Vec<u8> & std::vec::Vec<T> & std::vec::Vec<()> | struct | words";
    assert!(
        matches!(atlas(twice), Err(Error::Differ { .. })),
        "one of them has a bound"
    );
    let twice = "std::vec::Vec<u8> & std::vec::Vec<()> & std::string::String | struct | words";
    assert_eq!(atlas(twice).unwrap().types(), 2);
}

#[test]
fn the_reason_is_what_the_compiler_names() {
    let list = "std::cell::Ref<'static, T> | struct |\nstd::rc::Rc<T> | struct |\nstd::sync::Arc<T> | struct |";
    let atlas = atlas(list).unwrap();
    let [of_ref, rc, arc] = &atlas.rows[..] else {
        panic!("three rows")
    };
    let [reason] = &of_ref.send.reasons[..] else {
        panic!("{of_ref:?}")
    };
    assert_eq!(reason.way.last().unwrap().name, "Cell<isize>");
    assert_eq!(reason.lacks, Trait::Sync, "it is shared by a reference");
    let itself = Reason {
        own_impl: false,
        way: Vec::new(),
        lacks: Trait::Send,
    };
    assert_eq!(rc.send.reasons, [itself]);
    let parameter = Step {
        name: "T".to_owned(),
        by_impl: false,
    };
    let by_impl = |lacks| Reason {
        own_impl: true,
        way: vec![parameter.clone()],
        lacks,
    };
    assert_eq!(
        arc.send.reasons,
        [by_impl(Trait::Send), by_impl(Trait::Sync)]
    );
}

#[test]
fn what_has_no_reason_or_differs_or_does_not_compile_is_refused() {
    let refused = atlas("u8 | std/primitive.u8 |");
    assert!(
        matches!(refused, Err(Error::NoReason { .. })),
        "{refused:?}"
    );
    let refused = atlas("u8 & *const u8 | std/primitive.u8 | words");
    assert!(matches!(refused, Err(Error::Differ { .. })), "{refused:?}");
    let refused = atlas("std::vec::Wec<T> | struct | words");
    assert!(matches!(refused, Err(Error::Compiler(_))), "{refused:?}");
    let refused = Entry::read("== A group\nu8 | std/primitive.u8");
    assert!(
        matches!(refused, Err(Error::List { line: 2, .. })),
        "{refused:?}"
    );
}

#[test]
fn a_row_leads_to_a_place_that_is_in_the_book() {
    let link = |to: &str| atlas(&format!("u8 | {to} | words")).unwrap().page(&root());
    assert!(link("threads/send-and-sync.md#the-gatekeeper").is_ok());
    for nowhere in ["threads/nowhere.md", "threads/send-and-sync.md#nowhere"] {
        let refused = link(nowhere);
        assert!(
            matches!(refused, Err(Error::NoChapter { .. })),
            "{refused:?}"
        );
    }
}

/// Where the standard documentation is installed, every page of it that the table leads to is.
#[test]
fn links_to_the_standard_documentation_lead_somewhere() {
    let said = Command::new("rustc")
        .args(["--print", "sysroot"])
        .current_dir(root())
        .output();
    let sysroot = String::from_utf8(said.unwrap().stdout).unwrap();
    let docs = Path::new(sysroot.trim()).join("share/doc/rust/html");
    let page = page();
    let links = page.split("https://doc.rust-lang.org/").skip(1);
    let links: Vec<&str> = links.map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(links.len() > 50);
    let gone = |link: &&&str| docs.is_dir() && !docs.join(link).is_file();
    assert_eq!(links.iter().filter(gone).collect::<Vec<_>>(), [&""; 0]);
}
