//! What a block sees of the world when it runs: as if it stood alone.

#[cfg(unix)]
use std::{os::unix::fs::PermissionsExt as _, path::Path, process::Command};

use snapbox::{assert_data_eq, str};

use crate::book_test::BookTest;

fn prints(code: &str, output: &str) {
    book(code, output).check(&[]).passed(2);
}

fn book(code: &str, output: &str) -> BookTest {
    BookTest::new(&format!(
        "```rust\n{code}\n```\n\n```text,output\n{output}```\n"
    ))
}

#[test]
fn its_places_are_its_own() {
    let places = "println!(\"{} {}\", file!(), line!());\nprintln!(\"{}\", std::panic::Location::caller().line());";
    prints(places, "src/a.md 1\n2\n");
    prints(&format!("\n{places}"), "src/a.md 2\n3\n");
    prints(
        &format!("#![allow(dead_code)]\n{places}"),
        "src/a.md 2\n3\n",
    );
    prints(&format!("fn main() {{\n{places}\n}}"), "src/a.md 2\n3\n");
    prints(&format!("{places}\nOk::<(), ()>(())"), "src/a.md 1\n2\n");
    prints("fn main() {\n    println!(\"{}\", column!());\n}", "20\n");
}

#[test]
fn its_columns_are_its_own_but_on_the_first_line_of_an_implicit_main() {
    prints("\nprintln!(\"{}\", column!());", "16\n");
    prints("#![allow(dead_code)]\nprintln!(\"{}\", column!());", "16\n");
}

#[test]
fn a_messages_lines_and_columns_are_its_own() {
    let chapter = "```rust,compile_fail,E0308\nlet a: i32 = \"\";\n```\n\n```text,diagnostic\nerror[E0308]: mismatched types\n --> [..]\n  |\n1 | let a: i32 = \"\";\n  |        ---   ^^ expected `i32`, found `&str`\n  |        |\n  |        expected due to this\n```\n";
    BookTest::new(chapter).check(&[]).passed(2);
    BookTest::new(&chapter.replace("compile_fail,E0308", "no_run"))
        .check(&[])
        .failed(1, 1)
        .says("--> src/a.md:2:14");
}

#[test]
fn it_sees_nothing_of_cargo() {
    let code = "for (name, _) in std::env::vars() {\n    if name.starts_with(\"CARGO\") || name.starts_with(\"RUST\") { println!(\"{name}\") }\n}\nprintln!(\"{:?}\", option_env!(\"CARGO_PKG_NAME\"));\nprintln!(\"{:?}\", option_env!(\"CARGO_MANIFEST_DIR\"));";
    book(code, "None\nNone\n")
        .env("RUST_BACKTRACE", "1")
        .env("CARGO_PKG_NAME", "x")
        .check(&[])
        .passed(2);
}

#[test]
fn its_folder_is_empty_and_its_own() {
    let code = "println!(\"{}\", std::fs::read_dir(\".\").unwrap().count());\nstd::fs::write(\"left\", \"behind\").unwrap();";
    let block = format!("```rust\n{code}\n```\n\n```text,output\n0\n```\n\n");
    let book = BookTest::new(&block.repeat(2));
    book.check(&["--jobs", "1"]).passed(4);
    assert!(!book.path("left").exists());
}

#[test]
fn it_has_no_arguments_and_no_input() {
    prints("println!(\"{}\", std::env::args().count());", "1\n");
    let read = "let mut line = String::new();\nprintln!(\"{}\", std::io::stdin().read_line(&mut line).unwrap());";
    prints(read, "0\n");
}

#[test]
fn its_exit_code_counts() {
    BookTest::new("```rust\nstd::process::exit(3);\n```\n")
        .check(&[])
        .failed(0, 1)
        .says("it ended with exit status: 3");
    BookTest::new("```rust\nfn main() -> std::process::ExitCode { 4.into() }\n```\n")
        .check(&[])
        .failed(0, 1)
        .says("it ended with exit status: 4");
}

#[cfg(unix)]
#[test]
fn its_signal_is_named() {
    BookTest::new("```rust\nstd::process::abort();\n```\n")
        .check(&[])
        .failed(0, 1)
        .says("it ended with signal: 6");
}

