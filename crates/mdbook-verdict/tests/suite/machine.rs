//! `text,asm,TARGET`: the machine code of a block's functions, for this machine's processor and others.

use crate::book_test::BookTest;

const BLOCK: &str = "```rust\n#[unsafe(no_mangle)]\npub fn wait_for(done: &bool) {\n    while !*done {}\n}\n\n#[unsafe(no_mangle)]\npub fn one() -> u8 {\n    1\n}\n```\n";

const X86: &str = "wait_for:\n    cmp byte ptr [rdi], 0\n    je .1\n    ret\n.1:\n    jmp .1\n\none:\n    mov al, 1\n    ret\n";

const ARM: &str = "wait_for:\n    ldrb w8, [x0]\n    tbz w8, #0, .1\n    ret\n.1:\n    b .1\n\none:\n    mov w0, #1\n    ret\n";

fn fence(target: &str, text: &str) -> String {
    format!("\n```text,asm,{target}\n{text}```\n")
}

fn x86(text: &str) -> BookTest {
    BookTest::new(&format!(
        "{BLOCK}{}",
        fence("x86_64-unknown-linux-gnu", text)
    ))
}

#[test]
fn one_block_has_the_code_of_two_processors() {
    let arm = fence("aarch64-unknown-linux-gnu", ARM);
    let chapter = format!("{BLOCK}{}{arm}", fence("x86_64-unknown-linux-gnu", X86));
    BookTest::new(&chapter)
        .check(&[])
        .passed(3)
        .says("2 asm fences")
        .never_says("not checked");
}

#[test]
fn a_changed_instruction_is_named_with_its_line() {
    for (right, wrong, line, came) in [
        (
            "    je .1",
            "    jne .1",
            16,
            "the machine code here is `je .1`",
        ),
        (
            "    jmp .1",
            "    jmp .2",
            19,
            "the machine code here is `jmp .1`",
        ),
        ("    ret\n.1:", ".1:", 17, "the machine code here is `ret`"),
        (
            "    ret\n.1:\n    jmp .1\n\none:\n    mov al, 1\n    ret",
            "    ret",
            13,
            "the asm differs",
        ),
        (
            "al, 1\n    ret",
            "al, 1\n    ret\n    ret",
            24,
            "the machine code ends here",
        ),
        (
            "[rdi]",
            "[..]",
            15,
            "the machine code here is `cmp byte ptr [rdi], 0`",
        ),
    ] {
        assert!(X86.contains(right), "{right}");
        x86(&X86.replacen(right, wrong, 1))
            .check(&[])
            .failed(1, 1)
            .says(&format!("error[asm]: {came}"))
            .says(&format!("src/a.md:{line}:"));
    }
}

#[test]
fn the_tool_writes_it_and_it_holds() {
    let book = x86("");
    book.check(&[]).failed(1, 1).says("the asm fence is empty");
    book.check(&["--bless"]).passed(2);
    assert!(book.read("src/a.md").contains(X86));
    book.check(&[]).passed(2);
    book.check(&["--no-cache"]).passed(2);
    let text = book.read("src/a.md");
    book.check(&["--bless"]).passed(2).never_says("blessed");
    assert_eq!(book.read("src/a.md"), text);
}

#[test]
fn what_has_no_machine_code_is_a_fault_that_says_why() {
    let target = "x86_64-unknown-linux-gnu";
    for (block, target, cause) in [
        (
            "```rust\npub fn one() -> u8 { 1 }\n```\n",
            target,
            "no function of the block before it is `#[unsafe(no_mangle)]`",
        ),
        (
            BLOCK,
            "x86_64-unknown-linux-gnuu",
            "rustc knows no target `x86_64-unknown-linux-gnuu`; is `x86_64-unknown-linux-gnu` meant?",
        ),
        (BLOCK, "z80", "rustc knows no target `z80`"),
        (
            BLOCK,
            "x86_64-unknown-linux-gnu,slow",
            "this fence names one target, such as `text,asm,",
        ),
        (
            "```rust\n#[unsafe(no_mangle)]\n#[cfg(any())]\npub fn gone() {}\n```\n",
            target,
            "there is no machine code of `gone`",
        ),
        (
            "```rust,compile_fail,E0308\n#[unsafe(no_mangle)]\npub fn one() -> u8 { \"\" }\n```\n",
            target,
            "the block before it doesn't compile",
        ),
        (
            "```rust,ignore\n#[unsafe(no_mangle)]\npub fn one() {}\n```\n",
            target,
            "the block before it is ignored",
        ),
    ] {
        let book = BookTest::new(&format!("{block}{}", fence(target, "")));
        let line = block.lines().count() + 2;
        book.check(&["--bless"])
            .code(1)
            .says(&format!("error[asm]: {cause}"))
            .says(&format!("src/a.md:{line}:1"));
    }
}

#[test]
fn nothing_is_written_behind_a_block_that_fails() {
    let block = BLOCK.replace("```rust\n", "```rust\nfn main() { panic!() }\n");
    let book = BookTest::new(&format!("{block}{}", fence("x86_64-unknown-linux-gnu", "")));
    let before = book.read("src/a.md");
    book.check(&["--bless"]).failed(0, 2).says("error[runs]");
    assert_eq!(book.read("src/a.md"), before);
}

#[test]
fn a_main_may_use_what_no_function_does() {
    let main = "fn main() { std::thread::spawn(|| println!(\"{}\", one())).join().unwrap(); }\n";
    let block = BLOCK.replace("```rust\n", &format!("```rust\n{main}"));
    let chapter = format!("{block}{}", fence("aarch64-unknown-linux-gnu", ARM));
    BookTest::new(&chapter).check(&[]).passed(2);
}

/// A block that needs more of std than stands in for it, for a target that no rustup has one for.
fn unchecked() -> BookTest {
    let block = "```rust\n#[unsafe(no_mangle)]\npub fn none() -> Vec<u8> { Vec::new() }\n```\n";
    let target = fence("aarch64-unknown-netbsd", "none:\n    ret\n");
    BookTest::new(&format!("{block}{target}"))
}

#[test]
fn what_cannot_be_told_here_is_neither_passed_nor_written() {
    let book = unchecked();
    let before = book.read("src/a.md");
    book.check(&["--bless"])
        .passed(1)
        .says("warning[unchecked]: it isn't checked: aarch64-unknown-netbsd isn't installed")
        .says("1 not checked here");
    assert_eq!(book.read("src/a.md"), before);
    let lines = book.json(&[]);
    let line = lines.iter().find(|line| line["kind"] == "asm").unwrap();
    assert_eq!(line["status"], "unchecked");
    assert_eq!(line["rule"], "unchecked");
}

#[test]
fn a_book_may_want_all_checked() {
    unchecked()
        .rules("unchecked = \"error\"")
        .check(&[])
        .failed(1, 1)
        .says("error[unchecked]");
    unchecked()
        .rules("unchecked = \"off\"")
        .check(&[])
        .passed(1)
        .says("1 not checked here")
        .never_says("[unchecked]");
}

#[test]
fn machine_code_is_listed() {
    let book = x86("");
    book.run(&["list"])
        .code(0)
        .says("text,asm,x86_64-unknown-linux-gnu");
    book.run(&["list", "--format", "json"])
        .code(0)
        .says("\"kind\":\"asm\"");
}
