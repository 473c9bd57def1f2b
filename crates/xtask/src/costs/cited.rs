//! The ratios that the chapters name, and what they rest on.

use super::question::group;
use super::ratio::{Ratio, Says};
use super::record::{Case, Record};

/// A ratio that some chapter includes by its name.
pub struct Cited {
    /// The anchor.
    pub name: &'static str,
    of: Which,
    to: Which,
    /// What the sentence around it rests on, if it does.
    rests_on: Option<Says>,
}

/// A measurement: its group, its case, and on how many threads.
type Which = (&'static str, &'static str, Threads);

/// On how many threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Threads {
    One,
    /// As many as were tried.
    Most,
}

use Threads::{Most, One};

const fn of(name: &'static str, of: Which, to: Which) -> Cited {
    Cited {
        name,
        of,
        to,
        rests_on: None,
    }
}

const fn more(name: &'static str, of: Which, to: Which) -> Cited {
    Cited {
        name,
        of,
        to,
        rests_on: Some(Says::More),
    }
}

/// All of them.
pub const CITED: &[Cited] = &[
    more(
        "first-atomic",
        ("counters", "one", One),
        ("owners", "rc", One),
    ),
    more("first-lock", ("locks", "std", One), ("owners", "rc", One)),
    more("first-spawn", ("jobs", "spawn", One), ("owners", "rc", One)),
    more("arc", ("owners", "arc", One), ("owners", "rc", One)),
    more(
        "arc-shared",
        ("owners", "arc", Most),
        ("owners", "arc", One),
    ),
    of(
        "arc-own",
        ("owners", "own-arc", Most),
        ("owners", "arc", One),
    ),
    of(
        "load-acquire",
        ("orderings", "load-acquire", One),
        ("orderings", "load-relaxed", One),
    ),
    of(
        "load-seqcst",
        ("orderings", "load-seqcst", One),
        ("orderings", "load-relaxed", One),
    ),
    of(
        "store-release",
        ("orderings", "store-release", One),
        ("orderings", "store-relaxed", One),
    ),
    of(
        "store-seqcst",
        ("orderings", "store-seqcst", One),
        ("orderings", "store-relaxed", One),
    ),
    more(
        "add-atomic",
        ("orderings", "add-relaxed", One),
        ("orderings", "add-plain", One),
    ),
    of(
        "add-seqcst",
        ("orderings", "add-seqcst", One),
        ("orderings", "add-relaxed", One),
    ),
    more(
        "count-one",
        ("counters", "one", Most),
        ("counters", "one", One),
    ),
    more(
        "count-crowded",
        ("counters", "crowded", Most),
        ("counters", "crowded", One),
    ),
    of(
        "count-padded",
        ("counters", "padded", Most),
        ("counters", "padded", One),
    ),
    of(
        "lock-atomic",
        ("locks", "std", One),
        ("counters", "one", One),
    ),
    more(
        "lock-contended",
        ("locks", "std", Most),
        ("locks", "std", One),
    ),
    of(
        "lock-parking-lot",
        ("locks", "parking-lot", One),
        ("locks", "std", One),
    ),
    of(
        "lock-parking",
        ("locks", "parking", One),
        ("locks", "std", One),
    ),
    of(
        "lock-spinlock",
        ("locks", "spinlock", One),
        ("locks", "std", One),
    ),
    of("lock-mutex", ("locks", "mutex", One), ("locks", "std", One)),
    of(
        "lock-parking-contended",
        ("locks", "parking", Most),
        ("locks", "std", Most),
    ),
    of(
        "lock-spinlock-contended",
        ("locks", "spinlock", Most),
        ("locks", "std", Most),
    ),
    of(
        "short-looks",
        ("short-looks", "rwlock", Most),
        ("short-looks", "mutex", Most),
    ),
    of(
        "long-looks",
        ("long-looks", "rwlock", Most),
        ("long-looks", "mutex", Most),
    ),
    of(
        "channel-crossbeam",
        ("channels", "crossbeam", Most),
        ("channels", "std", Most),
    ),
    of(
        "channel-ours",
        ("channels", "ours", One),
        ("channels", "std", One),
    ),
    of(
        "channel-ours-across",
        ("channels", "ours", Most),
        ("channels", "std", Most),
    ),
    of("scope", ("jobs", "scope", One), ("jobs", "spawn", One)),
    more("spawn", ("jobs", "spawn", One), ("jobs", "pool", One)),
    of(
        "scoped-pool",
        ("jobs", "scoped-pool", One),
        ("jobs", "pool", One),
    ),
    of("rayon", ("jobs", "rayon", One), ("jobs", "pool", One)),
];

impl Cited {
    /// The ratio, as it was measured.
    pub fn ratio(&self, record: &Record) -> Ratio {
        Ratio::of(found(record, self.of), found(record, self.to))
    }
}

/// The measurement; a record that was read has all.
fn found(record: &Record, (group, case, threads): Which) -> &Case {
    let mut cases = record.of(group, case);
    match threads {
        One => cases.find(|case| case.threads == 1),
        Most => cases.max_by_key(|case| case.threads),
    }
    .unwrap_or_else(|| panic!("{group}/{case} isn't in the record"))
}

/// What the chapters rest on and the record doesn't bear out, a sentence each.
pub fn contradictions(record: &Record) -> Vec<String> {
    let named = |(name, case, threads): Which| {
        let group = group(name);
        let count = found(record, (name, case, threads)).threads;
        let of = plural(count, "thread");
        format!("“{}: {}” on {of}", group.title, group.label(case))
    };
    let wrong = CITED.iter().filter_map(|cited| {
        let ratio = cited.ratio(record);
        let rests_on = cited.rests_on.filter(|wanted| *wanted != ratio.says())?;
        let wanted = match rests_on {
            Says::More => "more",
            Says::Less => "less",
            Says::Equal => "no other",
        };
        Some(format!(
            "{} takes {} of {}, but a chapter includes `{}` where it takes {wanted}",
            named(cited.of),
            ratio.words(),
            named(cited.to),
            cited.name,
        ))
    });
    wrong.collect()
}

/// `1 thread`, `2 threads`.
pub fn plural(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}
