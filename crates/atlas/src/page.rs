//! The table as it stands on the page: HTML that is a plain table without scripts.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::bound::Bound;
use crate::marker::Trait;
use crate::reason::{Reason, shown};
use crate::table::{Atlas, Column, Row};
use crate::{Error, REASON};

impl Atlas {
    /// The table, and the controls that a script may show.
    ///
    /// # Errors
    ///
    /// If a row leads to a chapter, or a heading of one, that isn't in `src` under `root`.
    pub fn page(&self, root: &Path) -> Result<String, Error> {
        let mut page = String::from("<!-- Written by `cargo xtask atlas`; not to be edited. -->\n");
        self.write_summary(&mut page);
        page.push_str(&self.controls());
        page.push_str(HEAD);
        let names = self.names();
        let mut group = "";
        for (row, name) in self.rows.iter().zip(names) {
            if row.entry.group != group {
                if !group.is_empty() {
                    page.push_str("</tbody>\n");
                }
                group = &row.entry.group;
                writeln!(
                    page,
                    "<tbody>\n<tr><th colspan=\"5\" scope=\"rowgroup\">{group}</th></tr>"
                )
                .expect("a string");
            }
            self.write_row(&mut page, row, &name, root)?;
        }
        page.push_str("</tbody>\n</table>\n</div>\n");
        Ok(page)
    }

    fn write_summary(&self, page: &mut String) {
        let count = |which, word: &str| {
            let words = self
                .rows
                .iter()
                .map(|row| first_word(&row.column(which).bound));
            words.filter(|first| first == word).count()
        };
        let counts = Trait::ALL.map(|which| {
            let [always, bound, never] = ["always", "if", "never"].map(|word| count(which, word));
            format!("`{which}` always in {always}, under a condition in {bound}, never in {never}")
        });
        let version = self.version.split_whitespace().take(2).collect::<Vec<_>>();
        write!(
            page,
            "{} types in {} rows: {}.\nThe compiler asked is {}\nfor `{}`, crossbeam's version {}.\n\n",
            self.types(),
            self.rows.len(),
            counts.join("; "),
            version.join(" "),
            self.host,
            self.crossbeam,
        )
        .expect("a string");
    }

    fn controls(&self) -> String {
        let mut text = String::from(
            "<form class=\"atlas-filter\" autocomplete=\"off\" hidden>\n<label>Find in types and reasons <input type=\"search\" spellcheck=\"false\"></label>\n",
        );
        let homes = ["language", "core", "alloc", "std", "crossbeam"];
        let answers = ["always", "if", "never"];
        let sets: [(&str, usize, &[&str]); 3] = [
            ("Send", 2, &answers),
            ("Sync", 3, &answers),
            ("From", 1, &homes),
        ];
        for (legend, column, values) in sets {
            write!(
                text,
                "<fieldset data-column=\"{column}\"><legend>{legend}</legend>"
            )
            .expect("a string");
            for value in values {
                write!(
                    text,
                    " <label><input type=\"checkbox\" value=\"{value}\" checked>{value}</label>"
                )
                .expect("a string");
            }
            text.push_str("</fieldset>\n");
        }
        let rows = self.rows.len();
        writeln!(
            text,
            "<output aria-live=\"polite\">{rows} of {rows} rows</output>\n</form>\n"
        )
        .expect("a string");
        text
    }

    fn write_row(
        &self,
        page: &mut String,
        row: &Row,
        name: &str,
        root: &Path,
    ) -> Result<(), Error> {
        writeln!(
            page,
            "<tr>\n<th scope=\"row\"><a href=\"{}\">{name}</a></th>\n<td>{}</td>\n<td>{}</td>\n<td>{}</td>\n{REASON}{}</td>\n</tr>",
            self.href(row, root)?,
            row.from,
            bound(&row.send.bound),
            bound(&row.sync.bound),
            why(row),
        )
        .expect("a string");
        Ok(())
    }

    /// How each row's types are shown: with as much of the path as tells them from others.
    fn names(&self) -> Vec<String> {
        let all: Vec<&String> = self.rows.iter().flat_map(|row| &row.entry.types).collect();
        let unique = |of: &String, modules: usize| {
            let short = last_modules(of, modules);
            let head = short.split('<').next();
            let same = |other: &&&String| last_modules(other, modules).split('<').next() == head;
            (all.iter().filter(same).count() == 1).then_some(short)
        };
        let name = |of: &String| {
            let shortest = (0..=2).find_map(|modules| unique(of, modules));
            let plain = shown(
                &shortest
                    .unwrap_or_else(|| of.clone())
                    .replace("::", "\u{1}"),
            );
            code(&plain.replace('\u{1}', "::"))
        };
        let names = |row: &Row| {
            row.entry
                .types
                .iter()
                .map(name)
                .collect::<Vec<_>>()
                .join(", ")
        };
        self.rows.iter().map(names).collect()
    }

