//! The bound behind a truth table: what a type asks of its parameters.

use std::fmt;

use crate::marker::{Marker, Trait};

/// When a type has a trait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bound {
    /// Whatever its parameters are.
    Always,
    /// Whatever its parameters are, it hasn't.
    Never,
    /// If its parameters are what is demanded, and only then.
    If(Vec<Demand>),
}

/// What is asked of one parameter; at least one of the two traits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// The place of the parameter.
    pub place: usize,
    /// Its name.
    pub parameter: String,
    /// What it must have.
    pub traits: Vec<Trait>,
}

impl Bound {
    /// Derives the bound from the answers for all assignments of the four markers.
    ///
    /// A bound is a list of demands that must all be met. So a demand is in it exactly where
    /// lacking that trait, and nothing else, makes the answer *no*; and then the whole table must
    /// come out as the bound says. If it doesn't, no bound explains it: there is none to be had.
    ///
    /// The time is 4 to the number of parameters.
    pub fn derive(parameters: &[String], answer: impl Fn(&[Marker]) -> bool) -> Option<Bound> {
        let all_both = vec![Marker::Both; parameters.len()];
        let lacking = |place: usize, which: Trait| {
            let mut markers = all_both.clone();
            markers[place] = Marker::without(which);
            !answer(&markers)
        };
        let bound = if !answer(&all_both) {
            Bound::Never
        } else {
            let demands: Vec<Demand> = (0..parameters.len())
                .map(|place| Demand {
                    place,
                    parameter: parameters[place].clone(),
                    traits: Trait::ALL
                        .into_iter()
                        .filter(|which| lacking(place, *which))
                        .collect(),
                })
                .filter(|demand| !demand.traits.is_empty())
                .collect();
            match demands.is_empty() {
                true => Bound::Always,
                false => Bound::If(demands),
            }
        };
        Marker::assignments(parameters.len())
            .iter()
            .all(|markers| bound.allows(markers) == answer(markers))
            .then_some(bound)
    }

    /// What the bound says of these markers.
    pub fn allows(&self, markers: &[Marker]) -> bool {
        match self {
            Bound::Always => true,
            Bound::Never => false,
            Bound::If(demands) => demands.iter().all(|demand| {
                let marker = markers[demand.place];
                demand.traits.iter().all(|which| marker.has(*which))
            }),
        }
    }

    /// Assignments that the bound refuses, one for each reason to refuse.
    pub(crate) fn refused(&self, places: usize) -> Vec<Vec<Marker>> {
        let both = vec![Marker::Both; places];
        match self {
            Bound::Always => Vec::new(),
            Bound::Never => vec![both],
            Bound::If(demands) => demands
                .iter()
                .flat_map(|demand| demand.traits.iter().map(move |which| (demand.place, which)))
                .map(|(place, which)| {
                    let mut markers = both.clone();
                    markers[place] = Marker::without(*which);
                    markers
                })
                .collect(),
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let demands = match self {
            Bound::Always => return write!(f, "always"),
            Bound::Never => return write!(f, "never"),
            Bound::If(demands) => demands,
        };
        let demand = |demand: &Demand| {
            let traits: Vec<_> = demand.traits.iter().map(Trait::to_string).collect();
            format!("{}: {}", demand.parameter, traits.join(" + "))
        };
        let demands: Vec<_> = demands.iter().map(demand).collect();
        write!(f, "if {}", demands.join(", "))
    }
}

impl fmt::Display for Trait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}
