//! What is what: each token's class, written as `keyword:fn` behind the code.

use highlight::{Settings, chapter};

/// The classified pieces of a fence, as `class:text` words.
fn pieces(info: &str, code: &str) -> Vec<String> {
    let html = chapter(&format!("````{info}\n{code}\n````\n"), &Settings::default());
    html.split("<span class=\"hljs-")
        .skip(1)
        .map(|span| {
            let (class, rest) = span.split_once("\">").unwrap();
            let text = rest.split('<').next().unwrap();
            let text = text.replace("&lt;", "<").replace("&gt;", ">");
            format!(
                "{class}:{}",
                text.replace("&quot;", "\"").replace("&amp;", "&")
            )
        })
        .collect()
}

#[track_caller]
fn assert_rust(code: &str, expected: &[&str]) {
    assert_eq!(pieces("rust", code), expected, "{code}");
}

#[test]
fn a_name_is_told_where_it_is_defined() {
    assert_rust("fn main() {}", &["keyword:fn", "title:main"]);
    assert_rust(
        "struct Lock<T> { value: T }",
        &["keyword:struct", "title:Lock", "type:T", "type:T"],
    );
    assert_rust(
        "fn /* why */ f() { g() }",
        &["keyword:fn", "comment:/* why */", "title:f"],
    );
    assert_rust(
        "union U { a: u8 } let union = 1;",
        &[
            "keyword:union",
            "title:U",
            "built_in:u8",
            "keyword:let",
            "number:1",
        ],
    );
    assert_rust(
        "let f: fn() -> A;",
        &["keyword:let", "keyword:fn", "type:A"],
    );
}

#[test]
fn a_lifetime_is_no_character() {
    assert_rust(
        "fn f<'a>(x: &'a str, c: char) -> &'static str { 'a'; '\\''; b'\\n'; 'x: loop {} }",
        &[
            "keyword:fn",
            "title:f",
            "symbol:'a",
            "symbol:'a",
            "built_in:str",
            "built_in:char",
            "symbol:'static",
            "built_in:str",
            "string:'a'",
            "string:'\\''",
            "string:b'\\n'",
            "symbol:'x",
            "keyword:loop",
        ],
    );
}

#[test]
fn comments_nest_and_strings_hold_anything() {
    assert_rust("/* a /* b */ c */ x", &["comment:/* a /* b */ c */"]);
    assert_rust("r##\"a \"# // b\"## x", &["string:r##\"a \"# // b\"##"]);
    assert_rust(
        "\"// \\\" 'a\" // b",
        &["string:\"// \\\" 'a\"", "comment:// b"],
    );
    assert_rust("let r#fn = 1", &["keyword:let", "number:1"]);
}

#[test]
fn a_string_of_many_lines_is_one_though_lines_of_it_are_hidden() {
    let code = "# let s = \"one\n# two\nthree\n# four\";\nf();";
    assert_rust(
        code,
        &[
            "keyword:let",
            "string:\"one",
            "string:two",
            "string:three",
            "string:four\"",
        ],
    );
    let html = chapter(&format!("```rust\n{code}\n```\n"), &Settings::default());
    assert!(
        html.contains(
            "</span><span class=\"hljs-string\">three</span>&#10;<span class=\"boring\">"
        )
    );
}

#[test]
fn a_macro_is_told_from_a_comparison() {
    assert_rust("println!(\"\")", &["built_in:println", "string:\"\""]);
    assert_rust("a!=b", &[]);
    assert_rust(
        "macro_rules! m { ($type:ty, $x:expr) => { $crate::f!($type) } }",
        &[
            "keyword:macro_rules",
            "variable:type",
            "variable:x",
            "keyword:crate",
            "built_in:f",
            "variable:type",
        ],
    );
}

#[test]
fn an_attribute_is_one_thing_and_a_first_line_may_be_a_shebang() {
    assert_rust(
        "#![allow(unused)]\n#[derive(Debug, Clone)] struct S;",
        &[
            "meta:#![allow(unused)]",
            "meta:#[derive(Debug, Clone)]",
            "keyword:struct",
            "title:S",
        ],
    );
    assert_rust(
        "#!/usr/bin/env x\nfn f() {}",
        &["comment:#!/usr/bin/env x", "keyword:fn", "title:f"],
    );
    // Never closed: no attribute, and the rest is still read.
    assert_rust("#[a\nfn f() {}", &["keyword:fn", "title:f"]);
}

#[test]
fn capitals_make_types_and_all_capitals_constants() {
    assert_rust(
        "Arc::new(Some(MAX)); Ordering::SeqCst; E0; None::<T>",
        &[
            "type:Arc",
            "literal:Some",
            "type:Ordering",
            "type:SeqCst",
            "literal:None",
            "type:T",
        ],
    );
}

#[test]
fn a_message_is_told_from_its_frame() {
    let message = "error[E0382]: use of moved value: `a`\n --> [..]\n  |\n2 | let a = well-known - 1;\n  |     -   ^^^^ value used here\n  |     |\n  |     a well-known hint\n  = note: see above\nhelp: clone\n  |\n3 ~     a.clone();\n";
    assert_eq!(
        pieces("text,diagnostic", message),
        [
            "variable:error[E0382]:",
            "said:use of moved value: `a`",
            "comment:-->",
            "comment:|",
            "comment:2 |",
            "comment:|",
            "title:-",
            "variable:^^^^ value used here",
            "comment:|",
            "title:|",
            "comment:|",
            "title:a well-known hint",
            "comment:=",
            "title:note:",
            "said:see above",
            "title:help:",
            "said:clone",
            "comment:|",
            "comment:3 ~",
        ]
    );
    assert_eq!(pieces("text,output", message), [""; 0]);
}

#[test]
fn small_languages_have_what_they_need() {
    assert_eq!(
        pieces("sh", "# why\n$ cargo run --example x 'a # b'\nif true"),
        [
            "comment:# why",
            "meta:$",
            "built_in:cargo",
            "string:'a # b'",
            "keyword:if"
        ]
    );
    assert_eq!(
        pieces("toml", "[a.b]\nkey-x = \"v\" # c\nn = [1, true]"),
        [
            "section:[a.b]",
            "attr:key-x",
            "string:\"v\"",
            "comment:# c",
            "attr:n",
            "number:1",
            "literal:true"
        ]
    );
    assert_eq!(
        pieces("python", "def f(n):\n    '''a\n    b'''\n    return n-1"),
        [
            "keyword:def",
            "string:'''a",
            "string:b'''",
            "keyword:return",
            "number:1"
        ]
    );
    assert_eq!(pieces("brainfuck", "+ # \"a\""), [""; 0]);
}
