//! The few shapes that the pictures are made of.

use std::fmt::Write as _;

/// A drawing of that size, in CSS pixels.
///
/// Everything is drawn in the colour of the text around it, so that it fits every theme, print and
/// forced colours; classes are there for a book that wants more.
pub struct Svg {
    width: f64,
    height: f64,
    shapes: String,
}

/// The size of the letters.
pub const LETTERS: f64 = 13.0;

/// How wide a text will be: fixed-width letters are about three fifths as wide as they are high.
pub fn width_of(text: &str) -> f64 {
    text.chars().count() as f64 * LETTERS * 0.61
}

/// How a text stands to its place.
#[derive(Debug, Clone, Copy)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
}

impl Svg {
    /// An empty drawing.
    pub fn new(width: f64, height: f64) -> Svg {
        Svg {
            width,
            height,
            shapes: String::new(),
        }
    }

    /// A text in fixed-width letters, its baseline at `y`.
    pub fn text(&mut self, class: &str, x: f64, y: f64, anchor: Anchor, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
        };
        // Spaces at the beginning are the code's indent.
        let indent = text.len() - text.trim_start().len();
        let x = x + width_of(&text[..indent]);
        self.push(format_args!(
            "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\"{anchor}>{}</text>",
            escaped(text.trim())
        ));
    }

    /// A straight line; `style` is of SVG's attributes, such as `stroke-dasharray`.
    pub fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64), style: &str) {
        let ((x1, y1), (x2, y2)) = (from, to);
        self.push(format_args!(
            "<line class=\"{class}\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"currentColor\" {style}></line>"
        ));
    }

    /// A box around a middle.
    pub fn rect(&mut self, class: &str, corner: (f64, f64), size: (f64, f64), style: &str) {
        let ((x, y), (width, height)) = (corner, size);
        self.push(format_args!(
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" {style}></rect>"
        ));
    }

    /// An arrow head, its point at `x`; `right` says which way it points.
    pub fn head(&mut self, class: &str, (x, y): (f64, f64), right: bool) {
        let back = if right { x - 8.0 } else { x + 8.0 };
        self.push(format_args!(
            "<path class=\"{class}\" d=\"M{x:.1} {y:.1}L{back:.1} {:.1}V{:.1}z\" fill=\"currentColor\"></path>",
            y - 4.5,
            y + 4.5
        ));
    }

    /// A cross.
    pub fn cross(&mut self, class: &str, (x, y): (f64, f64)) {
        let style = "stroke-width=\"2\"";
        self.line(class, (x - 4.5, y - 4.5), (x + 4.5, y + 4.5), style);
        self.line(class, (x - 4.5, y + 4.5), (x + 4.5, y - 4.5), style);
    }

    /// A filled dot.
    pub fn dot(&mut self, class: &str, (x, y): (f64, f64)) {
        self.push(format_args!(
            "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"6\" fill=\"currentColor\"></circle>"
        ));
    }

    fn push(&mut self, shape: std::fmt::Arguments<'_>) {
        self.shapes
            .write_fmt(shape)
            .expect("a string can be written to");
    }

    /// The element, on one line; a screen reader is told `label`.
    pub fn finish(self, id: &str, class: &str, label: &str) -> String {
        let Svg {
            width,
            height,
            shapes,
        } = self;
        let label = escaped(label);
        format!(
            "<svg class=\"{class}\" role=\"img\" aria-labelledby=\"{id}\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" style=\"--figure-width:{width:.0}px\" font-size=\"{LETTERS}\" font-family=\"monospace\" fill=\"currentColor\"><title id=\"{id}\">{label}</title>{shapes}</svg>"
        )
    }
}

/// A text as it is written in HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        // mdBook's `links` comes later, and must find nothing that isn't its own.
        .replace("{{", "&#123;{")
}
