//! What was found is remembered from build to build, and no harm to the memory changes a page.

use std::fs;
use std::path::PathBuf;

use crate::book::BookTest;

const CHAPTER: &str = "# A

```rust,explore
use std::sync::atomic::{AtomicU32, Ordering::*};
let (data, ready) = (AtomicU32::new(0), AtomicU32::new(0));
std::thread::scope(|s| {
    s.spawn(|| { data.store(7, Relaxed); ready.store(1, Release); });
    println!(\"{} {}\", ready.load(Acquire), data.load(Relaxed));
});
```

```text,outcomes,sc
0 0
0 7
1 7
```

```text,outcomes,cpp20
0 0
0 7
1 7
```
";

fn entries(book: &BookTest) -> Vec<PathBuf> {
    let entries = fs::read_dir(book.path("cache")).unwrap();
    let mut entries: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

#[test]
fn a_second_build_explores_nothing_and_an_edited_block_is_explored_anew() {
    let book = BookTest::new(CHAPTER);
    let first = book.page(false).unwrap();
    let known = entries(&book);
    // Two explorations, the steps, the dial.
    assert_eq!(known.len(), 4, "{known:?}");
    let written = || {
        entries(&book)
            .iter()
            .map(|entry| fs::metadata(entry).unwrap().modified().unwrap())
            .collect::<Vec<_>>()
    };
    let before = written();
    assert_eq!(book.page(false).unwrap(), first);
    assert_eq!(written(), before);

    // The same outcomes, and another program.
    book.write("src/a.md", &CHAPTER.replace("(7,", "(3 + 4,"));
    book.page(false).unwrap();
    assert_eq!(entries(&book).len(), 8);
    book.write("src/a.md", &CHAPTER.replace("Release)", "Relaxed)"));
    let error = format!("{:#}", book.page(false).unwrap_err());
    assert!(error.contains("not what the explorer finds"), "{error}");
}

#[test]
fn the_page_finds_what_the_check_has_explored() {
    let book = BookTest::new(CHAPTER);
    let page = book.page(false).unwrap();
    let by_the_page = entries(&book);
    fs::remove_dir_all(book.path("cache")).unwrap();
    book.run(&["check"]).code(0);
    let by_the_check = entries(&book);
    let shared = by_the_page
        .iter()
        .filter(|entry| by_the_check.contains(entry));
    assert_eq!(shared.count(), 2, "the explorations under sc and cpp20");
    assert_eq!(book.page(false).unwrap(), page);
}

#[test]
fn no_damage_to_what_is_remembered_changes_a_page_or_lets_a_false_one_pass() {
    let book = BookTest::new(CHAPTER);
    let page = book.page(false).unwrap();
    let known = entries(&book);
    let whole: Vec<Vec<u8>> = known.iter().map(|entry| fs::read(entry).unwrap()).collect();
    let flipped = |at: usize, bytes: &[u8]| {
        let mut bytes = bytes.to_vec();
        let at = bytes.len() * at / 7;
        bytes[at] ^= 1;
        bytes
    };
    for damage in 0..10 {
        for (number, entry) in known.iter().enumerate() {
            let harmed = match damage {
                0 => Vec::new(),
                1 => whole[number][..whole[number].len() / 2].to_vec(),
                // Whole, but another's.
                2 => whole[(number + 1) % whole.len()].clone(),
                at => flipped(at - 3, &whole[number]),
            };
            fs::write(entry, harmed).unwrap();
        }
        assert_eq!(book.page(false).unwrap(), page, "damage {damage}");
    }

    let false_page = CHAPTER.replacen("0 7\n", "", 1);
    for entry in &known {
        fs::write(entry, "damaged").unwrap();
    }
    book.write("src/a.md", &false_page);
    assert!(book.page(false).is_err());
}

#[test]
fn where_nothing_can_be_remembered_the_page_is_the_same() {
    let book = BookTest::new(CHAPTER);
    let page = book.page(false).unwrap();
    // A folder in the place of each entry: it can neither be read nor be replaced.
    for entry in entries(&book) {
        fs::remove_file(&entry).unwrap();
        fs::create_dir(&entry).unwrap();
    }
    assert_eq!(book.page(false).unwrap(), page);
    fs::remove_dir_all(book.path("cache")).unwrap();
    book.write("cache", "no folder");
    assert_eq!(book.page(false).unwrap(), page);
}
