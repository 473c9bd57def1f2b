//! A party with few seats and several doors. `admit` lets a guest in, unless they are in
//! already or all seats are taken, and tells whether it did. The list is right whenever
//! somebody can look at it: no name twice, and no more names than seats.
//!
//! "I never touch the list without its lock. Still we had one guest on two chairs last
//! night, and another one on none."

use std::sync::MutexGuard;

pub const SEATS: usize = 3;

/// Where the list is kept is none of our business: `Guests` stays as it is.
pub trait Guests {
    /// Waits for the lock of the list.
    fn lock(&self) -> MutexGuard<'_, Vec<String>>;
}

pub fn admit<G: Guests>(guests: &G, name: &str) -> bool {
    let is_in = guests.lock().iter().any(|guest| guest == name);
    let is_full = guests.lock().len() >= SEATS;
    if is_in || is_full {
        return false;
    }
    guests.lock().push(name.to_owned());
    true
}
