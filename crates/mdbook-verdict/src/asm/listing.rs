//! The assembler's text as a page shows it: the functions asked for, and nothing that differs by chance.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// The name that a block's crate has; it isn't shown.
pub const CRATE: &str = "block";

/// The listing of functions: for each a line with its name, and then its instructions.
///
/// Left out are directives, comments and labels that nothing jumps to. The labels that are left are
/// numbered in each function, from `.1`; what lies outside of it is `.data1` and so on. Where the
/// compiler found two functions to be the same and kept one, that one's code is shown for both.
///
/// # Errors
///
/// If one of the functions isn't there.
pub fn of(assembler: &str, names: &[String]) -> Result<String, String> {
    let code = Code::read(assembler);
    let mut shown = Vec::new();
    for name in names {
        // Some systems put an underscore before every name.
        let lines = code.of(name).or_else(|| code.of(&format!("_{name}")));
        let lines = lines.ok_or_else(|| {
            format!("there is no machine code of `{name}`: is it compiled for that target?")
        })?;
        shown.push(format!("{name}:\n{}", body(lines)));
    }
    Ok(shown.join("\n").trim_end().to_owned())
}

/// What an assembler's text defines.
#[derive(Default)]
struct Code<'a> {
    /// The lines behind a name.
    lines: BTreeMap<&'a str, Vec<&'a str>>,
    /// Names for what has another name already.
    same: BTreeMap<&'a str, &'a str>,
}

impl<'a> Code<'a> {
    fn read(assembler: &'a str) -> Code<'a> {
        let mut code = Code::default();
        let mut open: Option<&str> = None;
        for line in assembler.lines() {
            if let Some((one, other)) = same(line) {
                code.same.entry(one).or_insert(other);
                open = None;
            } else if let Some(label) = label(line).filter(|label| !is_local(label)) {
                // Only the first counts, as for an assembler that would refuse the second.
                open = (!code.lines.contains_key(label)).then_some(label);
                code.lines.entry(label).or_default();
            } else if ends_function(line) {
                open = None;
            } else if let Some(lines) = open.and_then(|name| code.lines.get_mut(name)) {
                lines.push(line);
            }
        }
        code
    }

    fn of(&self, name: &str) -> Option<&[&'a str]> {
        let name = self.same.get(name).copied().unwrap_or(name);
        self.lines.get(name).map(Vec::as_slice)
    }
}

/// The two names of a line that says that they are one.
fn same(line: &str) -> Option<(&str, &str)> {
    match line.trim().strip_prefix(".set ") {
        Some(rest) => rest.split_once(", "),
        None if line.starts_with([' ', '\t']) => None,
        None => line.split_once(" = "),
    }
}

/// The name that a line defines, at its beginning.
fn label(line: &str) -> Option<&str> {
    let label = line.split_whitespace().next()?.strip_suffix(':')?;
    (!line.starts_with([' ', '\t'])).then_some(label)
}

/// Whether a line says that a function has ended.
fn ends_function(line: &str) -> bool {
    line.trim() == ".cfi_endproc" || label(line).is_some_and(|label| label.contains("func_end"))
}

/// Whether a label belongs to a function.
fn is_local(label: &str) -> bool {
    static LOCAL: LazyLock<Regex> = LazyLock::new(|| regex(&format!("^(?:{LABEL})$")));
    LOCAL.is_match(label) || label.contains("func_end")
}

/// Labels: as compilers name them, for Apple's systems without the point, and as they are shown.
const LABEL: &str = r"\.L[A-Za-z0-9_.$]+|L(?:BB|CPI|JTI)\d+_\d+|L(?:tmp|loh)\d+|l(?:CPI|_anon|_alloc)[A-Za-z0-9_.]+|\.\d+|\.data\d+";

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid regex")
}

/// A function's instructions and labels.
fn body(lines: &[&str]) -> String {
    static USED: LazyLock<Regex> = LazyLock::new(|| regex(&format!(r"(^|[\s\[,(+])({LABEL})\b")));
    let instructions = || {
        let lines = lines.iter().filter(|line| label(line).is_none());
        lines.filter_map(|line| instruction(line))
    };
    let used: Vec<String> = instructions()
        .flat_map(|line| {
            let found = USED.captures_iter(&line);
            found.map(|found| found[2].to_owned()).collect::<Vec<_>>()
        })
        .collect();
    let mut named = BTreeMap::new();
    for defined in lines.iter().filter_map(|line| label(line)) {
        if used.iter().any(|used| used == defined) {
            named.insert(defined.to_owned(), format!(".{}", named.len() + 1));
        }
    }
    let mut outside = 0;
    for used in used {
        named.entry(used).or_insert_with(|| {
            outside += 1;
            format!(".data{outside}")
        });
    }
    let mut text = String::new();
    for line in lines {
        let written = match (label(line), instruction(line)) {
            (Some(label), _) => match named.get(label) {
                Some(name) => writeln!(text, "{name}:"),
                None => Ok(()),
            },
            (None, Some(instruction)) => {
                let renamed = USED.replace_all(&instruction, |found: &Captures<'_>| {
                    format!("{}{}", &found[1], named[&found[2]])
                });
                writeln!(text, "    {}", readable(&renamed))
            }
            (None, None) => Ok(()),
        };
        written.expect("a string can be written to");
    }
    text
}

/// An instruction, with one space between its parts; none for a directive or a comment.
fn instruction(line: &str) -> Option<String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let first = words.first()?;
    let other = ["#", "//", ";", "@"].iter().any(|it| first.starts_with(it));
    (!other && !first.starts_with('.')).then(|| words.join(" "))
}

