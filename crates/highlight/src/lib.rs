//! Highlights the code of an mdBook when it is built, so that no page brings a highlighter along.
//!
//! mdBook sends highlight.js with every page, about half of a first visit, and colours code only
//! where scripts run. This preprocessor writes the spans into the page instead, with highlight.js's
//! class names, so that mdBook's themes colour them:
//!
//! ```toml
//! [preprocessor.highlight]
//! command = "highlight"
//! after = ["links"] # and every other preprocessor of the book
//! renderers = ["html"]
//! ```
//!
//! A fence comes out as one line of HTML, which any quote or list can hold:
//!
//! ```
//! let html = highlight::chapter("```rust\nlet n = 1;\n```\n", &highlight::Settings::default());
//! assert_eq!(
//!     html,
//!     "<pre><code class=\"language-rust hljs\"><span class=\"hljs-keyword\">let</span> n = \
//!      <span class=\"hljs-number\">1</span>;</code></pre>\n"
//! );
//! ```
//!
//! What mdBook makes of a fence is kept: the classes of the info string, hidden lines, and under
//! `playground.runnable` the edition, the run button's class and the implicit `main`. The text of a
//! block is the same to the letter. Indented code, fences with the `editable` class where the
//! editor is on, and languages whose lines the book hides by a prefix of its own are left to
//! mdBook.
//!
//! A compiler's message (`text,diagnostic`) that stands with its program in a group of
//! mdbook-verdict's, `<div class="verdict" id="...">`, is related to it: what a message points at
//! has the classes of the words about it, and the number of a quoted line is a link to the line.
//! How that looks is up to the book's style sheet; without one it is a link.
//!
//! ```
//! let page = "<div class=\"verdict\" id=\"one\">\n\n```rust\nf(x);\n```\n\n\
//!     ```text,diagnostic\n  |\n1 | f(x);\n  |   ^ not found\n```\n\n</div>\n";
//! let html = highlight::chapter(page, &highlight::Settings::default());
//! assert!(html.contains("f(<span class=\"m1 primary\">x</span>);"));
//! assert!(html.contains("<a class=\"to-line\" href=\"#one-l1\" aria-label=\"line 1\">"));
//! ```
//!
//! What another preprocessor writes after this one would not be highlighted, and what it looks for
//! would be gone. So the order must be stated, and a book that leaves it open is refused:
//!
//! ```
//! # use serde_json::json;
//! let config = json!({ "book": {}, "preprocessor": {
//!     "highlight": { "after": ["links"] },
//!     "figures": {},
//! }});
//! let context = json!({ "root": "", "config": config, "renderer": "html", "mdbook_version": "0.5.4" });
//! let input = json!([context, { "items": [] }]).to_string();
//! let refused = highlight::run(input.as_bytes()).unwrap_err();
//! assert!(refused.to_string().contains("add \"figures\" to `after`"));
//! ```

mod chapter;
mod diagnostic;
mod error;
mod fence;
mod lines;
mod preprocess;
mod quotation;
mod relate;
mod rust;
mod script;
mod settings;
mod span;

pub use chapter::chapter;
pub use error::Error;
pub use preprocess::{HighlightPreprocessor, run};
pub use settings::Settings;
