//! A `leases` table as a picture: a bar for each variable, beside the code, its shape by what may be done.

use crate::leases::{State, Table};

use super::svg::{Anchor, Svg, width_of};

const LEFT: f64 = 18.0;
/// From bar to bar.
const STEP: f64 = 26.0;
const TOP: f64 = 20.0;
const LINE: f64 = 25.0;
const NOTE: f64 = 16.0;
/// How large the letters of notes are, by those of the code.
const NOTES: f64 = 12.0 / 13.0;
/// Longer lines of code are cut: they stand whole in the block before.
const LONGEST: usize = 36;

/// Draws the table.
pub fn draw(table: &Table, function: &str, id: &str) -> String {
    let drawing = Drawing::of(table);
    let label = format!(
        "What may be done with {} after each line of {function}; the text below says the same.",
        table.variables.join(", ")
    );
    drawing.finish(id, &label)
}

struct Drawing<'t> {
    table: &'t Table,
    /// What each line changes, in words.
    notes: Vec<Vec<String>>,
    /// Where each line is.
    heights: Vec<f64>,
    svg: Svg,
}

impl<'t> Drawing<'t> {
    fn of(table: &'t Table) -> Self {
        let notes: Vec<Vec<String>> = (0..table.rows.len()).map(|row| notes(table, row)).collect();
        let mut at = TOP + NOTE * table.variables.len() as f64;
        let mut heights = Vec::new();
        for notes in &notes {
            heights.push(at);
            at += LINE + NOTE * notes.len() as f64;
        }
        heights.push(at);
        let code = code_column(table);
        let widest = table.rows.iter().map(|row| width_of(&cut(&row.code)));
        let widest = widest.chain(
            notes
                .iter()
                .flatten()
                .map(|note| NOTES * width_of(note) + 10.0),
        );
        let names = table.variables.iter().enumerate();
        let names = names.map(|(v, name)| column(v) + width_of(name) + 8.0 - code);
        let width = code + widest.chain(names).fold(0.0, f64::max) + 8.0;
        Drawing {
            table,
            notes,
            heights,
            svg: Svg::new(width, at + 4.0),
        }
    }

    fn finish(mut self, id: &str, label: &str) -> String {
        self.names();
        for row in 0..self.table.rows.len() {
            self.code(row);
        }
        for v in 0..self.table.variables.len() {
            self.bars(v);
        }
        // Above the bars.
        for row in 0..self.table.rows.len() {
            for v in 0..self.table.variables.len() {
                self.mark(row, v);
            }
        }
        self.svg.finish(id, "figure-leases", label)
    }

    /// The variables' names, one below the other, each led down to its bar.
    fn names(&mut self) {
        for (v, name) in self.table.variables.iter().enumerate() {
            let (x, y) = (column(v), TOP - 6.0 + NOTE * v as f64);
            self.svg
                .text("figure-name", x - 4.0, y, Anchor::Start, name);
            let first = self
                .table
                .rows
                .iter()
                .position(|row| row.states[v] != State::Absent);
            let first = self.heights[first.unwrap_or(self.table.rows.len())];
            let style = "stroke-width=\"1\" stroke-dasharray=\"1 3\"";
            self.svg
                .line("figure-lead", (x, y + 5.0), (x, first - 8.0), style);
        }
    }

    fn code(&mut self, row: usize) {
        let (x, y) = (code_column(self.table), self.heights[row]);
        let code = cut(&self.table.rows[row].code);
        self.svg
            .text("figure-code", x, y + 4.5, Anchor::Start, &code);
        for (number, note) in self.notes[row].iter().enumerate() {
            let y = y + 5.0 + NOTE * (number + 1) as f64;
            self.svg
                .text("figure-note", x + 10.0, y, Anchor::Start, note);
        }
    }

    /// A variable's bars, one for as many lines as look the same.
    fn bars(&mut self, v: usize) {
        let rows = &self.table.rows;
        let mut row = 0;
        while row < rows.len() {
            let alike = |other: &usize| look(&rows[*other].states[v]) == look(&rows[row].states[v]);
            let end = row + (row..rows.len()).take_while(alike).count();
            self.bar(row, end, v);
            row = end;
        }
    }

    /// From a line to another: what may be done in between.
    fn bar(&mut self, row: usize, end: usize, v: usize) {
        let (x, from, to) = (column(v), self.heights[row], self.heights[end]);
        let height = to - from;
        let class = |state: &str| format!("figure-bar figure-{state}");
        let filled = "fill=\"currentColor\"";
        let outlined = "fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"";
        match &self.table.rows[row].states[v] {
            State::Absent | State::Moved { in_part: false } | State::Expired => {}
            State::Owned { changeable: true } => {
                let class = class("owned");
                self.svg
                    .rect(&class, (x - 6.0, from), (12.0, height), filled);
            }
            State::Owned { changeable: false } => {
                let class = class("owned");
                self.svg
                    .rect(&class, (x - 3.0, from), (6.0, height), filled);
            }
            State::Lent { exclusively, .. } => {
                let class = class("lent");
                let (top, bottom) = (from + 1.0, to - 1.0);
                self.svg
                    .rect(&class, (x - 5.2, top), (10.4, bottom - top), outlined);
                if !exclusively {
                    self.hatch(&class, x, top, bottom);
                }
            }
            State::Moved { in_part: true } => {
                let style = format!("{outlined} stroke-dasharray=\"3 3\"");
                let class = class("part");
                self.svg
                    .rect(&class, (x - 5.2, from), (10.4, height), &style);
            }
            State::Borrows {
                exclusively: false, ..
            }
            | State::OfCaller => {
                let class = class("borrows");
                self.svg
                    .line(&class, (x, from), (x, to), "stroke-width=\"2.5\"");
            }
            State::Borrows { .. } => {
                let class = class("borrows");
                for x in [x - 2.5, x + 2.5] {
                    self.svg
                        .line(&class, (x, from), (x, to), "stroke-width=\"2\"");
                }
            }
            State::Done | State::Empty => {
                let style = "stroke-width=\"2.5\" stroke-dasharray=\"2.5 3.5\"";
                self.svg.line(&class("done"), (x, from), (x, to), style);
            }
        }
    }

