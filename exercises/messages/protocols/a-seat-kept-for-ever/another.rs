//! Hall and holds own the list of free seats together. The part of a hold that gives
//! the seat back is a value of its own, and is disarmed by a sale.

use std::cell::RefCell;
use std::rc::Rc;

#[derive(Clone)]
pub struct Hall {
    free: Rc<RefCell<Vec<u32>>>,
}

pub struct Hold {
    seat: u32,
    hall: Hall,
    sold: bool,
}

pub struct Ticket {
    pub seat: u32,
}

impl Hall {
    pub fn new(seats: u32) -> Hall {
        Hall {
            free: Rc::new(RefCell::new((1..=seats).collect())),
        }
    }

    pub fn hold(&mut self) -> Option<Hold> {
        let seat = self.free.borrow_mut().pop()?;
        Some(Hold {
            seat,
            hall: self.clone(),
            sold: false,
        })
    }

    pub fn cancel(&mut self, hold: Hold) {
        drop(hold);
    }
}

impl Hold {
    pub fn sell(mut self) -> Ticket {
        self.sold = true;
        Ticket { seat: self.seat }
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        if !self.sold {
            self.hall.free.borrow_mut().push(self.seat);
        }
    }
}
