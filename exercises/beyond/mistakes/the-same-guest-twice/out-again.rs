//! In first, and out again if that was wrong: in between, others see it.

use std::sync::MutexGuard;

pub const SEATS: usize = 3;

pub trait Guests {
    fn lock(&self) -> MutexGuard<'_, Vec<String>>;
}

pub fn admit<G: Guests>(guests: &G, name: &str) -> bool {
    guests.lock().push(name.to_owned());
    let mut list = guests.lock();
    let twice = list.iter().filter(|guest| *guest == name).count() > 1;
    if twice || list.len() > SEATS {
        list.pop();
        return false;
    }
    true
}
