//! Where a fault stands in the author's file.

use crate::Fault;
use crate::check::Found;
use crate::settings::Settings;
use mdbook::book::Chapter;
use std::path::Path;

/// Finds each fault's line in the chapter's file.
///
/// A preprocessor gets text in which includes are already expanded, so its
/// lines are not the file's. A line that occurs as often in the file as in the
/// text is taken for the same line.
pub(crate) fn faults(
    found: Vec<Found>,
    chapter: &Chapter,
    settings: &Settings,
    root: &Path,
) -> Vec<Fault> {
    let path = chapter.source_path.as_ref().or(chapter.path.as_ref());
    let file = match path {
        Some(path) => Path::new(&settings.src).join(path),
        // Made by another preprocessor, without a file.
        None => Path::new(&chapter.name).to_owned(),
    };
    let source = std::fs::read_to_string(root.join(&file)).ok();
    let place = |(line, rule)| {
        let in_file = source
            .as_ref()
            .map(|source| line_in_file(&chapter.content, line, source));
        Fault {
            file: file.display().to_string().replace('\\', "/"),
            line: in_file.flatten().unwrap_or(line),
            expanded: in_file == Some(None),
            rule,
        }
    };
    found.into_iter().map(place).collect()
}

fn line_in_file(text: &str, line: usize, source: &str) -> Option<usize> {
    let lines = |text| str::lines(text).map(str::trim_end).enumerate();
    let (_, wanted) = lines(text).nth(line - 1)?;
    let places = |text| {
        let same = lines(text).filter(|(_, content)| *content == wanted);
        same.map(|(number, _)| number + 1).collect::<Vec<_>>()
    };
    let (here, there) = (places(text), places(source));
    let nth = here.iter().position(|number| *number == line)?;
    (here.len() == there.len()).then(|| there[nth])
}