    /// Where a row leads: its chapter, or else the documentation.
    fn href(&self, row: &Row, root: &Path) -> Result<String, Error> {
        let link = &row.entry.link;
        let about = &row.entry.types[0];
        if let Some((file, rest)) = link.split_once(".md") {
            let text = fs::read_to_string(root.join(format!("src/{file}.md")));
            let summary = fs::read_to_string(root.join("src/SUMMARY.md")).unwrap_or_default();
            let has = |text: String| {
                let wanted = rest.trim_start_matches('#');
                wanted.is_empty()
                    || text
                        .lines()
                        .any(|line| slug(line).as_deref() == Some(wanted))
            };
            if !summary.contains(&format!("({file}.md)")) || !text.is_ok_and(has) {
                return Err(Error::NoChapter {
                    about: about.clone(),
                    link: link.clone(),
                });
            }
            let near = link.strip_prefix("threads/").map(str::to_owned);
            return Ok(near.unwrap_or_else(|| format!("../{link}")));
        }
        if link.contains('/') {
            return Ok(format!("https://doc.rust-lang.org/{link}.html"));
        }
        let path = about.split('<').next().unwrap_or(about);
        let (modules, last) = path.rsplit_once("::").unwrap_or(("std", path));
        let page = match link.contains('.') {
            true => format!("{link}.html"),
            false => format!("{link}.{last}.html"),
        };
        let modules = modules.replace("::", "/");
        let Some(module) = modules.strip_prefix("crossbeam/") else {
            return Ok(format!("https://doc.rust-lang.org/{modules}/{page}"));
        };
        // crossbeam's own pages only lead on to those of the crate that a type is defined in.
        let head = row.heads.first().map(String::as_str).unwrap_or_default();
        let home = head.split("::").next().unwrap_or_default();
        let folder = match home.strip_prefix("crossbeam_") == Some(module) {
            true => home.to_owned(),
            false => format!("{home}/{module}"),
        };
        let package = home.replace('_', "-");
        Ok(format!("https://docs.rs/{package}/latest/{folder}/{page}"))
    }
}

const HEAD: &str = "<div class=\"table-wrapper atlas\">\n<table>\n<thead><tr><th scope=\"col\">Type</th><th scope=\"col\">From</th><th scope=\"col\">Send</th><th scope=\"col\">Sync</th><th scope=\"col\">Why</th></tr></thead>\n";

/// A type with at most so many of its path's modules; of what is no path, all of them gone.
fn last_modules(of: &str, modules: usize) -> String {
    let (path, rest) = of.split_at(of.find(['<', ' ']).unwrap_or(of.len()));
    let segments: Vec<&str> = path.split("::").collect();
    if segments.len() == 1 {
        return shown(of);
    }
    let from = segments.len().saturating_sub(modules + 1);
    format!("{}{rest}", segments[from..].join("::"))
}

/// mdBook's id of a heading, if the line is one.
fn slug(line: &str) -> Option<String> {
    let heading = line.strip_prefix('#')?.trim_start_matches('#').trim();
    let kept = heading.to_lowercase().replace(' ', "-");
    let is_kept = |c: &char| c.is_alphanumeric() || ['-', '_'].contains(c);
    Some(kept.chars().filter(is_kept).collect())
}

fn first_word(bound: &Bound) -> String {
    let text = bound.to_string();
    text.split(' ').next().unwrap_or_default().to_owned()
}

fn bound(bound: &Bound) -> String {
    let text = bound.to_string();
    match text.strip_prefix("if ") {
        Some(demands) => {
            let demands: Vec<_> = demands.split(", ").map(code).collect();
            format!("if {}", demands.join(", "))
        }
        None => text,
    }
}

/// The compiler's reasons, then our own words, marked as such.
fn why(row: &Row) -> String {
    let [send, sync] = Trait::ALL.map(|which| named(which, row.column(which)));
    let mut parts = Vec::new();
    match (send, sync) {
        (Some(send), Some(sync)) if send == sync => parts.push(send),
        (send, sync) => {
            parts.extend(send.map(|reasons| format!("<code>Send</code>: {reasons}")));
            parts.extend(sync.map(|reasons| format!("<code>Sync</code>: {reasons}")));
        }
    }
    if !row.entry.words.is_empty() {
        let pieces = row.entry.words.split('`').enumerate();
        let words: String = pieces
            .map(|(number, piece)| match number % 2 {
                0 => escaped(piece),
                _ => code(piece),
            })
            .collect();
        parts.push(format!("<i>Ours:</i> {words}"));
    }
    parts.join("<br>")
}

/// The reasons for one trait in a line: ways that differ only in their last step are one.
fn named(which: Trait, column: &Column) -> Option<String> {
    let mut ways: Vec<String> = Vec::new();
    let mut ends: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for reason in &column.reasons {
        let (way, end) = sentence(which, reason);
        if !ways.contains(&way) {
            ways.push(way.clone());
        }
        let ends = ends.entry(way).or_default();
        if !ends.contains(&end) {
            ends.push(end);
        }
    }
    let lines = ways
        .iter()
        .map(|way| format!("{way}{}", ends[way].join(", ")));
    let text = lines.collect::<Vec<_>>().join("; ");
    (!text.is_empty()).then_some(text)
}

/// A reason as its way, and the end of it.
fn sentence(which: Trait, reason: &Reason) -> (String, String) {
    let Some((last, before)) = reason.way.split_last() else {
        return ("the type itself".to_owned(), String::new());
    };
    let mut way = match reason.own_impl {
        true => "its impl".to_owned(),
        false => "holds ".to_owned(),
    };
    let mut steps: Vec<String> = before
        .iter()
        .map(|step| {
            format!(
                "{}{} › ",
                code(&step.name),
                if step.by_impl { " impl" } else { "" }
            )
        })
        .collect();
    // Of a long way, the start and the end.
    if steps.len() > 3 {
        steps.splice(1..steps.len() - 1, ["… › ".to_owned()]);
    }
    let is_parameter = last.name.len() == 1;
    if reason.own_impl {
        if is_parameter && steps.is_empty() {
            return (way, String::new());
        }
        way.push_str(" › ");
    }
    way.push_str(&steps.concat());
    let lacks = match is_parameter || reason.lacks == which {
        true => String::new(),
        false => format!(", not {}", code(&reason.lacks.to_string())),
    };
    (way, format!("{}{lacks}", code(&last.name)))
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", escaped(text))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