/// A message that speaks of std's own source, which some machines have and others haven't.
const SPAWN: &str = "```rust,compile_fail,E0277\nlet n = std::rc::Rc::new(1);\nstd::thread::spawn(move || println!(\"{n}\"));\n```\n\n```text,diagnostic\n```\n\n```rust,compile_fail,E0382\nlet vec = vec![1];\ndrop(vec);\nvec.first();\n```\n\n```text,diagnostic\n```\n";

#[test]
fn a_diagnostic_is_the_same_with_and_without_stds_source() {
    let book = BookTest::new(SPAWN);
    book.check(&["--bless"]).passed(4);
    // One of the two is the machine that this runs on.
    assert_data_eq!(
        book.read("src/a.md"),
        str![[r#"
```rust,compile_fail,E0277
let n = std::rc::Rc::new(1);
std::thread::spawn(move || println!("{n}"));
```

```text,diagnostic
error[E0277]: `Rc<i32>` cannot be sent between threads safely
 --> [..]
  |
2 | std::thread::spawn(move || println!("{n}"));
  | ------------------ -------^^^^^^^^^^^^^^^^
  | |                  |
  | |                  `Rc<i32>` cannot be sent between threads safely
  | |                  within this `{closure@[..]}`
  | required by a bound introduced by this call
  |
  = help: within `{closure@[..]}`, the trait `Send` is not implemented for `Rc<i32>`
note: required because it's used within this closure
 --> [..]
  |
2 | std::thread::spawn(move || println!("{n}"));
  |                    ^^^^^^^
note: required by a bound in `spawn`
 --> [..]
```

```rust,compile_fail,E0382
let vec = vec![1];
drop(vec);
vec.first();
```

```text,diagnostic
error[E0382]: borrow of moved value: `vec`
 --> [..]
  |
1 | let vec = vec![1];
  |     --- move occurs because `vec` has type `Vec<i32>`, which does not implement the `Copy` trait
2 | drop(vec);
  |      --- value moved here
3 | vec.first();
  | ^^^ value borrowed here after move
  |
  = note: borrow occurs due to deref coercion to `[i32]`
help: consider cloning the value if the performance cost is acceptable
  |
2 | drop(vec.clone());
  |         ++++++++
```

"#]]
    );
}

#[cfg(unix)]
#[test]
fn a_diagnostic_is_the_same_where_std_is_found_elsewhere() {
    let plain = BookTest::new(SPAWN);
    plain.check(&["--bless"]).passed(4);
    let text = plain.read("src/a.md");

    let sysroot = tempfile::tempdir().unwrap();
    with_a_source_folder(sysroot.path());
    let rustc = plain.path("rustc");
    std::fs::write(
        &rustc,
        format!(
            "#!/bin/sh\ncase \"$*\" in\n*--sysroot*) exec rustc \"$@\";;\n*) exec rustc --sysroot '{}' \"$@\";;\nesac\n",
            sysroot.path().display()
        ),
    )
    .unwrap();
    std::fs::set_permissions(&rustc, std::fs::Permissions::from_mode(0o755)).unwrap();
    let elsewhere = BookTest::new(&text).env("RUSTC", rustc.to_str().unwrap());
    elsewhere.check(&[]).passed(4);
}

/// Makes a sysroot like rustc's own, by links, in which a source of std lies.
#[cfg(unix)]
fn with_a_source_folder(sysroot: &Path) {
    let said = Command::new("rustc")
        .args(["--print", "sysroot"])
        .output()
        .unwrap();
    let real = Path::new(std::str::from_utf8(&said.stdout).unwrap().trim()).join("lib");
    let source = sysroot.join("lib/rustlib/src/rust/library/std/src");
    std::fs::create_dir_all(&source).unwrap();
    std::fs::write(source.join("lib.rs"), "").unwrap();
    for (from, to) in [("", "lib"), ("rustlib", "lib/rustlib")] {
        for entry in std::fs::read_dir(real.join(from)).unwrap() {
            let entry = entry.unwrap();
            let link = sysroot.join(to).join(entry.file_name());
            if !link.exists() {
                std::os::unix::fs::symlink(entry.path(), link).unwrap();
            }
        }
    }
}
