//! One machine's share of a book's blocks.

use std::fmt;
use std::str::FromStr;

/// One of several equal shares: `2/4` is the second of four.
///
/// The blocks of a book are dealt out in reading order, one to each share in turn. So neighbours,
/// which are often slow alike, go to different machines, and all shares together hold each block
/// exactly once. What is wrong outside of blocks, such as a missing include, is in the first.
///
/// ```
/// use mdbook_verdict::Partition;
///
/// let second: Partition = "2/4".parse()?;
/// assert_eq!(second.of(0..10).collect::<Vec<_>>(), [1, 5, 9]);
/// assert!("5/4".parse::<Partition>().is_err());
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partition {
    number: usize,
    count: usize,
}

impl Default for Partition {
    /// The whole.
    fn default() -> Self {
        Partition {
            number: 1,
            count: 1,
        }
    }
}

impl Partition {
    /// Whether it is the first of its kind, to which belongs what can't be dealt out.
    pub fn is_first(self) -> bool {
        self.number == 1
    }

    /// This share of some items.
    pub fn of<T>(self, items: impl IntoIterator<Item = T>) -> impl Iterator<Item = T> {
        items.into_iter().skip(self.number - 1).step_by(self.count)
    }
}

impl fmt::Display for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.count)
    }
}

impl FromStr for Partition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| {
            let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| text.parse::<usize>().ok()).flatten()
        };
        let numbers = text
            .split_once('/')
            .and_then(|(k, n)| Some((number(k)?, number(n)?)));
        match numbers {
            None => Err("it must be two numbers, such as 2/4: the second of four".to_owned()),
            Some((_, 0)) => Err("there must be one partition at least, 1/1".to_owned()),
            Some((0, count)) => Err(format!(
                "partitions are counted from 1: the first is 1/{count}"
            )),
            Some((number, count)) if number > count => Err(format!(
                "there are only {count} partitions: the last is {count}/{count}"
            )),
            Some((number, count)) => Ok(Partition { number, count }),
        }
    }
}
