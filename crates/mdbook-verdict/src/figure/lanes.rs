//! A course of events as a picture: time runs down, a column for each lane, arrows between them.

use crate::lanes::{Event, Lanes};

use super::svg::{Anchor, LETTERS, Svg, width_of};

/// The height of a line of text.
const TEXT: f64 = 17.0;
/// Around a text in its box.
const PAD: f64 = 7.0;
/// Between two events.
const GAP: f64 = 10.0;
/// Longer texts are broken.
const LONGEST: usize = 15;
/// A lane is at least as wide.
const NARROWEST: f64 = 92.0;

/// Draws the events.
pub fn draw(lanes: &Lanes, id: &str) -> String {
    let label = format!(
        "Events of {}, from top to bottom; the text below says the same.",
        lanes.names.join(", ")
    );
    Drawing::of(lanes).finish(id, &label)
}

/// A thing that goes from lane to lane: where it is, from one height to another.
struct Stay {
    lane: usize,
    offset: f64,
    from: f64,
    to: f64,
}

struct Drawing<'l> {
    lanes: &'l Lanes,
    /// The middle of each lane.
    middles: Vec<f64>,
    /// Where each event begins; behind the last, where all end.
    heights: Vec<f64>,
    svg: Svg,
}

impl<'l> Drawing<'l> {
    fn of(lanes: &'l Lanes) -> Self {
        let (mut middles, mut right) = middles(lanes);
        let mut heights = vec![TEXT + 2.0 * PAD + GAP];
        let mut left: f64 = 0.0;
        for event in &lanes.events {
            let height = match event {
                Event::Happens { what, .. } => TEXT * broken(what).len() as f64 + PAD,
                Event::Goes { from, to, what }
                | Event::Waits {
                    who: from,
                    whom: to,
                    what,
                } => {
                    let half = width_of(&above(event, what)) / 2.0;
                    let middle = (middles[*from] + middles[*to]) / 2.0;
                    right = right.max(middle + half);
                    left = left.min(middle - half);
                    TEXT + 12.0
                }
            };
            heights.push(heights[heights.len() - 1] + height + GAP);
        }
        // A text that is wider than the lanes that it stands between needs room at the side.
        middles.iter_mut().for_each(|middle| *middle -= left);
        let height = heights[heights.len() - 1] + 4.0;
        Drawing {
            lanes,
            middles,
            svg: Svg::new(right - left + 6.0, height),
            heights,
        }
    }

    fn finish(mut self, id: &str, label: &str) -> String {
        let end = self.heights[self.heights.len() - 1];
        for (lane, name) in self.lanes.names.iter().enumerate() {
            let x = self.middles[lane];
            let size = (width_of(name) + 2.0 * PAD, TEXT + PAD);
            let style = "stroke-width=\"1\" stroke-dasharray=\"2 4\"";
            self.svg.line("figure-lane", (x, size.1), (x, end), style);
        }
        for stay in self.stays() {
            let x = self.middles[stay.lane] + stay.offset;
            self.svg.rect(
                "figure-bar figure-owned",
                (x - 4.0, stay.from),
                (8.0, stay.to - stay.from),
                "fill=\"currentColor\"",
            );
        }
        for (lane, name) in self.lanes.names.iter().enumerate() {
            self.boxed(
                "figure-head",
                lane,
                2.0,
                std::slice::from_ref(name),
                "stroke-width=\"2\"",
            );
        }
        for (number, event) in self.lanes.events.iter().enumerate() {
            let y = self.heights[number];
            match event {
                Event::Happens { lane, what } => {
                    let style = "stroke-width=\"1\" rx=\"9\"";
                    self.boxed("figure-event", *lane, y, &broken(what), style);
                }
                Event::Goes { from, to, what } => {
                    self.arrow("figure-goes", (*from, *to), y, what, "stroke-width=\"2.5\"");
                }
                Event::Waits { who, whom, what } => {
                    let style = "stroke-width=\"2\" stroke-dasharray=\"6 4\"";
                    let what = above(event, what);
                    self.arrow("figure-waits", (*who, *whom), y, &what, style);
                }
            }
        }
        self.svg.finish(id, "figure-lanes", label)
    }

    /// Lines of text in a box in the middle of a lane, from `y` on.
    fn boxed(&mut self, class: &str, lane: usize, y: f64, lines: &[String], style: &str) {
        let x = self.middles[lane];
        let width = lines.iter().map(|line| width_of(line)).fold(0.0, f64::max) + 2.0 * PAD;
        let height = TEXT * lines.len() as f64 + PAD;
        let style = format!(
            "fill=\"var(--bg, Canvas)\" stroke=\"currentColor\" style=\"fill:var(--bg,Canvas)\" {style}"
        );
        self.svg
            .rect(class, (x - width / 2.0, y), (width, height), &style);
        for (number, line) in lines.iter().enumerate() {
            let baseline = y + PAD / 2.0 + TEXT * number as f64 + LETTERS;
            self.svg.text(class, x, baseline, Anchor::Middle, line);
        }
    }

