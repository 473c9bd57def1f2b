//! A hold that ends tells the hall, through a channel; one that was sold has nothing
//! to tell.

use std::sync::mpsc::{self, Receiver, Sender};

pub struct Hall {
    free: Vec<u32>,
    back: Sender<u32>,
    came_back: Receiver<u32>,
}

pub struct Hold {
    seat: Option<u32>, // none once it is sold
    back: Sender<u32>,
}

pub struct Ticket {
    pub seat: u32,
}

impl Hall {
    pub fn new(seats: u32) -> Hall {
        let (back, came_back) = mpsc::channel();
        Hall {
            free: (1..=seats).collect(),
            back,
            came_back,
        }
    }

    pub fn hold(&mut self) -> Option<Hold> {
        self.free.extend(self.came_back.try_iter());
        Some(Hold {
            seat: Some(self.free.pop()?),
            back: self.back.clone(),
        })
    }

    pub fn cancel(&mut self, hold: Hold) {
        drop(hold);
    }
}

impl Hold {
    pub fn sell(mut self) -> Ticket {
        let seat = self.seat.take();
        Ticket {
            seat: seat.expect("a hold is sold once"),
        }
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        if let Some(seat) = self.seat {
            let _ = self.back.send(seat); // unless the hall is gone
        }
    }
}
