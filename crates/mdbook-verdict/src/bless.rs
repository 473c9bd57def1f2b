//! Writes what came into result fences, and nothing else.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::blocks::{ResultBlock, SourceLines};
use crate::error::Error;
use crate::include;

/// A fence that is to hold another text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    lines: SourceLines,
    text: String,
}

impl Edit {
    /// Puts `actual` into a fence.
    ///
    /// # Errors
    ///
    /// Why it can't be: an include brought the fence, or the text would close it.
    pub fn new(result: &ResultBlock, actual: &str) -> Result<Edit, String> {
        let Some(lines) = result.source.clone() else {
            return Err(
                "an include makes the fence, or a part of it, or it isn't closed".to_owned(),
            );
        };
        let closes = |line: &str| {
            line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~")
        };
        if actual.lines().any(closes) {
            return Err("the text has a line that would close the fence".to_owned());
        }
        if actual.contains(['\r', '\0']) {
            return Err("the text has a control character that Markdown can't hold".to_owned());
        }
        Ok(Edit {
            lines,
            text: include::escaped(actual),
        })
    }
}

/// Writes every edit; each file at once, so that none is ever half written.
///
/// Takes time in proportion to the size of the files that change.
///
/// # Errors
///
/// If a file can't be read or written, or has been changed since its blocks were read; the others
/// are left whole.
pub fn apply(edits: Vec<Edit>) -> Result<(), Error> {
    let mut by_file: BTreeMap<PathBuf, Vec<Edit>> = BTreeMap::new();
    for edit in edits {
        by_file
            .entry(edit.lines.file.path.clone())
            .or_default()
            .push(edit);
    }
    for (path, mut edits) in by_file {
        let text = fs::read_to_string(&path).map_err(Error::file(&path))?;
        let (mark, text) = match text.strip_prefix('\u{feff}') {
            Some(rest) => ("\u{feff}", rest),
            None => ("", text.as_str()),
        };
        // From the end, so that earlier lines keep their numbers; a fence that is included twice
        // is written once.
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.lines.opening));
        edits.dedup_by_key(|edit| edit.lines.opening);
        let read = edits[0].lines.file.clone();
        let mut lines: Vec<&str> = read.text.split_inclusive('\n').collect();
        let fresh: Vec<Vec<String>> = edits.iter().map(|edit| edit.written(&lines)).collect();
        for (edit, fresh) in edits.iter().zip(&fresh) {
            lines.splice(
                edit.lines.opening + 1..edit.lines.closing,
                fresh.iter().map(String::as_str),
            );
        }
        let written = lines.concat();
        if text == written {
            // Another run was quicker.
            continue;
        }
        if text != read.text {
            let changed = "it was changed while its blocks were checked; run it again";
            return Err(Error::file(&path)(io::Error::other(changed)));
        }
        replace(&path, &format!("{mark}{written}")).map_err(Error::file(&path))?;
    }
    Ok(())
}

impl Edit {
    /// The fence's new lines, with the container's prefix and the file's line ends.
    fn written(&self, lines: &[&str]) -> Vec<String> {
        let end = match lines[self.lines.opening].ends_with("\r\n") {
            true => "\r\n",
            false => "\n",
        };
        let prefix = &self.lines.prefix;
        self.text
            .lines()
            .map(|line| match line.is_empty() {
                true => format!("{}{end}", prefix.trim_end()),
                false => format!("{prefix}{line}{end}"),
            })
            .collect()
    }
}

/// Replaces a file's text in one step, its permissions kept.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    // A link stays one: what it leads to is replaced.
    let path = &fs::canonicalize(path)?;
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    fs::write(file.path(), text)?;
    fs::set_permissions(file.path(), fs::metadata(path)?.permissions())?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks;
    use crate::book::Chapter;
    use crate::tags::Edition;

    /// Blesses the only fence of a chapter.
    fn blessed(markdown: &str, actual: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, markdown).unwrap();
        let chapter = Chapter::new(
            "a.md".into(),
            path.clone(),
            folder.path(),
            markdown.to_owned(),
        );
        let text = chapter.expand(folder.path()).text;
        let found = blocks::find(&text, Edition::E2024, "x86_64");
        apply(vec![Edit::new(&found.blocks[0].fences[0], actual).unwrap()]).unwrap();
        fs::read_to_string(path).unwrap()
    }

    #[test]
    fn only_the_fences_lines_change() {
        assert_eq!(
            blessed(
                "\u{feff}# A\n\n> ```\n> 1;\n> ```\n>\n> ```text,output\n> old\n> ```\n\tlast",
                "new\n\nline"
            ),
            "\u{feff}# A\n\n> ```\n> 1;\n> ```\n>\n> ```text,output\n> new\n>\n> line\n> ```\n\tlast"
        );
    }

    #[test]
    fn line_ends_stay_as_they_are() {
        assert_eq!(
            blessed("```\r\n1;\r\n```\r\n\r\n```text,output\r\n```\r\n", "a\nb"),
            "```\r\n1;\r\n```\r\n\r\n```text,output\r\na\r\nb\r\n```\r\n"
        );
    }

    #[test]
    fn a_text_that_would_close_the_fence_is_refused() {
        let text = blocks::text_of("a.md", "```\n1;\n```\n\n```text,output\n```\n");
        let found = blocks::find(&text, Edition::E2024, "x86_64");
        assert!(Edit::new(&found.blocks[0].fences[0], "```").is_err());
    }
}
