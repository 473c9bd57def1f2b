//! Source text that knows the file, line and column of its every part.

use std::fmt;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A place in a source file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The file, relative to the book's root where it lies inside it.
    pub file: PathBuf,
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
}

impl Location {
    /// The file's name with `/` on every system.
    pub fn shown_file(&self) -> String {
        self.file.display().to_string().replace('\\', "/")
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.shown_file(), self.line, self.column)
    }
}

/// One file as it was read.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Where it is on disk.
    pub path: PathBuf,
    /// How reports name it: relative to the book's root where it lies inside it.
    pub shown: PathBuf,
    /// Its text.
    pub text: String,
}

impl SourceFile {
    /// The line and column (both from 1, columns in characters) of a byte offset.
    fn location(&self, offset: usize) -> Location {
        let before = &self.text[..floor_boundary(&self.text, offset)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Location {
            file: self.shown.clone(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// From `start` on, the text continues `file` from `offset`.
#[derive(Debug, Clone)]
struct Segment {
    start: usize,
    file: Arc<SourceFile>,
    offset: usize,
}

/// A text made of parts of files.
#[derive(Debug, Clone, Default)]
pub struct Text {
    pub(crate) text: String,
    segments: Vec<Segment>,
}

impl Text {
    /// A whole file, as it is.
    pub fn whole(file: Arc<SourceFile>) -> Self {
        Text {
            text: file.text.clone(),
            segments: vec![Segment {
                start: 0,
                file,
                offset: 0,
            }],
        }
    }

    /// A text that will be made of parts of another; until then it has that one's place.
    pub(crate) fn begun(other: &Text) -> Self {
        Text {
            text: String::new(),
            segments: other.segments.first().cloned().into_iter().collect(),
        }
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The file and byte offset that a byte of this text came from.
    ///
    /// # Panics
    ///
    /// If the text is empty and came from nowhere.
    pub fn origin(&self, offset: usize) -> (&Arc<SourceFile>, usize) {
        let at = self.segments.partition_point(|s| s.start <= offset);
        let segment = &self.segments[at.saturating_sub(1)];
        (
            &segment.file,
            segment.offset + offset.saturating_sub(segment.start),
        )
    }

    /// The file, line and column that a byte of this text came from.
    pub fn locate(&self, offset: usize) -> Location {
        let (file, offset) = self.origin(offset);
        file.location(offset)
    }

    pub(crate) fn push(&mut self, from: &Text, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let first = from
            .segments
            .partition_point(|s| s.start <= range.start)
            .saturating_sub(1);
        for segment in from.segments[first..]
            .iter()
            .take_while(|s| s.start < range.end)
        {
            let start = segment.start.max(range.start);
            self.segments.push(Segment {
                start: self.text.len() + (start - range.start),
                file: segment.file.clone(),
                offset: segment.offset + (start - segment.start),
            });
        }
        self.text.push_str(&from.text[range]);
    }

    /// Adds text that stands in no file; it is located where `origin` is.
    pub(crate) fn push_made(&mut self, made: &str, (file, offset): (&Arc<SourceFile>, usize)) {
        self.segments.push(Segment {
            start: self.text.len(),
            file: file.clone(),
            offset,
        });
        self.text.push_str(made);
    }
}

/// How a file is named in reports.
pub(crate) fn shown(path: &Path, root: &Path) -> PathBuf {
    let clean = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let (path, mut root) = (clean(path), clean(root));
    let mut shown = PathBuf::new();
    while root.components().count() > 1 {
        if let Ok(inside) = path.strip_prefix(&root) {
            return shown.join(inside);
        }
        root.pop();
        shown.push("..");
    }
    path
}
