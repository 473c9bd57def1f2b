//! Remembering is never visible: only what changed is done again, and nothing stale or broken is used.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::book_test::BookTest;
use crate::random::Random;

const PROSE: &str = "# A\n\nwords\n\n";
const RUN: &str = "```rust\nprintln!(\"one\");\n```\n\n```text,output\none\n```\n\n";
const PANIC: &str = "```rust,should_panic\npanic!();\n```\n\n";
const REJECTED: &str = "```rust,compile_fail,E0308\nlet a: i32 = \"\";\n```\n\n";
const SHOWN: &str =
    "```rust,compile_fail,E0425\nmissing();\n```\n\n```text,diagnostic\n[..]\n...\n```\n\n";

fn chapter() -> String {
    [PROSE, RUN, PANIC, REJECTED, SHOWN].concat()
}

/// A book whose rustc writes a line for each time that it is given something to compile.
#[cfg(unix)]
struct Counted(BookTest);

#[cfg(unix)]
impl Counted {
    fn new(chapter: &str) -> Counted {
        use std::os::unix::fs::PermissionsExt as _;
        let book = BookTest::new(chapter);
        let rustc = book.path("rustc");
        let script = format!(
            "#!/bin/sh\ncase \"$*\" in\n*-vV*|*--print*) ;;\n*) echo \"$*\" >> '{}';;\nesac\nexec rustc \"$@\"\n",
            book.path("runs").display()
        );
        fs::write(&rustc, script).unwrap();
        fs::set_permissions(&rustc, fs::Permissions::from_mode(0o755)).unwrap();
        let book = book.env("RUSTC", rustc.to_str().unwrap());
        Counted(book)
    }

    fn file(self, path: &str, text: &str) -> Counted {
        Counted(self.0.file(path, text))
    }

    /// How often rustc runs in a check.
    fn runs(&self, arguments: &[&str]) -> usize {
        let file = self.0.path("runs");
        let _ = fs::remove_file(&file);
        let ended = self.0.check(arguments);
        assert!(ended.code.is_some_and(|code| code < 2), "{}", ended.stderr);
        fs::read_to_string(file).map_or(0, |text| text.lines().count())
    }

    /// The check of a changed chapter runs rustc that often; a second one doesn't.
    #[track_caller]
    fn after(self, chapter: &str, runs: std::ops::RangeInclusive<usize>) -> Counted {
        let book = self.file("src/a.md", chapter);
        let counted = book.runs(&[]);
        assert!(runs.contains(&counted), "rustc ran {counted} times");
        assert_eq!(book.runs(&[]), 0, "it isn't remembered");
        book
    }
}

#[cfg(unix)]
#[test]
fn only_what_changed_is_compiled_again() {
    let all = chapter();
    let book = Counted::new("").after(&all, 3..=12);
    // Prose, places, order, fences.
    let book = book.after(&all.replace("words", "other\n\nwords"), 0..=0);
    let book = book.after(&[REJECTED, PROSE, RUN, SHOWN, PANIC].concat(), 0..=0);
    let book = book.after(
        &all.replace("```text,output\none", "```text,output\no[..]"),
        0..=0,
    );
    let book = book.after(&all.replace("```text,output\none\n```\n", ""), 0..=0);
    assert_eq!(book.runs(&["--timeout", "77"]), 0);
    assert_eq!(book.runs(&["--jobs", "1"]), 0);
    assert_eq!(book.runs(&["--filter", "a.md:5$"]), 0);
    // One block each.
    let book = book.after(&all.replace("\"one\"", "\"o\\x6ee\""), 1..=1);
    let book = book.after(&all.replace("panic!()", "panic!(\"!\")"), 1..=1);
    let book = book.after(&all.replace("let a: i32", "let b: i32"), 1..=1);
    // Its edition, its promise.
    let book = book.after(
        &all.replace("```rust,should", "```rust,edition2021,should"),
        1..=1,
    );
    let book = book.after(
        &all.replace("```rust\nprint", "```rust,no_run\nprint")
            .replace("```text,output\none\n```\n", ""),
        1..=1,
    );
    let book = book.after(&all, 0..=0);
    // Everything.
    let book = book
        .file("book.toml", "[rust]\nedition = \"2021\"\n")
        .after(&all, 3..=12);
    assert!(book.runs(&["--no-cache"]) >= 3);
}