/// An instruction with the block's own names in place of those that the compiler makes of them.
fn readable(instruction: &str) -> String {
    static MANGLED: LazyLock<Regex> = LazyLock::new(|| regex(r"\b_{1,2}(?:ZN|R)[A-Za-z0-9_$.]+"));
    let named = MANGLED.replace_all(instruction, |found: &Captures<'_>| {
        let name = format!("{:#}", rustc_demangle::demangle(&found[0]));
        let own = name.strip_prefix(&format!("{CRATE}::")).unwrap_or(&name);
        // The optimiser numbers the parts of what it has taken apart.
        let part = own.rsplit_once('.').filter(|(_, part)| is_number(part));
        part.map_or(own, |(whole, _)| whole).to_owned()
    });
    named.into_owned()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const X86: &str = "\t.intel_syntax noprefix\n\t.section\t.text.f,\"ax\",@progbits\n\t.globl\tf\nf:\n\t.cfi_startproc\n\tcmp\tbyte ptr [rdi], 0\n\tje\t.LBB8_1\n\t#APP\n\tret\n.Ltmp3:\n\t.p2align\t4\n.LBB8_1:\n\tpause\n\tlock\t\txadd\tdword ptr [rip + _ZN5block4FLAG17h0123456789abcdefE.0], eax\n\tmovaps\txmm0, xmmword ptr [rip + .LCPI8_0]\n\tjmp\t.LBB8_1\n.Lfunc_end8:\n\t.size\tf, .Lfunc_end8-f\n\t.cfi_endproc\n\n_ZN5block4FLAG17h0123456789abcdefE:\n\t.long\t0\n\n\t.globl\tg\ng = f\n\t.ident\t\"rustc\"\n";

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn instructions_and_the_labels_they_jump_to_are_shown_for_either_name() {
        assert_eq!(
            of(X86, &names(&["f", "g"])).unwrap(),
            "f:\n    cmp byte ptr [rdi], 0\n    je .1\n    ret\n.1:\n    pause\n    lock xadd dword ptr [rip + FLAG], eax\n    movaps xmm0, xmmword ptr [rip + .data1]\n    jmp .1\n\ng:\n    cmp byte ptr [rdi], 0\n    je .1\n    ret\n.1:\n    pause\n    lock xadd dword ptr [rip + FLAG], eax\n    movaps xmm0, xmmword ptr [rip + .data1]\n    jmp .1"
        );
    }

    #[test]
    fn the_order_is_the_one_asked_for() {
        let listing = of("f:\n\tret\ng:\n\tud2\n", &names(&["g", "f"])).unwrap();
        assert_eq!(listing, "g:\n    ud2\n\nf:\n    ret");
    }

    #[test]
    fn apples_names_lose_their_underscore() {
        let text = "\t.globl\t_f\n\t.p2align\t2\n_f:\nLloh0:\n\tldapr\tw0, [x0]\n\tcbz\tw0, LBB0_2\n\tb\t_g\nLBB0_2:\n\tret\n\n\t.globl\t_g\n\t.set _g, _f\n.subsections_via_symbols\n";
        assert_eq!(
            of(text, &names(&["f", "g"])).unwrap(),
            "f:\n    ldapr w0, [x0]\n    cbz w0, .1\n    b _g\n.1:\n    ret\n\ng:\n    ldapr w0, [x0]\n    cbz w0, .1\n    b _g\n.1:\n    ret"
        );
    }

    #[test]
    fn a_function_that_is_not_there_is_missed() {
        let cause = of(X86, &names(&["f", "gone"])).unwrap_err();
        assert!(cause.contains("`gone`"), "{cause}");
    }

    #[test]
    fn labels_are_numbered_in_each_function() {
        let text = "a:\n\tjmp\t.LBB7_2\n.LBB7_2:\n\tret\n\nb:\n.LBB9_1:\n\tjmp\t.LBB9_1\n";
        assert_eq!(
            of(text, &names(&["a", "b"])).unwrap(),
            "a:\n    jmp .1\n.1:\n    ret\n\nb:\n.1:\n    jmp .1"
        );
    }

    /// Any text, not only a compiler's: lines put together at random, always the same ones.
    #[test]
    fn a_listing_of_a_listing_is_that_listing() {
        let lines = [
            "f:",
            "g:",
            "_f:",
            "g = f",
            "\t.set _g, _f",
            "\tmov\teax, 1",
            "\tjmp\t.LBB0_1",
            "\tjne .LBB0_2",
            ".LBB0_1:",
            ".LBB0_2: # comment",
            "LBB3_4:",
            "\tb\tLBB3_4",
            ".1:",
            "    jmp .1",
            "    mov rax, qword ptr [rip + .LCPI1_0]",
            ".Ltmp1:",
            "\t.cfi_endproc",
            ".Lfunc_end0:",
            "\t# comment",
            "\t; comment",
            "",
            "\tcall _ZN5block1a17h0123456789abcdefE",
            "\tlea rdi, [rip + .data1]",
            "\t.p2align 4",
            "\tje .data2",
            ".3:",
            "    b .3",
        ];
        let names = names(&["f", "g"]);
        let (mut state, mut listed) = (1u64, 0);
        for _ in 0..5_000 {
            let mut text = String::new();
            for _ in 0..12 {
                // Knuth's linear congruential generator.
                state = state
                    .wrapping_mul(6364136223846793005)
                    .wrapping_add(1442695040888963407);
                text.push_str(lines[(state >> 33) as usize % lines.len()]);
                text.push('\n');
            }
            let Ok(once) = of(&text, &names) else {
                continue;
            };
            listed += 1;
            assert_eq!(of(&once, &names).as_ref(), Ok(&once), "of\n{text}");
        }
        assert!(listed > 500, "{listed}");
    }
}
