//! What is asked: the groups of the benches, and what their cases are called on the page.

/// A group of measurements that one figure shows.
pub struct Group {
    /// As the benches call it.
    pub name: &'static str,
    /// Above its figure.
    pub title: &'static str,
    /// What one operation is, in a sentence below the figure.
    pub operation: &'static str,
    /// With which the others are compared, on so many threads.
    pub baseline: (&'static str, usize),
    /// As the benches call them, and as the page does, in its order.
    pub cases: &'static [(&'static str, &'static str)],
}

/// All of them.
pub const GROUPS: &[Group] = &[
    Group {
        name: "owners",
        title: "An owner comes and goes",
        operation: "A clone, and its end.",
        baseline: ("rc", 1),
        cases: &[("rc", "Rc"), ("arc", "one Arc"), ("own-arc", "an Arc each")],
    },
    Group {
        name: "orderings",
        title: "An atomic that nobody else uses",
        operation: "One operation, on one thread.",
        baseline: ("load-relaxed", 1),
        cases: &[
            ("load-relaxed", "load, Relaxed"),
            ("load-acquire", "load, Acquire"),
            ("load-seqcst", "load, SeqCst"),
            ("store-relaxed", "store, Relaxed"),
            ("store-release", "store, Release"),
            ("store-seqcst", "store, SeqCst"),
            ("add-plain", "not atomic, + 1"),
            ("add-relaxed", "fetch_add, Relaxed"),
            ("add-acqrel", "fetch_add, AcqRel"),
            ("add-seqcst", "fetch_add, SeqCst"),
        ],
    },
    Group {
        name: "counters",
        title: "Counting together",
        operation: "Each thread adds one, over and over, with nothing in between.",
        baseline: ("one", 1),
        cases: &[
            ("one", "one atomic"),
            ("crowded", "shards, crowded"),
            ("padded", "shards, padded"),
        ],
    },
    Group {
        name: "locks",
        title: "Adding one behind a lock",
        operation: "Each thread locks, adds one and unlocks, over and over, with nothing in between.",
        baseline: ("std", 1),
        cases: &[
            ("std", "std"),
            ("parking-lot", "parking_lot"),
            ("parking", "ours, asleep"),
            ("spinlock", "ours, awake"),
            ("mutex", "ours, on std's"),
        ],
    },
    Group {
        name: "short-looks",
        title: "Ninety-nine short looks, then a change",
        operation: "Each thread locks, reads one number and unlocks; every hundredth time it adds one.",
        baseline: ("mutex", 1),
        cases: &[("mutex", "Mutex"), ("rwlock", "RwLock")],
    },
    Group {
        name: "long-looks",
        title: "Ninety-nine long looks, then a change",
        operation: "The same, where a look adds up ten thousand numbers.",
        baseline: ("mutex", 1),
        cases: &[("mutex", "Mutex"), ("rwlock", "RwLock")],
    },
    Group {
        name: "channels",
        title: "A message",
        operation: "One thread: it sends a message and receives it. Two: one sends, the other receives.",
        baseline: ("std", 1),
        cases: &[
            ("std", "std's mpsc"),
            ("crossbeam", "crossbeam"),
            ("ours", "ours"),
        ],
    },
    Group {
        name: "jobs",
        title: "A small job for another thread",
        operation: "Sixteen jobs are handed out, then waited for.",
        baseline: ("pool", 1),
        cases: &[
            ("pool", "our pool"),
            ("rayon", "rayon's scope"),
            ("scoped-pool", "scoped_threadpool"),
            ("scope", "thread::scope"),
            ("spawn", "thread::spawn"),
        ],
    },
];

impl Group {
    /// What a case is called on the page.
    pub fn label(&self, case: &str) -> &'static str {
        let known = self.cases.iter().find(|(name, _)| *name == case);
        known.map_or("?", |(_, label)| label)
    }
}

/// The group of that name.
///
/// # Panics
///
/// If there is none.
pub fn group(name: &str) -> &'static Group {
    let mut groups = GROUPS.iter();
    groups
        .find(|group| group.name == name)
        .unwrap_or_else(|| panic!("no group {name}"))
}