#[cfg(unix)]
#[test]
fn another_toolchain_does_everything_again() {
    let book = Counted::new("").after(&chapter(), 3..=12);
    let script = book.0.read("rustc");
    let other = script.replace(
        "exec rustc \"$@\"",
        "rustc \"$@\" || exit\ncase \"$*\" in *-vV*) echo 'commit-date: tomorrow';; esac",
    );
    assert_ne!(script, other);
    let book = book.file("rustc", &other);
    assert!(book.runs(&[]) >= 3);
    assert_eq!(book.runs(&[]), 0);
}

#[cfg(unix)]
#[test]
fn what_fails_is_never_remembered() {
    for failing in [
        "```rust\nlet a: i32 = \"\";\n```\n",
        "```rust\npanic!();\n```\n",
        "```rust,should_panic\nlet a = 1;\n```\n",
        "```rust,compile_fail,E0382\nlet a: i32 = \"\";\n```\n",
        "```rust,compile_fail\nlet a = 1;\n```\n",
    ] {
        let book = Counted::new(failing);
        let first = book.runs(&[]);
        assert!(first > 0);
        assert_eq!(book.runs(&[]), first, "{failing}");
        book.0.check(&[]).failed(0, 1);
    }
}

#[cfg(unix)]
#[test]
fn a_wrong_fence_behind_a_block_that_holds_is_seen_each_time() {
    let book = Counted::new(&RUN.replace("\none\n", "\ntwo\n"));
    for _ in 0..3 {
        assert!(book.runs(&[]) > 0);
        book.0.check(&[]).failed(1, 1);
    }
}

#[test]
fn what_reads_files_or_variables_is_done_each_time() {
    let block = |code: &str, output: &str| {
        format!("```rust\n{code}\n```\n\n```text,output\n{output}\n```\n")
    };
    let book = BookTest::new(&block(
        "println!(\"{}\", include_str!(\"data.txt\"));",
        "old",
    ))
    .file("src/data.txt", "old");
    book.check(&[]).passed(2);
    let book = book.file("src/data.txt", "new");
    book.check(&[]).failed(1, 1);

    let path = book.path("src/data.txt");
    let code = format!("println!(\"{{}}\", std::fs::read_to_string({path:?}).unwrap());");
    let book = book.file("src/a.md", &block(&code, "new"));
    book.check(&[]).passed(2);
    let book = book.file("src/data.txt", "newer");
    book.check(&[]).failed(1, 1);

    let code = "println!(\"{:?}\", std::env::var(\"SEASON\"));";
    let book = book.file("src/a.md", &block(code, "Ok(\"spring\")"));
    let book = book.env("SEASON", "spring");
    book.check(&[]).passed(2);
    book.env("SEASON", "summer").check(&[]).failed(1, 1);
}

/// A book with a path dependency that has one of its own.
fn with_dependency(block: &str) -> BookTest {
    BookTest::new(block)
        .config("manifest = \"programs/Cargo.toml\"")
        .file(
            "programs/Cargo.toml",
            "[package]\nname = \"programs\"\nedition = \"2024\"\n\n[dependencies]\nhelper = { path = \"../helper\" }\n",
        )
        .file("programs/src/lib.rs", "")
        .file(
            "helper/Cargo.toml",
            "[package]\nname = \"helper\"\nedition = \"2024\"\n\n[features]\nfour = []\n\n[dependencies]\ndeeper = { path = \"../deeper\" }\n",
        )
        .file("helper/src/lib.rs", "pub fn number() -> i32 { if cfg!(feature = \"four\") { 4 } else { deeper::number() } }\n")
        .file("deeper/Cargo.toml", "[package]\nname = \"deeper\"\nedition = \"2024\"\n")
        .file("deeper/src/lib.rs", "mod inner;\npub use inner::number;\n")
        .file("deeper/src/inner.rs", "pub fn number() -> i32 { 3 }\n")
}

#[test]
fn a_changed_dependency_is_never_overlooked() {
    const BLOCK: &str =
        "```rust\nprintln!(\"{}\", helper::number());\n```\n\n```text,output\n3\n```\n";
    let prints = |number: i32| BLOCK.replace('3', &number.to_string());
    let book = with_dependency(BLOCK);
    book.check(&[]).passed(2);
    book.check(&[]).passed(2);
    // Its own dependency's source; of the same length, so that only the time tells.
    let book = book.file("deeper/src/inner.rs", "pub fn number() -> i32 { 5 }\n");
    book.check(&[]).failed(1, 1);
    let book = book.file("src/a.md", &prints(5));
    book.check(&[]).passed(2);
    // The manifest.
    let manifest = book.read("programs/Cargo.toml");
    let book = book.file(
        "programs/Cargo.toml",
        &manifest.replace("helper\" }", "helper\", features = [\"four\"] }"),
    );
    book.check(&[]).failed(1, 1);
    let book = book.file("src/a.md", &prints(4));
    book.check(&[]).passed(2);
    // No dependencies at all.
    book.file("book.toml", "[rust]\nedition = \"2024\"\n")
        .check(&[])
        .code(1)
        .says("error[missing-crate]");
}

