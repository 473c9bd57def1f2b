//! mdBook 0.5's JSON as mdBook 0.4 would have written it, and back.

use crate::Error;
use serde_json::{Value, json};

/// Turns `[context, book]` of mdBook 0.5 into that of mdBook 0.4.
///
/// Three things differ. Settings that are unset arrive as `null`, which 0.4
/// can't hold in a TOML value; the book's `items` were called `sections`; and
/// 0.4 asks for a member `__non_exhaustive`.
///
/// # Errors
/// [`Error::Input`] if this is no context and book of mdBook 0.5.
pub fn to_mdbook_04(input: &Value) -> Result<Value, Error> {
    let [context, book] = input.as_array().map(Vec::as_slice).unwrap_or_default() else {
        return Err(Error::Input("a list of context and book".to_owned()));
    };
    let mut context = context.clone();
    let config = context
        .get_mut("config")
        .ok_or_else(|| Error::Input("the context has no `config`".to_owned()))?;
    strip_nulls(config);
    let Some(items) = book.get("items").filter(|items| items.is_array()) else {
        let old = book.get("sections").is_some();
        return Err(Error::Input(if old {
            "`sections` is mdBook 0.4's; run mdbook-admonish itself there".to_owned()
        } else {
            "the book has no list `items`".to_owned()
        }));
    };
    Ok(json!([context, { "sections": items, "__non_exhaustive": null }]))
}

/// Turns a book of mdBook 0.4 into one of mdBook 0.5.
///
/// # Errors
/// [`Error::Input`] if the book has no `sections`.
pub fn to_mdbook_05(mut book: Value) -> Result<Value, Error> {
    match book.get_mut("sections") {
        Some(sections) => Ok(json!({ "items": sections.take() })),
        None => Err(Error::Input("the book has no `sections`".to_owned())),
    }
}

fn strip_nulls(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|_, member| !member.is_null());
            members.values_mut().for_each(strip_nulls);
        }
        Value::Array(elements) => {
            elements.retain(|element| !element.is_null());
            elements.iter_mut().for_each(strip_nulls);
        }
        _ => {}
    }
}
