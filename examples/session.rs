//! A protocol that the compiler enforces: a cash machine and its customers.
//! `cargo run --example session`.

use session::{Choice, Chooses, Dual, Ends, Gone, Offers, Part, Receives, Repeats, Sends};
use std::thread;

// ANCHOR: protocol
/// The machine wants a PIN. Then it chooses: to serve you, or not.
type Machine = Receives<u16, Chooses<Repeats<Serving>, Ends>>;

/// You choose: to name an amount and hear what comes of it, or to leave.
struct Serving;

impl Part for Serving {
    type Body = Offers<Receives<u32, Sends<Answer, Repeats<Serving>>>, Ends>;
}

enum Answer {
    Paid { left: u32 },
    TooMuch,
}

/// What a customer does: not written, computed.
type Customer = <Machine as Dual>::Peer;
// ANCHOR_END: protocol

// ANCHOR: machine
fn machine(end: Machine, pin: u16, mut left: u32) -> Result<Ends, Gone> {
    let (typed, end) = end.recv()?;
    if typed != pin {
        return end.right();
    }
    let mut serving = end.left()?;
    loop {
        let end = match serving.round().offer()? {
            Choice::Left(end) => end,
            Choice::Right(ends) => return Ok(ends),
        };
        let (amount, end) = end.recv()?;
        let answer = match left.checked_sub(amount) {
            Some(rest) => {
                left = rest;
                Answer::Paid { left }
            }
            None => Answer::TooMuch,
        };
        serving = end.send(answer)?;
    }
}
// ANCHOR_END: machine

// ANCHOR: customer
fn customer(end: Customer, pin: u16, wishes: &[u32]) -> Result<Ends, Gone> {
    let mut served = match end.send(pin)?.offer()? {
        Choice::Left(served) => served,
        Choice::Right(ends) => {
            println!("{pin}: refused");
            return Ok(ends);
        }
    };
    for &amount in wishes {
        let (answer, next) = served.round().left()?.send(amount)?.recv()?;
        match answer {
            Answer::Paid { left } => println!("{amount}: here you are, {left} left"),
            Answer::TooMuch => println!("{amount}: too much"),
        }
        served = next;
    }
    served.round().right()
}
// ANCHOR_END: customer

// ANCHOR: main
fn main() {
    for pin in [1111, 2468] {
        let (here, there) = Machine::open();
        thread::scope(|s| {
            s.spawn(|| machine(here, 2468, 60).expect("the customer leaves politely"));
            customer(there, pin, &[30, 100, 20]).expect("the machine is reliable");
        });
    }
}
// ANCHOR_END: main
