//! Text as HTML on one line: Markdown ends HTML at an empty line.

/// Text in an element or an attribute; no helper of mdBook's either.
pub(crate) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\n' => html.push_str("&#10;"),
            '{' => html.push_str("&#123;"),
            '\\' => html.push_str("&#92;"),
            _ => html.push(c),
        }
    }
    html
}

/// Inline code that no script colours.
pub(crate) fn code(text: &str) -> String {
    format!("<code class=\"nohighlight\">{}</code>", escaped(text))
}

/// JSON in a `<script>` element: nothing in it ends the element, or is a helper of mdBook's.
pub(crate) fn json(json: &str) -> String {
    // Outside of a string no two of these follow each other, and `<` is always inside.
    json.replace('<', "\\u003c").replace("{{", "{\\u007b")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_it_is_markup_or_a_helper() {
        let html = escaped("<b> {{#include a}} \n\n \"&\" \\{{");
        assert!(!html.contains(['<', '>', '"', '\n', '{', '\\']), "{html}");
        let json = json(r#"{"a":{"b":"</script> {{#title x}} {{{"}}"#);
        assert!(!json.contains('<') && !json.contains("{{"), "{json}");
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(read["a"]["b"], "</script> {{#title x}} {{{");
    }
}
