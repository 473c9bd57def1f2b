//! The lock is kept, and asked for again.

use std::sync::MutexGuard;

pub const SEATS: usize = 3;

pub trait Guests {
    fn lock(&self) -> MutexGuard<'_, Vec<String>>;
}

pub fn admit<G: Guests>(guests: &G, name: &str) -> bool {
    let list = guests.lock();
    if list.len() >= SEATS || list.iter().any(|guest| guest == name) {
        return false;
    }
    guests.lock().push(name.to_owned());
    true
}
