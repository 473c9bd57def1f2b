//! The JSON is what docs/json.schema.json and the manual say.

use serde_json::{Value, json};

use crate::book_test::BookTest;

fn schema() -> Value {
    let text = include_str!("../../docs/json.schema.json");
    serde_json::from_str(text).unwrap()
}

/// The part of JSON Schema that the schema uses; any other keyword is a mistake here.
fn check(schema: &Value, root: &Value, value: &Value, at: &str) -> Result<(), String> {
    for (keyword, says) in schema.as_object().unwrap() {
        let holds = match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" => true,
            "$ref" => {
                let path = says.as_str().unwrap().strip_prefix('#').unwrap();
                check(root.pointer(path).unwrap(), root, value, at)?;
                true
            }
            "oneOf" => {
                let each = says.as_array().unwrap().iter();
                let causes: Vec<_> = each
                    .filter_map(|one| check(one, root, value, at).err())
                    .collect();
                match says.as_array().unwrap().len() - causes.len() {
                    1 => true,
                    0 => return Err(causes.join("; ")),
                    _ => false,
                }
            }
            "const" => value == says,
            "enum" => says.as_array().unwrap().contains(value),
            "type" => match says {
                Value::Array(types) => types.iter().any(|one| is(value, one)),
                one => is(value, one),
            },
            "minimum" => value.as_u64().is_none_or(|n| n >= says.as_u64().unwrap()),
            "pattern" => {
                let pattern = regex::Regex::new(says.as_str().unwrap()).unwrap();
                value.as_str().is_none_or(|text| pattern.is_match(text))
            }
            "items" => {
                for item in value.as_array().into_iter().flatten() {
                    check(says, root, item, at)?;
                }
                true
            }
            "required" => says
                .as_array()
                .unwrap()
                .iter()
                .all(|key| value.get(key.as_str().unwrap()).is_some()),
            "properties" => {
                for (key, schema) in says.as_object().unwrap() {
                    if let Some(value) = value.get(key) {
                        check(schema, root, value, key)?;
                    }
                }
                true
            }
            "additionalProperties" => {
                assert_eq!(says, &json!(false));
                let known = schema["properties"].as_object().unwrap();
                let keys = value
                    .as_object()
                    .into_iter()
                    .flat_map(|object| object.keys());
                keys.into_iter().all(|key| known.contains_key(key))
            }
            other => panic!("the keyword {other}"),
        };
        if !holds {
            return Err(format!("{at}: {keyword} is not true of {value}"));
        }
    }
    Ok(())
}

fn is(value: &Value, kind: &Value) -> bool {
    match kind.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "null" => value.is_null(),
        other => panic!("the type {other}"),
    }
}

/// A book of which every kind of line comes.
fn book() -> BookTest {
    let chapter = "```text,output\nstray\n```\n\n```rust\nprintln!(\"one\");\n```\n\n```text,output\ntwo\n```\n\n```rust,compile_fail,E0382\nlet a: i32 = \"\";\n```\n\n```text,diagnostic\n```\n\n```rust\nloop {}\n```\n\n```rust,ignore\n1;\n```\n\n```rs\n1;\n```\n\n```rust,should-panic\n1;\n```\n\n{{#include gone.md}}\n\n```rust\nuse gone::Gone;\n```\n";
    BookTest::new(chapter)
        .file("src/SUMMARY.md", "- [A](a.md)\n- [B](b.md)\n")
        .rules("stale-ignore = \"error\"")
}

fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn every_line_is_as_the_schema_says() {
    let (book, schema) = (book(), schema());
    let checked = book.check(&["--format", "json", "--timeout", "2"]).code(1);
    let listed = book.run(&["list", "--format", "json"]).code(0);
    let blessed = book.check(&["--format", "json", "--bless", "--filter", "a.md:5"]);
    let mut seen = std::collections::BTreeSet::new();
    for line in [checked, listed, blessed]
        .iter()
        .flat_map(|ended| lines(&ended.stdout))
    {
        check(&schema, &schema, &line, "line").unwrap_or_else(|cause| panic!("{cause}\n{line}"));
        for key in ["kind", "status", "rule"] {
            seen.extend(line[key].as_str().map(|value| format!("{key} {value}")));
        }
        seen.extend((line["blessed"] == true).then(|| "blessed".to_owned()));
    }
    for expected in [
        "kind include",
        "kind chapter",
        "kind diagnostic",
        "status not_rust",
        "status timeout",
        "rule stale-ignore",
        "rule missing-crate",
        "blessed",
    ] {
        assert!(seen.contains(expected), "no {expected} among {seen:#?}");
    }
}

#[test]
fn a_line_that_is_otherwise_is_refused() {
    let schema = schema();
    let lines = lines(&book().check(&["--format", "json", "--timeout", "2"]).stdout);
    let refused = |line: &Value| check(&schema, &schema, line, "line").is_err();
    for line in &lines {
        for key in line.as_object().unwrap().keys() {
            let mut other = line.clone();
            other.as_object_mut().unwrap().remove(key);
            assert!(refused(&other), "without {key}: {other}");
            let mut other = line.clone();
            other[key] = json!(-1.5);
            assert!(refused(&other), "another {key}: {other}");
        }
        let mut other = line.clone();
        other["more"] = json!(1);
        assert!(refused(&other), "{other}");
    }
}

#[test]
fn the_schema_names_every_rule() {
    let schema = schema();
    let named = schema["$defs"]["verdict"]["properties"]["rule"]["enum"].as_array();
    let named: Vec<_> = named.unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(
        named,
        mdbook_verdict::Rule::ALL.map(mdbook_verdict::Rule::name)
    );
}

#[test]
fn the_manual_documents_every_key() {
    let readme = include_str!("../../README.md");
    let (_, section) = readme.split_once("\n## JSON\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let schema = schema();
    for kind in ["header", "verdict", "listed"] {
        for key in schema["$defs"][kind]["properties"]
            .as_object()
            .unwrap()
            .keys()
        {
            assert!(section.contains(&format!("`{key}`")), "{kind}: {key}");
        }
    }
}
