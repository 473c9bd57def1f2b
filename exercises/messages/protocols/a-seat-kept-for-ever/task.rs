//! A hall gives its seats away in two steps: `hold` keeps a free seat for somebody,
//! and the hold is then sold, for a ticket, or cancelled. A hold that is dropped
//! without a word is over as well, and its seat is free again; a sold seat never is.
//!
//! "Every function of mine sells its hold or cancels it. The types see to it that
//! it isn't both. And yet, in the evening there are empty seats that the hall
//! believes to be taken. Some customers must have left with `?`."

pub struct Hall {
    free: Vec<u32>,
}

pub struct Hold {
    seat: u32,
}

/// It stays as it is.
pub struct Ticket {
    pub seat: u32,
}

impl Hall {
    pub fn new(seats: u32) -> Hall {
        Hall {
            free: (1..=seats).collect(),
        }
    }

    pub fn hold(&mut self) -> Option<Hold> {
        let seat = self.free.pop()?;
        Some(Hold { seat })
    }

    pub fn cancel(&mut self, hold: Hold) {
        self.free.push(hold.seat);
    }
}

impl Hold {
    pub fn sell(self) -> Ticket {
        Ticket { seat: self.seat }
    }
}
