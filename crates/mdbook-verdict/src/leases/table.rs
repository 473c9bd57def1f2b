//! The text of a `leases` fence: a line for each line of code, a column for each variable.

use std::fmt;

use super::state::State;

/// What may be done with each variable after each line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The variables, in the order of their columns.
    pub variables: Vec<String>,
    /// The lines, in the order of the code.
    pub rows: Vec<Row>,
}

/// A line of code, and the states after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The code.
    pub code: String,
    /// A state for each variable.
    pub states: Vec<State>,
}

/// What stands above the lines of code.
const LINE: &str = "after";

/// What columns are apart at least: more than words are.
const GAP: &str = "   ";

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = [LINE.to_owned()].into_iter().chain(self.variables.clone());
        let mut lines: Vec<Vec<String>> = vec![head.collect()];
        for row in &self.rows {
            let states = row.states.iter().map(State::to_string);
            lines.push([row.code.clone()].into_iter().chain(states).collect());
        }
        let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max();
        for (number, line) in lines.iter().enumerate() {
            let mut text = String::new();
            for (column, cell) in line.iter().enumerate() {
                let width = width(column).unwrap_or(0);
                text.push_str(&format!("{cell:width$}{GAP}"));
            }
            let end = if number == 0 { "" } else { "\n" };
            write!(f, "{end}{}", text.trim_end())?;
        }
        Ok(())
    }
}

impl Table {
    /// Reads a table as it is written; none if it isn't one.
    pub fn parse(text: &str) -> Option<Table> {
        let mut lines = text.lines();
        let head: Vec<char> = lines.next()?.chars().collect();
        let starts: Vec<usize> = (0..head.len())
            .filter(|at| !head[*at].is_whitespace() && (*at == 0 || head[at - 1] == ' '))
            .collect();
        let mut cells = cells(&head, &starts).into_iter();
        if cells.next()? != LINE {
            return None;
        }
        let variables: Vec<String> = cells.collect();
        let rows = lines.map(|line| {
            let line: Vec<char> = line.chars().collect();
            let mut cells = self::cells(&line, &starts).into_iter();
            let code = cells.next()?;
            let states: Option<_> = cells.map(|cell| State::parse(&cell)).collect();
            Some(Row {
                code,
                states: states?,
            })
        });
        let rows = rows.collect::<Option<_>>()?;
        Some(Table { variables, rows })
    }
}

/// The cells of a line whose columns begin at these characters.
fn cells(line: &[char], starts: &[usize]) -> Vec<String> {
    let ends = starts.iter().skip(1).copied().chain([usize::MAX]);
    let cells = starts.iter().zip(ends).map(|(start, end)| {
        let (start, end) = ((*start).min(line.len()), end.min(line.len()));
        let cell: String = line[start..end].iter().collect();
        cell.trim_end().to_owned()
    });
    cells.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let states = [
            "-",
            "empty",
            "owned",
            "owned mut",
            "borrowed",
            "lent",
            "lent to a, b",
            "lent mut to a",
            "lent mut",
            "borrows a",
            "borrows mut a, b",
            "done",
            "expired",
            "moved",
            "moved in part",
        ];
        let rows = states.iter().map(|state| Row {
            code: "    let a = \"b   c\"; // é".to_owned(),
            states: vec![State::parse(state).unwrap(), State::Absent],
        });
        let table = Table {
            variables: vec!["v".to_owned(), "other".to_owned()],
            rows: rows.collect(),
        };
        let written = table.to_string();
        assert_eq!(Table::parse(&written), Some(table), "{written}");
        for state in states {
            assert_eq!(State::parse(state).unwrap().to_string(), state);
        }
        assert!(written.lines().all(|line| line == line.trim_end()));
    }

    #[test]
    fn what_is_no_table_is_not_read() {
        for text in ["", "line   v\nx      owned", "after   v\nlet a   ownd"] {
            assert_eq!(Table::parse(text), None, "{text}");
        }
    }
}
