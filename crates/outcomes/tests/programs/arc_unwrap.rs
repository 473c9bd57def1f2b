use std::sync::{Arc, Mutex};
use std::thread;

fn main() {
    let shared = Arc::new(Mutex::new(vec![0]));
    let handles: Vec<_> = (1..3)
        .map(|n| {
            let shared = Arc::clone(&shared);
            thread::spawn(move || shared.lock().unwrap().push(n))
        })
        .collect();
    match Arc::try_unwrap(shared) {
        Ok(list) => println!("alone with {:?}", list.into_inner().unwrap()),
        Err(shared) => {
            for handle in handles {
                handle.join().unwrap();
            }
            println!("{:?}", Arc::try_unwrap(shared).unwrap().into_inner().unwrap());
        }
    }
}
