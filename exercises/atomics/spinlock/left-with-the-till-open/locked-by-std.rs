//! The standard library's lock has a guard. A till that was left by a panic holds
//! what it held, so the poison can be passed over.

use std::sync::{Mutex, TryLockError};

pub struct Till {
    cents: Mutex<u64>,
}

impl Till {
    pub fn new() -> Till {
        Till {
            cents: Mutex::new(0),
        }
    }

    pub fn change(&self, work_out: impl FnOnce(u64) -> Result<u64, String>) -> Result<u64, String> {
        let mut cents = match self.cents.try_lock() {
            Ok(cents) => cents,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return Err("somebody is at the till".to_owned()),
        };
        *cents = work_out(*cents)?;
        Ok(*cents)
    }
}
