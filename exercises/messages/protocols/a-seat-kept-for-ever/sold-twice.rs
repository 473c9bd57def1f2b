//! `sell` takes the hold, and so ends it, and its destructor frees a seat that is sold.

use std::cell::RefCell;
use std::rc::Rc;

pub struct Hall {
    free: Rc<RefCell<Vec<u32>>>,
}

pub struct Hold {
    seat: u32,
    free: Rc<RefCell<Vec<u32>>>,
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
        let free = Rc::clone(&self.free);
        Some(Hold { seat, free })
    }

    pub fn cancel(&mut self, hold: Hold) {
        drop(hold);
    }
}

impl Hold {
    pub fn sell(self) -> Ticket {
        Ticket { seat: self.seat }
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.free.borrow_mut().push(self.seat);
    }
}
