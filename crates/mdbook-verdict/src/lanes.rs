//! `text,output,lanes`: an output whose lines say in which lane something happened, or from which to which something went.

use std::fmt;

/// The argument that says that an output has this form.
pub const TAG: &str = "lanes";

/// A course of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lanes {
    /// The lanes, in the order in which they are first named.
    pub names: Vec<String>,
    /// What happened, in order; lanes are numbers in `names`.
    pub events: Vec<Event>,
}

/// A line of such an output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// `lane | what`
    Happens {
        /// In which lane.
        lane: usize,
        /// What.
        what: String,
    },
    /// `from -> to | what`
    Goes {
        /// From which lane.
        from: usize,
        /// To which.
        to: usize,
        /// What.
        what: String,
    },
    /// `who waits whom | what`
    Waits {
        /// Which lane waits.
        who: usize,
        /// For which.
        whom: usize,
        /// For what.
        what: String,
    },
}

/// A line that fits no form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// The line, counted from 1.
    pub line: usize,
    /// Its text.
    pub text: String,
    /// What is wrong with it.
    pub cause: &'static str,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Misfit { line, text, cause } = self;
        write!(
            f,
            "line {line} of the output, `{text}`, can't be drawn: {cause}"
        )
    }
}

impl From<Misfit> for String {
    fn from(misfit: Misfit) -> String {
        misfit.to_string()
    }
}

/// More lanes than that have no room on a page.
const MOST_LANES: usize = 6;
/// More characters than that have no room in a box.
const LONGEST: usize = 40;
/// More than that have none above a lane.
const LONGEST_NAME: usize = 16;

impl Lanes {
    /// Reads an output.
    ///
    /// # Errors
    ///
    /// The first line that can't be drawn.
    pub fn read(output: &str) -> Result<Lanes, Misfit> {
        let mut lanes = Lanes {
            names: Vec::new(),
            events: Vec::new(),
        };
        for (number, text) in (1..).zip(output.lines()) {
            let misfit = |cause| Misfit {
                line: number,
                text: text.to_owned(),
                cause,
            };
            let event = lanes.event(text).map_err(misfit)?;
            lanes.events.push(event);
            if lanes.names.len() > MOST_LANES {
                return Err(misfit("there is room for six lanes"));
            }
        }
        match lanes.events.is_empty() {
            true => Err(Misfit {
                line: 1,
                text: String::new(),
                cause: "there is nothing to draw",
            }),
            false => Ok(lanes),
        }
    }

    fn event(&mut self, text: &str) -> Result<Event, &'static str> {
        let (where_, what) = text
            .split_once(" | ")
            .ok_or("it must be `lane | what`, `from -> to | what` or `who waits whom | what`")?;
        let what = what.trim().to_owned();
        if what.is_empty() || what.chars().count() > LONGEST {
            return Err("what happens must have one to forty characters");
        }
        if let Some((from, to)) = where_.split_once(" -> ") {
            let (from, to) = (self.lane(from)?, self.lane(to)?);
            return match from == to {
                true => Err("an arrow needs two lanes"),
                false => Ok(Event::Goes { from, to, what }),
            };
        }
        if let Some((who, whom)) = where_.split_once(" waits ") {
            let (who, whom) = (self.lane(who)?, self.lane(whom)?);
            return match who == whom {
                true => Err("an arrow needs two lanes"),
                false => Ok(Event::Waits { who, whom, what }),
            };
        }
        let lane = self.lane(where_)?;
        Ok(Event::Happens { lane, what })
    }

    fn lane(&mut self, name: &str) -> Result<usize, &'static str> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err("a lane's name must have one to sixteen characters");
        }
        let known = self.names.iter().position(|known| known == name);
        Ok(known.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_forms_are_read() {
        let read =
            Lanes::read("main | makes it\nmain -> child | a | b\nmain waits child | its end");
        let read = read.unwrap();
        assert_eq!(read.names, ["main", "child"]);
        let what = |text: &str| text.to_owned();
        assert_eq!(
            read.events,
            [
                Event::Happens {
                    lane: 0,
                    what: what("makes it")
                },
                Event::Goes {
                    from: 0,
                    to: 1,
                    what: what("a | b")
                },
                Event::Waits {
                    who: 0,
                    whom: 1,
                    what: what("its end")
                },
            ]
        );
    }

    #[test]
    fn a_line_that_fits_no_form_is_named() {
        for (output, line) in [
            ("", 1),
            ("main | a\nmain: b", 2),
            ("main | a\n\nmain | b", 2),
            ("main -> main | a", 1),
            ("main waits main | a", 1),
            (" | a", 1),
            ("main |  ", 1),
            ("a name that is much too long | a", 1),
            ("a | 1\nb | 2\nc | 3\nd | 4\ne | 5\nf | 6\ng | 7", 7),
        ] {
            assert_eq!(Lanes::read(output).unwrap_err().line, line, "{output}");
        }
    }
}
