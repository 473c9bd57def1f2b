use std::cell::Cell;
use std::sync::{Mutex, MutexGuard};

use crate::task::{Guests, SEATS, admit};

/// A party at whose other door somebody comes in just before the lock is asked for, once:
/// the worst moment is tried, whichever it is.
struct Party {
    list: Mutex<Vec<String>>,
    other: &'static str,
    /// How often the lock is still to be asked for before that.
    countdown: Cell<u32>,
    let_in: Cell<bool>,
    was_wrong: Cell<bool>,
}

impl Party {
    fn new(list: &[&str], other: &'static str, countdown: u32) -> Party {
        Party {
            list: Mutex::new(list.iter().map(|&name| name.to_owned()).collect()),
            other,
            countdown: Cell::new(countdown),
            let_in: Cell::new(false),
            was_wrong: Cell::new(false),
        }
    }

    /// At each of these moments once.
    fn at_every_moment(list: &[&str], other: &'static str) -> [Party; 8] {
        std::array::from_fn(|countdown| Party::new(list, other, countdown as u32))
    }

    fn is_right(list: &[String]) -> bool {
        let mut names = list.to_vec();
        names.sort();
        names.dedup();
        names.len() == list.len() && list.len() <= SEATS
    }

    fn list(self) -> Vec<String> {
        self.list.into_inner().unwrap()
    }
}

impl Guests for Party {
    fn lock(&self) -> MutexGuard<'_, Vec<String>> {
        let Ok(mut list) = self.list.try_lock() else {
            panic!("`admit` waits for a lock that it has itself");
        };
        if !Party::is_right(&list) {
            self.was_wrong.set(true);
        }
        let left = self.countdown.get();
        self.countdown.set(left.wrapping_sub(1));
        if left == 0 && list.len() < SEATS && !list.iter().any(|guest| guest == self.other) {
            list.push(self.other.to_owned());
            self.let_in.set(true);
        }
        list
    }
}

#[test]
fn one_of_two_doors_lets_the_same_guest_in() {
    for party in Party::at_every_moment(&["Bea"], "Ada") {
        let doors = usize::from(admit(&party, "Ada")) + usize::from(party.let_in.get());
        assert_eq!(doors, 1, "how many doors have let Ada in");
        let list = party.list();
        let ada = list.iter().filter(|guest| *guest == "Ada").count();
        assert_eq!(ada, 1, "how often Ada is on the list");
    }
}

#[test]
fn the_last_seat_is_given_once() {
    for party in Party::at_every_moment(&["Ada", "Bea"], "Cleo") {
        let doors = usize::from(admit(&party, "Dora")) + usize::from(party.let_in.get());
        assert_eq!(doors, 1, "how many doors have let somebody onto one seat");
        assert_eq!(party.list().len(), SEATS, "how many are on the list");
    }
}

#[test]
fn who_may_come_in_is_let_in() {
    let party = Party::new(&[], "", u32::MAX);
    let admitted = ["Ada", "Ada", "Bea", "Cleo", "Dora"].map(|name| admit(&party, name));
    assert_eq!(
        admitted,
        [true, false, true, true, false],
        "Ada comes twice, Dora is the fourth"
    );
    for party in Party::at_every_moment(&[], "Ada") {
        assert!(
            admit(&party, "Bea"),
            "Bea is sent away, with a seat left for her"
        );
    }
}

#[test]
fn the_list_is_right_whenever_somebody_can_look() {
    for full in [&["Ada", "Bea", "Cleo"][..], &["Ada"]] {
        let party = Party::new(full, "", u32::MAX);
        admit(&party, if full.len() < SEATS { "Ada" } else { "Dora" });
        assert!(
            !party.was_wrong.get(),
            "a wrong list could be seen for a while"
        );
        drop(party.lock());
        assert!(!party.was_wrong.get(), "a wrong list is left behind");
    }
}
