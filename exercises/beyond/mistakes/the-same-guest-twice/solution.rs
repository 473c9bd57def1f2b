//! One guard, from the first look to the end of the deed.

use std::sync::MutexGuard;

pub const SEATS: usize = 3;

pub trait Guests {
    fn lock(&self) -> MutexGuard<'_, Vec<String>>;
}

pub fn admit<G: Guests>(guests: &G, name: &str) -> bool {
    let mut list = guests.lock();
    if list.len() >= SEATS || list.iter().any(|guest| guest == name) {
        return false;
    }
    list.push(name.to_owned());
    true
}