/// Files of the cache.
fn entries(book: &BookTest) -> Vec<std::path::PathBuf> {
    let folder = fs::read_dir(book.path("cache/mdbook-verdict")).unwrap();
    folder.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn a_damaged_entry_is_made_anew() {
    let book = BookTest::new(&chapter());
    book.check(&[]).passed(6);
    let whole: Vec<_> = entries(&book)
        .into_iter()
        .map(|path| (fs::read(&path).unwrap(), path))
        .collect();
    assert!(whole.len() >= 4);
    type Damage = fn(&[u8]) -> Vec<u8>;
    let damages: [Damage; 6] = [
        |_| Vec::new(),
        |text| text[..text.len() / 2].to_vec(),
        |text| text[..text.len() - 1].to_vec(),
        |text| [text, b"x"].concat(),
        |text| text.iter().map(|byte| byte ^ 0x80).collect(),
        |text| {
            // A failure made a success by hand: the checksum tells.
            let text = String::from_utf8(text.to_vec()).unwrap();
            text.replace("one", "two").replace("true", "false").into()
        },
    ];
    for damage in damages {
        for (text, path) in &whole {
            fs::write(path, damage(text)).unwrap();
        }
        book.check(&[]).passed(6);
        let wrong = BookTest::new(&chapter().replace("\none\n", "\ntwo\n"));
        let wrong = wrong.env("XDG_CACHE_HOME", book.path("cache").to_str().unwrap());
        for (text, path) in &whole {
            fs::write(path, damage(text)).unwrap();
        }
        wrong.check(&["--filter", "a.md:5$"]).failed(1, 1);
    }
    // An entry of another block under this one's name would be believed: names are hashes. But a
    // folder in its place is no entry.
    for (_, path) in &whole {
        fs::remove_file(path).unwrap();
        fs::create_dir(path).unwrap();
    }
    book.check(&[]).passed(6).says("nothing can be remembered");
}

#[test]
fn a_cache_that_cannot_be_written_only_costs_time() {
    let book = BookTest::new(&chapter()).file("cache", "a file in place of the folder");
    for _ in 0..2 {
        let ended = book.check(&[]).passed(6);
        assert_eq!(
            ended.stderr.matches("nothing can be remembered in").count(),
            1
        );
    }
    assert_eq!(book.read("cache"), "a file in place of the folder");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_only_costs_time() {
    // Every write to it fails for want of space; only a superuser may mount one.
    let book = BookTest::new(&chapter());
    let folder = book.path("full");
    fs::create_dir(&folder).unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=4k", "tmpfs"])
        .arg(&folder)
        .stderr(Stdio::null())
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        eprintln!("not tried: no file system can be mounted here");
        return;
    }
    fs::write(folder.join("all of it"), [0; 4096]).unwrap();
    let book = book.env("XDG_CACHE_HOME", folder.to_str().unwrap());
    let ended = book.check(&[]);
    let unmounted = Command::new("umount").arg(&folder).status().unwrap();
    assert!(unmounted.success());
    let ended = ended.passed(6);
    assert_eq!(ended.stderr.matches("nothing can be remembered").count(), 1);
}

#[test]
fn no_rustc_is_no_verdict_even_if_all_is_remembered() {
    let book = BookTest::new(&chapter());
    book.check(&[]).passed(6);
    let empty = tempfile::tempdir().unwrap();
    book.env("PATH", empty.path().to_str().unwrap())
        .check(&[])
        .code(2)
        .says("can't run rustc");
}

const UNBLESSED: &str = "# A\n\n```rust\nfor n in 1..4 { println!(\"{n}\"); }\n```\n\n```text,output\n```\n\nwords\n\n```rust\nprintln!(\"b\\nb\");\n```\n\n```text,output\nold\n```\n\nlast words\n";
const BLESSED: &str = "# A\n\n```rust\nfor n in 1..4 { println!(\"{n}\"); }\n```\n\n```text,output\n1\n2\n3\n```\n\nwords\n\n```rust\nprintln!(\"b\\nb\");\n```\n\n```text,output\nb\nb\n```\n\nlast words\n";

/// A check that isn't waited for yet.
fn started(book: &BookTest, arguments: &[&str]) -> std::process::Child {
    Command::new(env!("CARGO_BIN_EXE_mdbook-verdict"))
        .arg("check")
        .args(arguments)
        .current_dir(book.root())
        .env("XDG_CACHE_HOME", book.path("cache"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn a_run_that_is_killed_leaves_the_old_or_the_new_and_the_next_is_right() {
    let mut random = Random::new(7);
    for _ in 0..6 {
        let book = BookTest::new(UNBLESSED);
        let mut run = started(&book, &["--bless"]);
        // Whenever it is: the test holds at any moment.
        std::thread::sleep(Duration::from_millis(random.below(900) as u64));
        let _ = run.kill();
        run.wait().unwrap();
        let left = book.read("src/a.md");
        assert!(left == UNBLESSED || left == BLESSED, "{left}");
        book.check(&["--bless"]).passed(4);
        assert_eq!(book.read("src/a.md"), BLESSED);
        book.check(&[]).passed(4);
    }
}

#[test]
fn two_runs_at_once_are_both_right() {
    for _ in 0..3 {
        let book = BookTest::new(UNBLESSED);
        let mut runs = [(); 3].map(|()| started(&book, &["--bless"]));
        for run in &mut runs {
            let status = run.wait().unwrap();
            assert_eq!(status.code(), Some(0));
        }
        assert_eq!(book.read("src/a.md"), BLESSED);
        assert_eq!(fs::read_dir(book.path("src")).unwrap().count(), 2);
        let book = book.file("src/a.md", &BLESSED.replace("\n3\n", "\n4\n"));
        let mut runs = [(); 3].map(|()| started(&book, &[]));
        for run in &mut runs {
            assert_eq!(run.wait().unwrap().code(), Some(1));
        }
        book.check(&["--bless"]).passed(4);
        for entry in entries(&book) {
            let name = entry.file_name().unwrap().to_str().unwrap().to_owned();
            assert!(!name.starts_with(".tmp"), "{name} was left behind");
        }
    }
}

/// A block that changes its own chapter while it is checked: as an author might.
#[test]
fn a_chapter_that_changes_meanwhile_is_not_written() {
    let book = BookTest::new("");
    let path = book.path("src/a.md");
    let code = format!(
        "let text = std::fs::read_to_string({path:?}).unwrap();\nstd::fs::write({path:?}, format!(\"new first line\\n\\n{{text}}\")).unwrap();\nprintln!(\"a\");"
    );
    let chapter = format!("```rust\n{code}\n```\n\n```text,output\n```\n");
    let book = book.file("src/a.md", &chapter);
    book.check(&["--bless"])
        .code(2)
        .says("src/a.md: it was changed while its blocks were checked");
    let changed = book.read("src/a.md");
    assert!(changed.ends_with(&chapter) && changed.starts_with("new first line"));
}

#[test]
fn a_page_that_is_included_twice_is_written_once() {
    let page = |text: &str| {
        format!("{RUN}```rust\nprintln!(\"1\\n2\\n3\");\n```\n\n```text,output\n{text}```\n")
    };
    let book =
        BookTest::new("{{#include b.md}}\n\n{{#include b.md}}\n").file("src/b.md", &page(""));
    book.check(&["--bless"]).code(0);
    assert_eq!(book.read("src/b.md"), page("1\n2\n3\n"));
    book.check(&[]).passed(8);
}

#[test]
fn a_cache_shared_by_two_books_keeps_them_apart() {
    let cache = tempfile::tempdir().unwrap();
    let folder = cache.path().to_str().unwrap();
    let first = with_dependency("```rust\nassert_eq!(helper::number(), 3);\n```\n")
        .env("XDG_CACHE_HOME", folder);
    let second = with_dependency("```rust\nassert_eq!(helper::number(), 3);\n```\n")
        .file("deeper/src/inner.rs", "pub fn number() -> i32 { 4 }\n")
        .env("XDG_CACHE_HOME", folder);
    first.check(&[]).passed(1);
    second.check(&[]).failed(0, 1);
    first.check(&[]).passed(1);
    assert!(Path::new(folder).join("mdbook-verdict").is_dir());
}
