//! A group's ratios as a picture: a bar for each, with its spread as a whisker.

use std::fmt::Write as _;

use super::ratio::{Ratio, figure};

/// A bar.
pub struct Bar {
    /// What it is.
    pub label: String,
    /// How long, in times of the baseline.
    pub ratio: Ratio,
    /// Whether it is the baseline itself.
    pub is_baseline: bool,
}

/// In CSS pixels: narrow enough for a telephone.
const WIDTH: f64 = 350.0;
/// The height of a bar with its text above it.
const ROW: f64 = 40.0;
const LETTERS: f64 = 13.0;
/// Room for the unit and the axis' figures.
const FOOT: f64 = 24.0;
/// How many letters fit above a bar.
#[cfg(test)]
pub const LETTERS_IN_A_ROW: usize = (WIDTH / (LETTERS * 0.61)) as usize;

/// The bar's text: what it is, and how many times.
pub fn texts(bar: &Bar) -> (String, String) {
    let value = match bar.is_baseline {
        true => "1".to_owned(),
        false => format!("{} ({})", bar.ratio.short(), bar.ratio.spread()),
    };
    (bar.label.clone(), value)
}

/// Draws the bars; `id` is the picture's own on its page, and a screen reader is told `about`.
///
/// Everything is drawn in the colour of the text around it, so that it fits every theme.
pub fn draw(bars: &[Bar], id: &str, about: &str) -> String {
    let scale = Scale::of(bars);
    let height = ROW * bars.len() as f64 + FOOT;
    let mut svg = format!(
        "<svg class=\"figure-costs\" role=\"img\" aria-labelledby=\"{id}\" viewBox=\"0 0 {WIDTH:.0} {height:.0}\" width=\"{WIDTH:.0}\" height=\"{height:.0}\" style=\"--figure-width:{WIDTH:.0}px\" font-size=\"{LETTERS}\" font-family=\"monospace\" fill=\"currentColor\"><title id=\"{id}\">{}</title>",
        escaped(about)
    );
    let bottom = ROW * bars.len() as f64;
    for tick in scale.ticks() {
        let x = scale.x(tick);
        let dashes = match tick == 1.0 {
            true => "",
            false => " stroke-dasharray=\"1 5\"",
        };
        push(
            &mut svg,
            format_args!(
                "<line x1=\"{x:.1}\" y1=\"2\" x2=\"{x:.1}\" y2=\"{bottom:.1}\" stroke=\"currentColor\" stroke-opacity=\"0.6\"{dashes}></line><text class=\"figure-note\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                bottom + 16.0,
                tick_label(tick),
            ),
        );
    }
    for (number, bar) in bars.iter().enumerate() {
        row(&mut svg, bar, ROW * number as f64, &scale);
    }
    svg.push_str("</svg>");
    svg
}

/// One bar from `y` on.
fn row(svg: &mut String, bar: &Bar, y: f64, scale: &Scale) {
    let (label, value) = texts(bar);
    let (text, middle) = (y + LETTERS, y + 26.0);
    push(
        svg,
        format_args!(
            "<text class=\"figure-halo\" x=\"0\" y=\"{text:.1}\">{}</text><text class=\"figure-halo\" x=\"{WIDTH:.0}\" y=\"{text:.1}\" text-anchor=\"end\">{}</text>",
            escaped(&label),
            escaped(&value)
        ),
    );
    let end = scale.x(bar.ratio.median);
    let opacity = match bar.is_baseline {
        true => 0.0,
        false => 0.3,
    };
    push(
        svg,
        format_args!(
            "<rect x=\"0.5\" y=\"{:.1}\" width=\"{:.1}\" height=\"14\" fill-opacity=\"{opacity}\" stroke=\"currentColor\"></rect>",
            middle - 7.0,
            (end - 0.5).max(1.0),
        ),
    );
    if bar.is_baseline {
        return;
    }
    let (low, high) = (scale.x(bar.ratio.low), scale.x(bar.ratio.high));
    let cut = bar.ratio.high > scale.most;
    let mut whisker = format!(
        "M{low:.1} {:.1}v8M{low:.1} {middle:.1}H{high:.1}",
        middle - 4.0
    );
    match cut {
        // It goes on: an arrow's head.
        true => write!(whisker, "m-6 -4l6 4l-6 4"),
        false => write!(whisker, "m0 -4v8"),
    }
    .expect("a string");
    for (class, stroke, width) in [
        ("figure-halo", "var(--bg,Canvas)", 5),
        ("", "currentColor", 2),
    ] {
        let class = match class {
            "" => String::new(),
            class => format!(" class=\"{class}\""),
        };
        push(
            svg,
            format_args!(
                "<path{class} d=\"{whisker}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{width}\"></path>"
            ),
        );
    }
}

/// From no time at all to the longest bar.
struct Scale {
    most: f64,
}

impl Scale {
    fn of(bars: &[Bar]) -> Scale {
        let longest = bars.iter().map(|bar| bar.ratio.median).fold(1.0, f64::max);
        let highest = bars.iter().map(|bar| bar.ratio.high).fold(1.0, f64::max);
        // A whisker may take half as much again; longer ones are cut, and say so.
        Scale {
            most: highest.min(longest * 1.5) * 1.02,
        }
    }

    fn x(&self, ratio: f64) -> f64 {
        (ratio.min(self.most) / self.most * (WIDTH - 2.0)).max(1.0)
    }

    /// 1, and a few round figures up to the end.
    fn ticks(&self) -> Vec<f64> {
        let rough = self.most / 4.0;
        let decade = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].map(|n| n * decade);
        let step = step
            .into_iter()
            .find(|step| *step >= rough)
            .unwrap_or(rough);
        let mut ticks = vec![1.0];
        let mut at = step;
        while at <= self.most * 0.97 {
            // Not beside the 1, where two figures would touch.
            if (self.x(at) - self.x(1.0)).abs() > 30.0 {
                ticks.push(at);
            }
            at += step;
        }
        ticks
    }
}

/// As short as it can be: `20`, `0.5`.
fn tick_label(tick: f64) -> String {
    match tick.fract() == 0.0 {
        true => format!("{tick:.0}"),
        false => figure(tick).trim_end_matches('0').to_owned(),
    }
}

fn push(svg: &mut String, shape: std::fmt::Arguments<'_>) {
    svg.write_fmt(shape).expect("a string");
}

/// A text as it is written in HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
