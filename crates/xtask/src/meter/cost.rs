//! What a run cost, and what many runs cost on the whole.

use std::ops::AddAssign;

/// What a command cost, with all that it started and waited for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cost {
    /// User and system time, in seconds.
    pub cpu: f64,
    /// Time on the clock, in seconds.
    pub wall: f64,
    /// Memory of its largest process at its peak, in bytes.
    pub largest: u64,
    /// Memory of all its processes together at its peak, in bytes, what they share counted once;
    /// none where it wasn't looked at.
    pub together: Option<u64>,
}

impl AddAssign for Cost {
    /// One after the other.
    fn add_assign(&mut self, next: Cost) {
        self.cpu += next.cpu;
        self.wall += next.wall;
        self.largest = self.largest.max(next.largest);
        self.together = self.together.max(next.together);
    }
}

/// The middle of several figures, and how far they lie apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// The median.
    pub median: f64,
    /// The least.
    pub least: f64,
    /// The most.
    pub most: f64,
}

impl Spread {
    /// The spread of some figures; none of none.
    pub fn of(figures: impl IntoIterator<Item = f64>) -> Option<Spread> {
        let mut figures: Vec<f64> = figures.into_iter().collect();
        figures.sort_by(f64::total_cmp);
        let middle = figures.len() / 2;
        let median = match figures.len() % 2 {
            1 => figures[middle],
            _ => (figures.get(middle.checked_sub(1)?)? + figures[middle]) / 2.0,
        };
        Some(Spread {
            median,
            least: *figures.first()?,
            most: *figures.last()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_whatever_the_order() {
        let spread = Spread::of([3.0, 1.0, 10.0]).unwrap();
        assert_eq!((spread.least, spread.median, spread.most), (1.0, 3.0, 10.0));
        assert_eq!(Spread::of([4.0, 2.0]).unwrap().median, 3.0);
        assert_eq!(Spread::of([]), None);
    }

    #[test]
    fn one_after_the_other_takes_both_times_and_the_larger_memory() {
        let cost = |cpu, largest, together| Cost {
            cpu,
            wall: cpu,
            largest,
            together,
        };
        let mut both = cost(1.0, 7, None);
        both += cost(2.0, 5, Some(9));
        assert_eq!((both.cpu, both.largest, both.together), (3.0, 7, Some(9)));
    }
}
