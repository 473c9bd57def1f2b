//! book.toml: a mistake is named with its line, its key, and what may be meant.

use crate::book_test::BookTest;

#[track_caller]
fn refused(toml: &str, why: &str) {
    let ended = BookTest::new("").file("book.toml", toml).check(&[]).code(2);
    assert_eq!(ended.stdout, "");
    let said = ended.stderr.trim_end();
    assert_eq!(said, format!("error: ./book.toml: {why}"));
}

#[test]
fn an_unknown_key_is_named_with_the_one_that_is_meant() {
    refused(
        "[book]\n\n[preprocessor.verdict]\ntime-out = 3\n",
        "line 4: [preprocessor.verdict] time-out: no such key; is `timeout` meant?",
    );
    refused(
        "[preprocessor.verdict]\ncommand = \"x\"\nmanifset = \"a\"\n",
        "line 3: [preprocessor.verdict] manifset: no such key; is `manifest` meant?",
    );
    refused(
        "[preprocessor.verdict]\nrender = [\"html\"]\n",
        "line 2: [preprocessor.verdict] render: no such key; is `renderer` meant?",
    );
    refused(
        "[preprocessor.verdict]\ncolour = true\n",
        "line 2: [preprocessor.verdict] colour: no such key; there are manifest, timeout, verify, cache, error-codes, playground, file-url-template, rules",
    );
    refused(
        "[preprocessor.verdict]\nunknown-tag = \"error\"\n",
        "line 2: [preprocessor.verdict] unknown-tag: no such key; rules stand in [preprocessor.verdict.rules]",
    );
}

#[test]
fn an_unknown_rule_is_named_with_the_one_that_is_meant() {
    refused(
        "[preprocessor.verdict.rules]\noutput = \"warn\"\nexact_code = \"warn\"\n",
        "line 3: [preprocessor.verdict.rules] exact_code: there is no such rule; is `exact-codes` meant?",
    );
    let all = mdbook_verdict::Rule::ALL.map(mdbook_verdict::Rule::name);
    refused(
        "[preprocessor.verdict]\nrules = { everything = \"warn\" }\n",
        &format!(
            "line 2: [preprocessor.verdict.rules] everything: there is no such rule; there are {}",
            all.join(", ")
        ),
    );
}

#[test]
fn a_value_of_the_wrong_type_is_named_with_what_it_must_be() {
    for (key, why) in [
        (
            "timeout = \"3\"",
            "timeout: it must be a number of seconds, not a string",
        ),
        (
            "timeout = [3]",
            "timeout: it must be a number of seconds, not an array",
        ),
        ("timeout = 0", "timeout: 0 seconds are no time limit"),
        ("timeout = -1.5", "timeout: -1.5 seconds are no time limit"),
        ("timeout = inf", "timeout: inf seconds are no time limit"),
        (
            "file-url-template = \"https://example.org/\"",
            "file-url-template: `https://example.org/` is no address with a `{path}` in it, such as https://example.org/files/{path}",
        ),
        (
            "manifest = 3",
            "manifest: it must be a path, as a string, not an integer",
        ),
        (
            "cache = true",
            "cache: it must be a path, as a string, not a boolean",
        ),
        (
            "verify = \"yes\"",
            "verify: it must be true or false, not a string",
        ),
        (
            "rules = \"warn\"",
            "rules: it must be a table, not a string",
        ),
    ] {
        refused(
            &format!("[preprocessor.verdict]\nbefore = [\"links\"]\n{key}\n"),
            &format!("line 3: [preprocessor.verdict] {why}"),
        );
    }
    for (value, why) in [
        ("\"loud\"", "not \"loud\""),
        ("true", "not a boolean"),
        ("1.5", "not a float"),
    ] {
        refused(
            &format!("[preprocessor.verdict.rules]\n# a comment\noutput = {value}\n"),
            &format!(
                "line 3: [preprocessor.verdict.rules] output: it must be \"off\", \"warn\" or \"error\", {why}"
            ),
        );
    }
}

#[test]
fn a_books_own_keys_are_checked_where_they_are_used() {
    refused(
        "[rust]\nedition = \"2020\"\n",
        "line 2: [rust] edition: `2020` is no edition of Rust",
    );
    refused(
        "[rust]\nedition = 2021\n",
        "line 2: [rust] edition: it must be a string, not an integer",
    );
    refused(
        "[book]\nsrc = [\"a\"]\n",
        "line 2: [book] src: it must be a path, as a string, not an array",
    );
    refused(
        "preprocessor = 3\n",
        "line 1: preprocessor: it must be a table, not an integer",
    );
    refused(
        "[preprocessor]\nverdict = true\n",
        "line 2: [preprocessor] verdict: it must be a table, not a boolean",
    );
    BookTest::new("")
        .file(
            "book.toml",
            "[book]\ntitle = 3\n[output.html]\nx = 1\n[preprocessor.other]\ntime-out = 3\n",
        )
        .check(&[])
        .passed(0);
}

#[test]
fn what_is_no_toml_is_named_with_its_line() {
    let ended = BookTest::new("").file("book.toml", "[book]\n\n[rust\n");
    ended
        .check(&[])
        .code(2)
        .says("error: ./book.toml: line 3: ");
}

#[test]
fn numbers_may_be_written_as_toml_writes_them() {
    for timeout in ["3", "1_000", "0.5", "1e1", "+2"] {
        BookTest::new("```rust\n1;\n```\n")
            .config(&format!("timeout = {timeout}"))
            .check(&[])
            .passed(1);
    }
}
