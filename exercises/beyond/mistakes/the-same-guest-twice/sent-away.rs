//! Whoever finds that something has changed is sent away.

use std::sync::MutexGuard;

pub const SEATS: usize = 3;

pub trait Guests {
    fn lock(&self) -> MutexGuard<'_, Vec<String>>;
}

pub fn admit<G: Guests>(guests: &G, name: &str) -> bool {
    let seen = guests.lock().clone();
    if seen.len() >= SEATS || seen.iter().any(|guest| guest == name) {
        return false;
    }
    let mut list = guests.lock();
    let same = *list == seen;
    if same {
        list.push(name.to_owned());
    }
    same
}
