//! Lists blocks and what each promises, without compiling any.

use std::io::{self, Write};

use serde_json::json;

use crate::blocks::Block;
use crate::plan::Promise;

/// Writes a line for each block, and below it one for each of its result fences; the promises stand
/// in one column.
///
/// # Errors
///
/// If it can't be written.
pub fn list(blocks: &[&Block], mut out: impl Write) -> io::Result<()> {
    let mut lines = Vec::new();
    for block in blocks {
        lines.push((block.name.clone(), Promise::of(block).words()));
        for fence in &block.fences {
            let place = &fence.location;
            let name = format!("{}:{}", place.shown_file(), place.line);
            lines.push((name, format!("  {}", fence.tag.written())));
        }
    }
    let width = lines.iter().map(|(name, _)| name.chars().count()).max();
    let width = width.unwrap_or(0);
    for (name, promise) in lines {
        writeln!(out, "{name:width$}  {promise}")?;
    }
    out.flush()
}

/// The same as JSON: a first line with the format's version and the number of blocks, then an
/// object a line.
///
/// # Errors
///
/// If it can't be written.
pub fn list_json(blocks: &[&Block], mut out: impl Write) -> io::Result<()> {
    let header = json!({ "version": crate::report::VERSION, "blocks": blocks.len() });
    writeln!(out, "{header}")?;
    for block in blocks {
        let promise = Promise::of(block);
        let line = json!({
            "file": block.location.shown_file(),
            "line": block.location.line,
            "column": block.location.column,
            "name": block.name,
            "kind": "block",
            "tags": block.info,
            "promise": promise.name(),
            "codes": block.tags.codes,
            "edition": block.edition.year(),
        });
        writeln!(out, "{line}")?;
        for fence in &block.fences {
            let line = json!({
                "file": fence.location.shown_file(),
                "line": fence.location.line,
                "column": fence.location.column,
                "name": block.name,
                "kind": fence.tag.kind,
                "tags": fence.tag.written(),
                "promise": null,
                "codes": [],
                "edition": null,
            });
            writeln!(out, "{line}")?;
        }
    }
    out.flush()
}
