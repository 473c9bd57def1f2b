//! The order of preprocessors, on which this one depends.

use serde_json::{Value, json};

fn run(preprocessors: Value, build: Value) -> Result<String, String> {
    let context = json!({
        "root": "",
        "renderer": "html",
        "mdbook_version": "0.5.4",
        "config": { "book": {}, "build": build, "preprocessor": preprocessors },
    });
    let input = json!([context, { "items": [] }]).to_string();
    highlight::run(input.as_bytes()).map_err(|error| error.to_string())
}

#[test]
fn each_preprocessor_of_the_pages_must_be_stated_to_run_first() {
    let with = |after: &[&str], other: Value| {
        run(
            json!({ "highlight": { "after": after }, "other": other }),
            json!({}),
        )
    };
    assert!(with(&["links", "other"], json!({})).is_ok());
    assert!(with(&["links"], json!({ "before": ["highlight"] })).is_ok());
    assert!(with(&["links"], json!({ "renderers": ["epub"] })).is_ok());
    for (after, other, missing) in [
        (&["links"][..], json!({}), "other"),
        (
            &["links"],
            json!({ "renderers": ["html", "test"] }),
            "other",
        ),
        (&["links"], json!({ "after": ["highlight"] }), "other"),
        (&["other"], json!({}), "links"),
    ] {
        let error = with(after, other).unwrap_err();
        assert!(
            error.contains(&format!("add \"{missing}\" to `after`")),
            "{error}"
        );
    }
}

#[test]
fn a_book_without_mdbooks_own_preprocessors_need_not_name_them() {
    let own = json!({ "use-default-preprocessors": false });
    assert!(run(json!({ "highlight": {} }), own).is_ok());
    assert!(run(json!({ "highlight": {} }), json!({})).is_err());
}

#[test]
fn what_is_no_book_is_refused() {
    let error = highlight::run("{}".as_bytes()).unwrap_err();
    assert!(matches!(error, highlight::Error::Input(_)), "{error}");
}
