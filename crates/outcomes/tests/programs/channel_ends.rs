use std::sync::mpsc;
use std::thread;
fn main() {
    let (tx, rx) = mpsc::channel();
    for id in 0..2 {
        let tx = tx.clone();
        thread::spawn(move || { tx.send(id).unwrap(); });
    }
    drop(tx); for got in rx {
        println!("{got}");
    }
}
