use std::sync::mpsc::{self, RecvError, TryRecvError};
use std::thread;

fn main() {
    let (tx, rx) = mpsc::sync_channel(0);
    let sender = thread::spawn(move || {
        let first = tx.send(1).is_ok();
        let second = tx.send(2).is_ok();
        (first, second)
    });
    let first = rx.try_recv();
    match first {
        Ok(n) => println!("at once {n}"),
        Err(TryRecvError::Empty) => println!("later {:?}", rx.recv()),
        Err(TryRecvError::Disconnected) => println!("{}", RecvError),
    }
    drop(rx);
    println!("{:?}", sender.join().unwrap());
}
