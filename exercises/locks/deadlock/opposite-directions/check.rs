use std::collections::HashMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::Duration;

use crate::task::{Account, transfer};

/// A bank that keeps record of who has locked what, and who wants what.
#[derive(Default)]
struct Bank {
    balances: [Mutex<i64>; 2],
    record: Mutex<HashMap<ThreadId, Entry>>,
    changed: Condvar,
    /// Who has locked one account waits until the other one has as well, or can't.
    two_at_once: bool,
}

#[derive(Default)]
struct Entry {
    got: Vec<u32>,
    wants: Option<u32>,
}

impl Bank {
    fn with_balances(balances: [i64; 2]) -> Bank {
        let balances = balances.map(Mutex::new);
        Bank {
            balances,
            ..Bank::default()
        }
    }

    fn accounts(&self) -> [InBank<'_>; 2] {
        [0, 1].map(|number| InBank { number, bank: self })
    }

    fn free(&self, number: u32) -> bool {
        self.balances[number as usize].try_lock().is_ok()
    }

    fn balances(self) -> [i64; 2] {
        self.balances
            .map(|balance| balance.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}

struct InBank<'a> {
    number: u32,
    bank: &'a Bank,
}

impl Account for InBank<'_> {
    fn number(&self) -> u32 {
        self.number
    }

    fn lock(&self) -> MutexGuard<'_, i64> {
        let (bank, me) = (self.bank, thread::current().id());
        let mut record = bank.record.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = record.entry(me).or_default();
        mine.wants = Some(self.number);
        let got = mine.got.clone();
        assert!(
            !got.contains(&self.number) || bank.free(self.number),
            "the transfer waits for a lock that it has itself"
        );
        let has_what_i_want = |entry: &Entry| entry.got.contains(&self.number);
        let wants_what_i_have = |entry: &Entry| entry.wants.is_some_and(|it| got.contains(&it));
        let ring = !bank.free(self.number)
            && record
                .iter()
                .any(|(&it, entry)| it != me && has_what_i_want(entry) && wants_what_i_have(entry));
        assert!(
            !ring,
            "each of two transfers waits for a lock that the other one has"
        );
        bank.changed.notify_all();
        drop(record);

        let balance = &bank.balances[self.number as usize];
        let guard = balance.lock().unwrap_or_else(PoisonError::into_inner);

        let mut record = bank.record.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = record.get_mut(&me).unwrap();
        mine.wants = None;
        mine.got.push(self.number);
        let is_first = mine.got.len() == 1;
        bank.changed.notify_all();
        if bank.two_at_once && is_first {
            // The other one has a lock now, or waits for one. If it isn't let in at all, we
            // don't wait for it for ever.
            let alone = |record: &mut HashMap<ThreadId, Entry>| {
                let stands = |entry: &Entry| {
                    !entry.got.is_empty() || entry.wants.is_some_and(|it| !bank.free(it))
                };
                !record.iter().any(|(&it, entry)| it != me && stands(entry))
            };
            let patience = Duration::from_secs(3);
            let waited = bank.changed.wait_timeout_while(record, patience, alone);
            drop(waited);
        }
        guard
    }
}

#[test]
fn two_transfers_in_opposite_directions_both_end() {
    let bank = Bank {
        two_at_once: true,
        ..Bank::with_balances([100, 100])
    };
    let [mine, yours] = bank.accounts();
    let ended = thread::scope(|s| {
        let there = s.spawn(|| transfer(&mine, &yours, 10));
        let back = s.spawn(|| transfer(&yours, &mine, 5));
        [there, back].map(|child| child.join())
    });
    for transfer in ended {
        if let Err(panic) = transfer {
            panic!(
                "{}",
                panic
                    .downcast_ref::<&str>()
                    .unwrap_or(&"a transfer panicked")
            );
        }
    }
    assert_eq!(bank.balances(), [95, 105], "the balances");
}

#[test]
fn a_transfer_to_the_same_account_changes_nothing() {
    let bank = Bank::with_balances([100, 100]);
    let [mine, _] = bank.accounts();
    transfer(&mine, &mine, 10);
    assert_eq!(bank.balances(), [100, 100], "the balances");
}

#[test]
fn the_money_goes_the_way_it_should() {
    let bank = Bank::with_balances([100, 100]);
    let [mine, yours] = bank.accounts();
    transfer(&mine, &yours, 10);
    transfer(&yours, &mine, 50);
    assert_eq!(bank.balances(), [140, 60], "the balances");
}

#[test]
fn nobody_sees_money_missing() {
    struct Strict<'a>(InBank<'a>);

    impl Account for Strict<'_> {
        fn number(&self) -> u32 {
            self.0.number()
        }

        fn lock(&self) -> MutexGuard<'_, i64> {
            let bank = self.0.bank;
            let record = bank.record.lock().unwrap();
            for number in record.values().flat_map(|entry| &entry.got) {
                assert!(
                    !bank.free(*number),
                    "one account is free while the money isn't in the other"
                );
            }
            drop(record);
            self.0.lock()
        }
    }

    let bank = Bank::with_balances([100, 100]);
    let [mine, yours] = bank.accounts().map(Strict);
    transfer(&mine, &yours, 10);
    assert_eq!(bank.balances(), [90, 110], "the balances");
}
