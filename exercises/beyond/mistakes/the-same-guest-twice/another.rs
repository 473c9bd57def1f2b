//! Look, and act only if nothing has changed since; otherwise look again.

use std::sync::MutexGuard;

pub const SEATS: usize = 3;

pub trait Guests {
    fn lock(&self) -> MutexGuard<'_, Vec<String>>;
}

pub fn admit<G: Guests>(guests: &G, name: &str) -> bool {
    loop {
        let seen = guests.lock().clone();
        if seen.len() >= SEATS || seen.iter().any(|guest| guest == name) {
            return false;
        }
        let mut list = guests.lock();
        if *list == seen {
            list.push(name.to_owned());
            return true;
        }
    }
}
