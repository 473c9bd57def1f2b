//! How many times as long: a ratio with its spread, and the words for it.

use super::record::Case;

/// How many times as long something took as something else.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// The median of the rounds.
    pub median: f64,
    /// What 5 of 100 rounds lie below.
    pub low: f64,
    /// What 5 of 100 rounds lie above.
    pub high: f64,
}

/// A difference of less is none: where the compiler happens to put a loop makes as much.
const TOLERANCE: f64 = 0.05;

/// What a ratio says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// It took longer.
    More,
    /// It took less long.
    Less,
    /// The two can't be told apart.
    Equal,
}

impl Ratio {
    /// Round by round, since what disturbs a round disturbs both.
    pub fn of(case: &Case, baseline: &Case) -> Ratio {
        let rounds = case.median_ns.iter().zip(&baseline.median_ns);
        Ratio::of_rounds(rounds.map(|(time, other)| time / other))
    }

    fn of_rounds(ratios: impl Iterator<Item = f64>) -> Ratio {
        let mut ratios: Vec<f64> = ratios.collect();
        ratios.sort_by(f64::total_cmp);
        Ratio {
            median: quantile(&ratios, 0.5),
            low: quantile(&ratios, 0.05),
            high: quantile(&ratios, 0.95),
        }
    }

    /// Where the spreads of the two overlap, so that the spread of their ratio reaches 1 or comes
    /// near it, they are equal.
    pub fn says(self) -> Says {
        if self.low > 1.0 + TOLERANCE {
            Says::More
        } else if self.high < 1.0 - TOLERANCE {
            Says::Less
        } else {
            Says::Equal
        }
    }

    /// `about 3.0 times the time (2.6 to 3.4)`, or `equal time (0.97 to 1.2)`.
    pub fn words(self) -> String {
        let spread = self.spread();
        match self.says() {
            Says::Equal => format!("equal time ({spread})"),
            Says::More | Says::Less => {
                format!("about {} times the time ({spread})", figure(self.median))
            }
        }
    }

    /// `2.6 to 3.4`.
    pub fn spread(self) -> String {
        format!("{} to {}", figure(self.low), figure(self.high))
    }

    /// `3.0`, or `equal`.
    pub fn short(self) -> String {
        match self.says() {
            Says::Equal => "equal".to_owned(),
            Says::More | Says::Less => figure(self.median),
        }
    }
}

/// Between the sorted figures, where needed.
pub fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let (below, above) = (place.floor() as usize, place.ceil() as usize);
    sorted[below] + (sorted[above] - sorted[below]) * (place - place.floor())
}

/// Two digits that count: `0.34`, `3.0`, `12,000`.
pub fn figure(value: f64) -> String {
    let places = 1 - value.log10().floor() as i32;
    let scale = 10_f64.powi(places);
    let rounded = (value * scale).round() / scale;
    // Rounded up, it may have a digit more.
    let places = 1 - rounded.log10().floor() as i32;
    let text = format!("{rounded:.*}", places.max(0) as usize);
    match text.len().checked_sub(3) {
        Some(thousands) if thousands > 0 && !text.contains('.') => {
            format!("{},{}", &text[..thousands], &text[thousands..])
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(low: f64, median: f64, high: f64) -> Ratio {
        Ratio { median, low, high }
    }

    #[test]
    fn figures_have_two_digits_that_count() {
        let shown = [0.034, 0.3, 0.996, 1.04, 3.0, 9.96, 12.4, 12_345.0].map(figure);
        assert_eq!(
            shown,
            ["0.034", "0.30", "1.0", "1.0", "3.0", "10", "12", "12,000"]
        );
    }

    #[test]
    fn spreads_that_overlap_are_called_equal() {
        assert_eq!(
            ratio(0.96, 1.2, 1.5).words(),
            "equal time (0.96 to 1.5)",
            "though the median lies far from 1"
        );
        assert_eq!(ratio(0.5, 0.8, 0.97).says(), Says::Equal);
    }

    #[test]
    fn spreads_that_lie_apart_are_told_in_figures() {
        assert_eq!(
            ratio(2.6, 3.0, 3.4).words(),
            "about 3.0 times the time (2.6 to 3.4)"
        );
        assert_eq!(
            ratio(0.28, 0.3, 0.33).words(),
            "about 0.30 times the time (0.28 to 0.33)"
        );
    }

    #[test]
    fn the_spread_leaves_out_the_rounds_at_both_ends() {
        let ratio = Ratio::of_rounds((0..=100).map(f64::from).rev());
        assert_eq!(
            ratio,
            Ratio {
                median: 50.0,
                low: 5.0,
                high: 95.0
            }
        );
    }
}
