//! A built page's text as XHTML: without what needs scripts, and with its links inside of the EPUB.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use anyhow::{Context as _, Result, bail};
use html5ever::tendril::TendrilSink as _;
use html5ever::{Attribute, LocalName, QualName, ns, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// The pages that may be linked to, with the names that they have in the book.
pub type Links = BTreeMap<String, String>;

/// What a chapter's file holds, and what others need to know of it.
#[derive(Debug)]
pub struct Chapter {
    /// What goes into its body.
    pub body: String,
    /// Whether there is a drawing in it.
    pub drawn: bool,
    /// What can be linked to.
    pub ids: BTreeSet<String>,
    /// The pages and anchors that it links to.
    pub anchors: BTreeSet<(String, String)>,
}

impl Chapter {
    /// Takes the text out of a built page; `name` is its path in the book.
    ///
    /// # Errors
    ///
    /// If the page has no main part, or links to what is not in the book.
    pub fn of_page(html: &str, name: &str, links: &Links) -> Result<Self> {
        let dom = parse_document(RcDom::default(), Default::default()).one(html);
        let main = find(&dom.document, "main").context("no main part")?;
        let mut writer = Writer {
            name,
            links,
            chapter: Chapter {
                body: String::new(),
                drawn: false,
                ids: BTreeSet::new(),
                anchors: BTreeSet::new(),
            },
        };
        writer.children(&main)?;
        Ok(writer.chapter)
    }
}

fn find(node: &Handle, wanted: &str) -> Option<Handle> {
    if let NodeData::Element { name, .. } = &node.data
        && &*name.local == wanted
    {
        return Some(node.clone());
    }
    let children = node.children.borrow();
    children.iter().find_map(|child| find(child, wanted))
}

/// What has no content, and no end tag in HTML.
const EMPTY: &[&str] = &["br", "hr", "img", "wbr", "col"];

/// What is there for scripts, or is a control that does nothing without.
const DROPPED: &[&str] = &[
    "button", "form", "input", "link", "noscript", "output", "script", "style", "template",
];

/// Classes of what a reader doesn't see on the page either, or can't use here.
const HIDDEN: &[&str] = &["boring", "explorer", "quiz-check", "buttons"];

struct Writer<'w> {
    name: &'w str,
    links: &'w Links,
    chapter: Chapter,
}

impl Writer<'_> {
    fn children(&mut self, node: &Handle) -> Result<()> {
        node.children
            .borrow()
            .iter()
            .try_for_each(|child| self.node(child))
    }

    fn node(&mut self, node: &Handle) -> Result<()> {
        match &node.data {
            NodeData::Text { contents } => {
                escape(&mut self.chapter.body, &contents.borrow());
                Ok(())
            }
            NodeData::Element { name, attrs, .. } => self.element(node, name, &attrs.borrow()),
            _ => Ok(()),
        }
    }

    fn element(&mut self, node: &Handle, name: &QualName, attrs: &[Attribute]) -> Result<()> {
        let classes = attribute(attrs, "class").unwrap_or_default();
        let has = |class: &str| classes.split_whitespace().any(|it| it == class);
        if DROPPED.contains(&&*name.local) || HIDDEN.iter().any(|class| has(class)) {
            return Ok(());
        }
        // A heading that links to itself is of no use where there is no address bar, and a hidden
        // line that a message links to isn't here.
        if &*name.local == "a" && (has("header") || has("to-line")) {
            return self.children(node);
        }
        let tag = plain(&name.local);
        let _ = write!(self.chapter.body, "<{tag}");
        if name.ns == ns!(svg) && tag == "svg" {
            self.chapter.drawn = true;
            self.chapter
                .body
                .push_str(" xmlns=\"http://www.w3.org/2000/svg\"");
        }
        if let Some(class) = class_for(&name.local) {
            let _ = write!(self.chapter.body, " class=\"{class}\"");
        }
        for attribute in attrs {
            self.attribute(&name.local, attribute)?;
        }
        if EMPTY.contains(&tag) {
            self.chapter.body.push_str("/>");
            return Ok(());
        }
        self.chapter.body.push('>');
        self.children(node)?;
        let _ = write!(self.chapter.body, "</{tag}>");
        Ok(())
    }

    fn attribute(&mut self, element: &LocalName, attribute: &Attribute) -> Result<()> {
        let (name, value) = (&*attribute.name.local, &*attribute.value);
        let for_scripts = name.starts_with("data-") || name == "xmlns";
        if for_scripts || (name == "class" && class_for(element).is_some()) {
            return Ok(());
        }
        let value = match name {
            "href" => self.link(value)?,
            "id" => {
                self.chapter.ids.insert(value.to_owned());
                value.to_owned()
            }
            // Not every reader knows variables; on paper and here the ground is white.
            "fill" | "style" => value
                .replace("var(--bg, Canvas)", "#fff")
                .replace("var(--bg,Canvas)", "#fff"),
            _ => value.to_owned(),
        };
        let _ = write!(self.chapter.body, " {name}=\"");
        escape(&mut self.chapter.body, &value);
        self.chapter.body.push('"');
        Ok(())
    }

    /// Where a link leads in the EPUB.
    fn link(&mut self, address: &str) -> Result<String> {
        if address.contains("://") || address.starts_with("mailto:") {
            return Ok(address.to_owned());
        }
        let (file, anchor) = match address.split_once('#') {
            Some((file, anchor)) => (file, Some(anchor)),
            None => (address, None),
        };
        let target = match file {
            "" => self.name.to_owned(),
            _ => beside(self.name, file),
        };
        let Some(target) = self.links.get(&target) else {
            bail!("{address} leads to no page of the EPUB");
        };
        if let Some(anchor) = anchor {
            let anchor = (target.clone(), anchor.to_owned());
            self.chapter.anchors.insert(anchor);
        }
        if file.is_empty() {
            return Ok(address.to_owned());
        }
        let up = "../".repeat(self.name.matches('/').count());
        let anchor = anchor.map(|it| format!("#{it}")).unwrap_or_default();
        Ok(format!("{up}{}{anchor}", file_name(target)))
    }
}

/// The name in the EPUB of what is this page in the book.
pub fn file_name(page: &str) -> String {
    format!("{}.xhtml", page.trim_end_matches(".html"))
}

/// Escapes text, also for attributes.
pub fn escape(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}

/// A quiz's question and choices are text here, not controls.
fn plain(element: &str) -> &str {
    match element {
        "fieldset" => "div",
        "legend" => "p",
        "label" => "span",
        other => other,
    }
}

fn class_for(element: &LocalName) -> Option<&'static str> {
    match &**element {
        "fieldset" => Some("question"),
        "legend" => Some("asked"),
        "label" => Some("choice"),
        _ => None,
    }
}

fn attribute<'a>(attrs: &'a [Attribute], name: &str) -> Option<&'a str> {
    let found = attrs.iter().find(|it| &*it.name.local == name);
    found.map(|it| &*it.value)
}

/// The path of a file that is named from a page.
fn beside(page: &str, file: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in file.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
