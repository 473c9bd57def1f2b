//! The four types that stand in for a parameter.

/// A type that stands in for a parameter, by what it is: one for each pair of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// `Send` and `Sync`.
    Both,
    /// `Send`, but not `Sync`.
    SendOnly,
    /// `Sync`, but not `Send`.
    SyncOnly,
    /// Neither of the two.
    Neither,
}

/// One of the two traits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trait {
    /// May move to another thread.
    Send,
    /// May be shared with another thread.
    Sync,
}

impl Trait {
    /// Both of them, in the order of the table's columns.
    pub const ALL: [Trait; 2] = [Trait::Send, Trait::Sync];
}

impl Marker {
    /// All four.
    pub const ALL: [Marker; 4] = [
        Marker::Both,
        Marker::SendOnly,
        Marker::SyncOnly,
        Marker::Neither,
    ];

    /// Whether it has the trait.
    pub fn has(self, which: Trait) -> bool {
        match which {
            Trait::Send => matches!(self, Marker::Both | Marker::SendOnly),
            Trait::Sync => matches!(self, Marker::Both | Marker::SyncOnly),
        }
    }

    /// The one that lacks this trait and nothing else.
    pub fn without(which: Trait) -> Marker {
        match which {
            Trait::Send => Marker::SyncOnly,
            Trait::Sync => Marker::SendOnly,
        }
    }

    /// Every way to put a marker in each of so many places: 4 to that power.
    pub fn assignments(places: usize) -> Vec<Vec<Marker>> {
        let mut all = vec![Vec::new()];
        for _ in 0..places {
            let longer = |start: &Vec<Marker>| {
                let start = start.clone();
                Marker::ALL.map(move |next| [start.as_slice(), &[next]].concat())
            };
            all = all.iter().flat_map(longer).collect();
        }
        all
    }
}
