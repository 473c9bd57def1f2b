//! A fence's info string, and the element that mdBook would make of it.

use crate::lines::{self, Line};
use crate::relate::Related;
use crate::span::{self, Span, Wrap};
use crate::{Settings, diagnostic, rust, script};

/// What a fence's info string says.
pub struct Fence {
    language: Option<String>,
    flags: Vec<String>,
}

impl Fence {
    /// Takes an info string apart as mdBook does.
    pub fn new(info: &str) -> Self {
        let words = info.split([' ', '\t', ',']).filter(|word| !word.is_empty());
        let mut words = words.map(str::to_owned);
        Self {
            language: words.next(),
            flags: words.collect(),
        }
    }

    /// The block as HTML on one line; none where it is mdBook's to set.
    ///
    /// Line ends are references, so that no quote or list has to lead into a second line.
    ///
    /// Elements are put around parts of its text, and those around what is `related` to a program.
    pub fn html(
        &self,
        code: &str,
        settings: &Settings,
        related: Option<&Related>,
        wraps: Vec<Wrap>,
    ) -> Option<String> {
        if code.is_empty() || self.is_left_to_mdbook(settings) {
            return None;
        }
        let playground = self.is_playground(settings);
        let lines = self.lines(code, settings);
        let text: String = lines.iter().map(|line| line.text.as_str()).collect();
        let mut html = String::from("<pre");
        html.push_str(if playground {
            " class=\"playground\""
        } else {
            ""
        });
        html.push_str("><code class=\"");
        span::escape(&self.classes(playground, settings).join(" "), &mut html);
        html.push_str("\">");
        let start = html.len();
        let named = |line| related.and_then(|it| it.line(line));
        span::write(&lines, &self.spans(&text), wraps, named, &mut html);
        // mdBook would look for hidden lines again in an element that holds nothing but text.
        if !html[start..].contains('<') {
            html.insert_str(start, "<span>");
            html.push_str("</span>");
        }
        html.push_str("</code></pre>");
        Some(html)
    }

    /// Its lines as the page has them; those of Rust alone are told apart.
    pub fn lines(&self, code: &str, settings: &Settings) -> Vec<Line> {
        match self.language.as_deref() {
            Some("rust") if self.is_playground(settings) => lines::of_rust(&lines::with_main(code)),
            Some("rust") => lines::of_rust(code),
            _ => vec![Line::shown(code)],
        }
    }

    /// Whether it is a program that a message may speak of. To one that is run from the page lines
    /// may be added, which the message doesn't count.
    pub fn is_program(&self, settings: &Settings) -> bool {
        self.language.as_deref() == Some("rust")
            && !self.is_playground(settings)
            && !self.is_left_to_mdbook(settings)
    }

    /// Whether it is a compiler's message.
    pub fn is_message(&self) -> bool {
        self.language.as_deref() == Some("text") && self.has("diagnostic")
    }

    fn is_left_to_mdbook(&self, settings: &Settings) -> bool {
        let language = self.language.as_deref().unwrap_or_default();
        let hides = self.flags.iter().any(|it| it.starts_with("hidelines="))
            || settings.hidelines.contains(language);
        let edited = settings.editable && self.has("editable");
        edited || (hides && language != "rust")
    }

    fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|it| it == flag)
    }

    /// mdBook's rule for a run button.
    fn is_playground(&self, settings: &Settings) -> bool {
        let barred = ["ignore", "noplayground", "noplaypen"];
        let runnable = settings.runnable && !barred.iter().any(|flag| self.has(flag));
        self.language.as_deref() == Some("rust") && (runnable || self.has("mdbook-runnable"))
    }

    fn classes(&self, playground: bool, settings: &Settings) -> Vec<String> {
        let language = self.language.iter().map(|name| format!("language-{name}"));
        let mut classes: Vec<String> = language.chain(self.flags.iter().cloned()).collect();
        let own_edition = classes.iter().any(|class| class.starts_with("edition"));
        if let (true, false, Some(edition)) = (playground, own_edition, settings.edition) {
            classes.push(edition.to_owned());
        }
        classes.push("hljs".to_owned());
        classes
    }

    fn spans(&self, text: &str) -> Vec<Span> {
        match self.language.as_deref() {
            Some("rust") => rust::spans(text),
            Some("text") if self.is_message() => diagnostic::spans(text),
            Some(name) => script::spans(name, text),
            None => Vec::new(),
        }
    }
}