    fn hatch(&mut self, class: &str, x: f64, top: f64, bottom: f64) {
        let mut y = top;
        while y + 8.0 <= bottom {
            self.svg.line(
                class,
                (x - 5.0, y + 8.0),
                (x + 5.0, y),
                "stroke-width=\"1.5\"",
            );
            y += 5.0;
        }
    }

    /// Where a variable begins, is lent, given away, or ends.
    fn mark(&mut self, row: usize, v: usize) {
        let (x, y) = (column(v), self.heights[row]);
        let (before, now) = (state(self.table, row, v), &self.table.rows[row].states[v]);
        if before == *now {
            return;
        }
        match now {
            State::Absent => {
                let style = "stroke-width=\"2\"";
                if !matches!(before, State::Moved { .. } | State::Expired) {
                    self.svg
                        .line("figure-mark", (x - 8.0, y), (x + 8.0, y), style);
                }
            }
            State::Expired => self.svg.cross("figure-mark", (x, y)),
            State::Moved { in_part: false } => {
                self.svg.line(
                    "figure-mark",
                    (x - 6.0, y),
                    (x + 4.0, y),
                    "stroke-width=\"2\"",
                );
                self.svg.head("figure-mark", (x + 11.0, y), true);
            }
            State::Borrows { from, .. } => {
                if before == State::Absent {
                    self.svg.dot("figure-mark", (x, y));
                }
                // One that has its own lease back was drawn before.
                if matches!(before, State::Absent | State::Empty | State::Done) {
                    for lender in from {
                        self.arrow(v, lender, y);
                    }
                }
            }
            _ if before == State::Absent => self.svg.dot("figure-mark", (x, y)),
            _ => {}
        }
    }

    /// From a borrower to what it borrows from.
    fn arrow(&mut self, from: usize, to: &str, y: f64) {
        let Some(to) = self.table.variables.iter().position(|name| name == to) else {
            return;
        };
        let (x, lender) = (column(from), column(to));
        let right = lender > x;
        let point = if right { lender - 7.0 } else { lender + 7.0 };
        let end = if right { point - 6.0 } else { point + 6.0 };
        self.svg
            .line("figure-mark", (x, y), (end, y), "stroke-width=\"2\"");
        self.svg.head("figure-mark", (point, y), right);
    }
}

/// A state without the names in it: what is drawn alike.
fn look(state: &State) -> State {
    match state.clone() {
        State::Lent { exclusively, .. } => State::Lent {
            to: Vec::new(),
            exclusively,
        },
        State::Borrows { exclusively, .. } => State::Borrows {
            from: Vec::new(),
            exclusively,
        },
        state => state,
    }
}

fn column(v: usize) -> f64 {
    LEFT + STEP * v as f64
}

fn code_column(table: &Table) -> f64 {
    column(table.variables.len()) - 4.0
}

fn cut(code: &str) -> String {
    match code.chars().count() > LONGEST {
        true => code.chars().take(LONGEST - 1).chain(['…']).collect(),
        false => code.to_owned(),
    }
}

/// The state before a line.
fn state(table: &Table, row: usize, v: usize) -> State {
    match row.checked_sub(1) {
        Some(before) => table.rows[before].states[v].clone(),
        None => State::Absent,
    }
}

/// What a line changes, in words.
fn notes(table: &Table, row: usize) -> Vec<String> {
    let mut notes = Vec::new();
    for (v, name) in table.variables.iter().enumerate() {
        let (before, now) = (state(table, row, v), &table.rows[row].states[v]);
        if before == *now {
            continue;
        }
        let was_lent = matches!(before, State::Lent { .. });
        let was_gone = matches!(before, State::Moved { .. });
        let note = match now {
            State::Absent => format!("{name}: ends here"),
            State::Empty => format!("{name}: no value yet"),
            State::Owned { .. } if was_lent => format!("{name}: free again"),
            State::Owned { .. } if was_gone => format!("{name}: owned again"),
            State::Owned { changeable: true } => format!("{name}: owned, may change"),
            State::Owned { changeable: false } => format!("{name}: owned, may not change"),
            State::OfCaller => format!("{name}: borrowed from the caller"),
            State::Lent { to, exclusively } => {
                let to = match to.is_empty() {
                    true => String::new(),
                    false => format!(" to {}", to.join(", ")),
                };
                match exclusively {
                    true => format!("{name}: lent{to}, exclusive"),
                    false => format!("{name}: lent{to}, shared"),
                }
            }
            State::Borrows { .. } if was_lent => format!("{name}: free again"),
            // Said of the lender.
            State::Borrows { .. } => continue,
            State::Done => format!("{name}: used for the last time"),
            State::Expired => format!("{name}: expired"),
            State::Moved { in_part: false } => format!("{name}: given away"),
            State::Moved { in_part: true } => format!("{name}: a part is given away"),
        };
        notes.push(note);
    }
    notes
}
