//! Pictures of result fences, drawn from their text and from nothing else.

mod lanes;
mod leases;
mod svg;

pub(crate) use svg::escaped;

use crate::blocks::ResultBlock;
use crate::lanes as course;
use crate::leases as leased;

/// A picture of a fence's text.
pub struct Figure {
    /// What it is, in a few words.
    pub caption: String,
    /// An `<svg>` element on one line.
    pub svg: String,
}

/// The picture of a fence, if its kind has one and its text can be drawn.
///
/// A text that can't be is found by the check; here it stays a text.
pub fn of(result: &ResultBlock) -> Option<Figure> {
    // Unique on its page.
    let id = format!("figure-{}", result.place.range.start);
    let arguments = &result.tag.arguments;
    match result.tag.kind.as_str() {
        leased::KIND => {
            let table = leased::Table::parse(&result.text)?;
            let function = arguments.first().map_or("main", String::as_str);
            Some(Figure {
                caption: "What is lent until when".to_owned(),
                svg: leases::draw(&table, function, &id),
            })
        }
        "output" if arguments == &[course::TAG] => {
            let lanes = course::Lanes::read(&result.text).ok()?;
            Some(Figure {
                caption: "Output, as a picture".to_owned(),
                svg: lanes::draw(&lanes, &id),
            })
        }
        _ => None,
    }
}
