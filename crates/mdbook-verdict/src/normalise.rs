//! Makes what a block prints and what rustc says of it the same on every machine.

use std::sync::LazyLock;

use regex::{Captures, Regex};

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid regex")
}

/// Printed text: line ends made plain, no final newline.
pub fn text(printed: &str) -> String {
    printed
        .replace("\r\n", "\n")
        .trim_end_matches('\n')
        .to_owned()
}

/// Standard error: the id of a panicking thread, the place of a panic and every place in the block
/// become `[..]`.
pub fn stderr(printed: &str, file: &str) -> String {
    static THREAD: LazyLock<Regex> =
        LazyLock::new(|| regex(r"(?m)^(thread '.*') \(\d+\) (panicked|has overflowed)"));
    let printed = text(printed);
    // A panic in a library names a file of this machine, or of the one that built std.
    static PANIC: LazyLock<Regex> =
        LazyLock::new(|| regex(r"(?m)^(thread '.*' \(\[\.\.\]\) panicked at )\S.*:\d+:\d+:$"));
    let printed = THREAD.replace_all(&printed, "$1 ([..]) $2");
    let printed = PANIC.replace_all(&printed, "$1[..]:");
    let place = regex(&format!(r"{}:\d+:\d+", regex::escape(file)));
    place.replace_all(&printed, "[..]").into_owned()
}

/// One rendered diagnostic of rustc, as a fence shows it; `file` is what the block's own path lines name.
///
/// Path lines become `--> [..]`, places inside messages `[..]`; source quoted from other files
/// (std's, which only some machines have) is left out, and the gutter is as wide as the block's
/// own line numbers need.
pub fn diagnostic(rendered: &str, file: &str) -> String {
    static PATH_LINE: LazyLock<Regex> =
        LazyLock::new(|| regex(r"^( *)(-->|:::) (.+?)(:\d+:\d+)?$"));
    static SOURCE_LINE: LazyLock<Regex> =
        LazyLock::new(|| regex(r"^ *\d* *[|~+-](?: |$)|^\.\.\.$"));
    static LONG_TYPE: LazyLock<Regex> =
        LazyLock::new(|| regex(r"(full (?:type|name for the type).*? (?:written to|in)) '[^']+'"));

    let mut kept = Vec::new();
    let mut outside = false;
    let mut old_width = None;
    for line in rendered.trim_end().lines() {
        if let Some(path) = PATH_LINE.captures(line) {
            outside = &path[3] != file;
            old_width.get_or_insert(path[1].len());
            kept.push(format!("{}{} [..]", &path[1], &path[2]));
            continue;
        }
        if outside && SOURCE_LINE.is_match(line) && !line.trim_start().starts_with("= ") {
            continue;
        }
        outside = false;
        kept.push(line.to_owned());
    }
    let width = kept
        .iter()
        .map(|line| number_width(line))
        .max()
        .unwrap_or(0)
        .max(1);
    let old_width = old_width.unwrap_or(width);
    let place = regex(&format!(r"{}:\d+:\d+(?:: \d+:\d+)?", regex::escape(file)));
    kept.iter()
        .map(|line| {
            let line = regutter(line, old_width, width);
            let line = place.replace_all(&line, "[..]").into_owned();
            LONG_TYPE
                .replace_all(&line, |found: &Captures<'_>| {
                    format!("{} '[..]'", &found[1])
                })
                .trim_end()
                .to_owned()
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// How many digits the line number takes that a quoted line begins with.
fn number_width(line: &str) -> usize {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match line[digits..]
        .trim_start()
        .starts_with(['|', '~', '+', '-'])
    {
        true => digits,
        false => 0,
    }
}

/// Moves what stands right of the gutter from one gutter's width to another's.
fn regutter(line: &str, old: usize, new: usize) -> String {
    let digits = number_width(line);
    let indented = line.starts_with(' ');
    if (digits == 0 && !indented) || line.len() < old || !line.is_char_boundary(old) {
        return line.to_owned();
    }
    let (gutter, rest) = line.split_at(old);
    if !gutter.bytes().all(|b| b == b' ' || b.is_ascii_digit()) {
        return line.to_owned();
    }
    format!("{:>new$}{rest}", gutter.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    const WITH_SOURCE: &str = "\
error[E0277]: `Rc<i32>` cannot be sent between threads safely
   --> a.md:4:15
    |
  4 | thread::spawn(move || {
    |               ^^^^^^^ within this `{closure@a.md:6:15: 6:22}`
    |
    = help: the trait `Send` is not implemented for `Rc<i32>`
note: required by a bound in `spawn`
   --> /toolchain/lib/rustlib/src/rust/library/std/src/thread/functions.rs:125:8
    |
 99 | pub fn spawn<F, T>(f: F) -> JoinHandle<T>
    |        ----- required by a bound in this function
...
125 |     F: Send + 'static,
    |        ^^^^ required by this bound in `spawn`
help: use a reference
    |
  4 | thread::spawn(&move || {
    |               +
";
    const WITHOUT_SOURCE: &str = "\
error[E0277]: `Rc<i32>` cannot be sent between threads safely
 --> a.md:4:15
  |
4 | thread::spawn(move || {
  |               ^^^^^^^ within this `{closure@a.md:6:15: 6:22}`
  |
  = help: the trait `Send` is not implemented for `Rc<i32>`
note: required by a bound in `spawn`
 --> /rustc/59807616/library/std/src/thread/functions.rs:125:0
help: use a reference
  |
4 | thread::spawn(&move || {
  |               +
";

    #[test]
    fn a_diagnostic_is_the_same_with_and_without_stds_source() {
        let without = diagnostic(WITHOUT_SOURCE, "a.md");
        assert_eq!(
            without,
            "\
error[E0277]: `Rc<i32>` cannot be sent between threads safely
 --> [..]
  |
4 | thread::spawn(move || {
  |               ^^^^^^^ within this `{closure@[..]}`
  |
  = help: the trait `Send` is not implemented for `Rc<i32>`
note: required by a bound in `spawn`
 --> [..]
help: use a reference
  |
4 | thread::spawn(&move || {
  |               +"
        );
        assert_eq!(diagnostic(WITH_SOURCE, "a.md"), without);
    }

    #[test]
    fn a_panics_thread_and_place_are_wild() {
        assert_eq!(
            stderr(
                "\nthread 'main' (4711) panicked at a.md:3:5:\nboom\n",
                "a.md"
            ),
            "\nthread 'main' ([..]) panicked at [..]:\nboom"
        );
    }
}
