//! The rules of the model by name, so that a test can leave one out and see that it is missed.

/// One rule of the model.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Rule {
    /// [intro.races]/15: of two stores the one that happens before is the
    /// earlier in modification order.
    WriteWrite,
    /// [intro.races]/16: a load doesn't read what is older than what a load
    /// before it read.
    ReadRead,
    /// [intro.races]/17: a store isn't put before what a load before it read.
    ReadWrite,
    /// [intro.races]/18: a load doesn't read what is older than a store before it.
    WriteRead,
    /// [atomics.order]/10: a read-modify-write reads the store right before its own.
    Atomicity,
    /// [atomics.order]/2: a release synchronises with the acquire that reads
    /// from its release sequence.
    ReleaseAcquire,
    /// [intro.races]/5: read-modify-writes go on with a release sequence.
    ReleaseSequence,
    /// [atomics.fences]/2 and /3: a release fence before the store.
    ReleaseFence,
    /// [atomics.fences]/2 and /4: an acquire fence behind the load.
    AcquireFence,
    /// [thread.thread.constr]/6: what spawns a thread happens before it.
    Spawn,
    /// [thread.thread.member]/4: a thread happens before its join.
    Join,
    /// [thread.mutex.requirements.mutex]: an unlock happens before the next lock.
    Lock,
    /// [atomics.order]/4: S agrees with what strongly happens before.
    Strongly,
    /// The same, not with all that happens before.
    OnlyStrongly,
    /// [atomics.order]/4.1: S agrees with the coherence order of two operations.
    OperationOperation,
    /// [atomics.order]/4.2: of an operation and what happens before a fence.
    OperationFence,
    /// [atomics.order]/4.3: of what happens after a fence and an operation.
    FenceOperation,
    /// [atomics.order]/4.4: of what happens after a fence and before a fence.
    FenceFence,
    /// [intro.races]/21: unordered conflicting accesses race.
    Race,
}

impl Rule {
    /// All of them.
    #[cfg(test)]
    pub(crate) const ALL: [Rule; 19] = [
        Rule::WriteWrite,
        Rule::ReadRead,
        Rule::ReadWrite,
        Rule::WriteRead,
        Rule::Atomicity,
        Rule::ReleaseAcquire,
        Rule::ReleaseSequence,
        Rule::ReleaseFence,
        Rule::AcquireFence,
        Rule::Spawn,
        Rule::Join,
        Rule::Lock,
        Rule::Strongly,
        Rule::OnlyStrongly,
        Rule::OperationOperation,
        Rule::OperationFence,
        Rule::FenceOperation,
        Rule::FenceFence,
        Rule::Race,
    ];
}

/// The rules in force: all of them, but for a test.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Rules {
    without: Option<Rule>,
}

impl Rules {
    /// All but one.
    #[cfg(test)]
    pub(crate) fn without(rule: Rule) -> Rules {
        Rules {
            without: Some(rule),
        }
    }

    pub(crate) fn has(self, rule: Rule) -> bool {
        self.without != Some(rule)
    }
}
