//! `cancel` gives the seat back, and then the destructor does so once more.

use std::cell::RefCell;
use std::rc::Rc;

pub struct Hall {
    free: Rc<RefCell<Vec<u32>>>,
}

pub struct Hold {
    seat: u32,
    sold: bool,
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
        let sold = false;
        Some(Hold { seat, sold, free })
    }

    pub fn cancel(&mut self, hold: Hold) {
        self.free.borrow_mut().push(hold.seat);
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
            self.free.borrow_mut().push(self.seat);
        }
    }
}
