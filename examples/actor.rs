//! An account that is a thread: nobody else can reach what it owns.
//! `cargo run --example actor`.

use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

// ANCHOR: actor
/// An account is reached only by messages to the thread that owns it.
#[derive(Clone)]
struct Account(Sender<Request>);

enum Request {
    Deposit(u32),
    Withdraw { amount: u32, reply: Sender<bool> },
}

impl Account {
    /// Opens an account. Its thread ends after its last handle, and gives back
    /// what is left.
    fn open() -> (Account, JoinHandle<u32>) {
        let (handle, requests) = mpsc::channel();
        let owner = thread::spawn(move || {
            let mut left = 0; // nobody else can see this
            for request in requests {
                match request {
                    Request::Deposit(amount) => left += amount,
                    Request::Withdraw { amount, reply } => {
                        let enough = amount <= left;
                        left -= if enough { amount } else { 0 };
                        let _ = reply.send(enough); // or nobody waits for it
                    }
                }
            }
            left
        });
        (Account(handle), owner)
    }

    fn deposit(&self, amount: u32) {
        self.0.send(Request::Deposit(amount)).unwrap();
    }

    /// Whether there was enough.
    fn withdraw(&self, amount: u32) -> bool {
        let (reply, answer) = mpsc::channel();
        self.0.send(Request::Withdraw { amount, reply }).unwrap();
        answer.recv().unwrap()
    }
}
// ANCHOR_END: actor

// ANCHOR: main
/// Ten threads want twenty each. There are a hundred and ten.
fn main() {
    let (account, owner) = Account::open();
    account.deposit(110);
    let customers: Vec<_> = (0..10)
        .map(|_| {
            let account = account.clone();
            thread::spawn(move || account.withdraw(20))
        })
        .collect();
    let answers = customers
        .into_iter()
        .map(|customer| customer.join().unwrap());
    println!("{} were paid", answers.filter(|&paid| paid).count());
    drop(account); // the last handle
    println!("{} left", owner.join().unwrap());
}
// ANCHOR_END: main
