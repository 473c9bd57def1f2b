//! docs/reading.md: what was measured, as a table.

use crate::bench::machine;

use super::{Measured, Page, RUNS};

/// The whole file.
pub fn markdown(measured: &Measured) -> String {
    let versions = &measured.versions;
    let mut text = format!(
        "<!-- Made by `cargo xtask lighthouse --report`; not to be edited. -->\n\n\
         # What the pages weigh, and how they score\n\n\
         Made by `cargo xtask lighthouse --report` on {}: {}, {} cores; Lighthouse {}, its mobile \
         profile, medians of {RUNS} runs; axe by Lighthouse {}; Chromium {}. The pages are served \
         from this machine, compressed with gzip.\n\n\
         ## This book\n\n",
        machine::today(),
        machine::processor(),
        std::thread::available_parallelism().map_or(1, usize::from),
        versions.lighthouse,
        versions.axe,
        versions.chromium,
    );
    table(&mut text, "kind of page", &measured.pages);
    text.push_str(include_str!("legend.md"));
    if !measured.others.is_empty() {
        text.push_str("\n## Beside it, in the same run\n\n");
        table(&mut text, "page", &measured.others);
        text.push_str(include_str!("beside.md"));
    }
    text
}

fn table(text: &mut String, first: &str, pages: &[Page]) {
    text.push_str(&format!(
        "| {first} | performance | accessibility | best practices | SEO | axe, light | axe, navy | KiB | requests | shift |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n"
    ));
    for page in pages {
        text.push_str(&row(page));
    }
}

fn row(page: &Page) -> String {
    let score = |score: Option<u8>| score.map_or("–".to_owned(), |score| score.to_string());
    let seo = match page.lost.len() > page.faults().count() {
        true => "not indexed".to_owned(),
        false => page.scores.seo.to_string(),
    };
    let axe = page.axe.as_ref();
    let rules = |rules: Option<usize>| rules.map_or("–".to_owned(), |rules| rules.to_string());
    format!(
        "| {}: `{}` | {} | {} | {} | {seo} | {} | {} | {:.0} | {} | {} |\n",
        page.kind,
        page.name,
        score(page.scores.performance),
        score(page.scores.accessibility),
        page.scores.best_practices,
        rules(axe.map(|axe| axe.light.len())),
        rules(axe.map(|axe| axe.navy.len())),
        page.bytes as f64 / 1024.0,
        page.requests,
        page.shift.map_or("–".to_owned(), shift),
    )
}

/// None at all, or three digits.
fn shift(shift: f64) -> String {
    match shift {
        0.0 => "0".to_owned(),
        shift => format!("{shift:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::page;
    use super::*;

    #[test]
    fn a_row_has_scores_rules_bytes_and_requests() {
        assert_eq!(
            row(&page("prose", &[])),
            "| prose: `a.html` | 99 | 100 | 100 | 98 | 0 | 1 | 50 | 5 | 0 |\n"
        );
    }

    #[test]
    fn the_whole_book_says_what_it_is_exempt_from() {
        let mut print = page("print", &["is-crawlable: Page is blocked"]);
        print.scores.performance = None;
        print.scores.accessibility = None;
        print.shift = None;
        assert_eq!(
            row(&print),
            "| print: `a.html` | – | – | 100 | not indexed | 0 | 1 | 50 | 5 | – |\n"
        );
    }

    #[test]
    fn a_shift_that_is_small_is_still_seen() {
        assert_eq!(shift(0.0), "0");
        assert_eq!(shift(0.004), "0.004");
    }
}