    /// From lane to lane, with a text above it.
    fn arrow(&mut self, class: &str, lanes: (usize, usize), y: f64, what: &str, style: &str) {
        let (from, to) = (self.middles[lanes.0], self.middles[lanes.1]);
        let right = to > from;
        let y_line = y + TEXT + 3.0;
        let end = if right { to - 7.0 } else { to + 7.0 };
        self.svg.line(class, (from, y_line), (end, y_line), style);
        let point = if right { to - 1.0 } else { to + 1.0 };
        self.svg.head(class, (point, y_line), right);
        let halo = format!("{class} figure-halo");
        let middle = (from + to) / 2.0;
        self.svg
            .text(&halo, middle, y + LETTERS - 1.0, Anchor::Middle, what);
    }

    /// Where each thing that an arrow hands over is: from the line that names it first, in the lane
    /// of whoever has it, to the one that names it last.
    fn stays(&self) -> Vec<Stay> {
        let mut things: Vec<&str> = Vec::new();
        for event in &self.lanes.events {
            if let Event::Goes { what, .. } = event
                && !things.contains(&what.as_str())
            {
                things.push(what);
            }
        }
        let count = things.len() as f64;
        let mut stays = Vec::new();
        for (number, thing) in things.into_iter().enumerate() {
            let offset = (number as f64 - (count - 1.0) / 2.0) * 9.0;
            let mut open: Option<Stay> = None;
            for (at, event) in self.lanes.events.iter().enumerate() {
                let (top, bottom) = (self.heights[at], self.heights[at + 1] - GAP);
                match event {
                    Event::Happens { lane, what } if names(what, thing) => match &mut open {
                        Some(stay) if stay.lane == *lane => stay.to = bottom,
                        Some(_) => {}
                        None => {
                            open = Some(Stay {
                                lane: *lane,
                                offset,
                                from: top,
                                to: bottom,
                            });
                        }
                    },
                    Event::Goes { from, to, what } if what == thing => {
                        let line = top + TEXT + 3.0;
                        if let Some(mut stay) = open.take().filter(|stay| stay.lane == *from) {
                            stay.to = line;
                            stays.push(stay);
                        }
                        open = Some(Stay {
                            lane: *to,
                            offset,
                            from: line,
                            to: line,
                        });
                    }
                    _ => {}
                }
            }
            stays.extend(open);
        }
        // One that nothing names where it has come isn't there to be used.
        stays.retain(|stay| stay.to > stay.from);
        stays
    }
}

/// Whether a text has that word, or those words, in it.
fn names(text: &str, thing: &str) -> bool {
    text.match_indices(thing).any(|(at, _)| {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let before = text[..at].chars().next_back();
        let after = text[at + thing.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}

/// What stands above an arrow.
fn above(event: &Event, what: &str) -> String {
    match event {
        Event::Waits { .. } => format!("waits: {what}"),
        _ => what.to_owned(),
    }
}

/// The middle of each lane, so far apart that boxes and what stands above arrows have room; and
/// where the last one ends.
fn middles(lanes: &Lanes) -> (Vec<f64>, f64) {
    let mut middles: Vec<f64> = Vec::new();
    let mut right = 6.0;
    for lane in 0..lanes.names.len() {
        let width = width(lanes, lane);
        let mut middle = right + width / 2.0;
        for event in &lanes.events {
            let (from, to, what) = match event {
                Event::Goes { from, to, what } => (from, to, what),
                Event::Waits { who, whom, what } => (who, whom, what),
                Event::Happens { .. } => continue,
            };
            if *from.max(to) == lane {
                let other = middles[*from.min(to)];
                middle = middle.max(other + width_of(&above(event, what)) + 24.0);
            }
        }
        middles.push(middle);
        right = middle + width / 2.0;
    }
    (middles, right)
}

/// How wide a lane is.
fn width(lanes: &Lanes, lane: usize) -> f64 {
    let boxes = lanes.events.iter().filter_map(|event| match event {
        Event::Happens { lane: of, what } if *of == lane => Some(broken(what)),
        _ => None,
    });
    let texts = boxes.flatten().chain([lanes.names[lane].clone()]);
    let widest = texts.map(|text| width_of(&text)).fold(0.0, f64::max);
    (widest + 2.0 * PAD + GAP).max(NARROWEST)
}

/// A text in lines of about the same length.
fn broken(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.last_mut().expect("there is a line");
        match last.is_empty() {
            true => last.push_str(word),
            false if last.chars().count() + 1 + word.chars().count() <= LONGEST => {
                last.push(' ');
                last.push_str(word);
            }
            false => lines.push(word.to_owned()),
        }
    }
    lines
}
