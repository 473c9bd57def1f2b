use std::sync::RwLock;
use std::thread;

fn main() {
    let lock = RwLock::new(1);
    thread::scope(|s| {
        s.spawn(|| *lock.write().unwrap() = 2);
        let first = lock.read().unwrap();
        let second = lock.read().unwrap();
        assert_eq!(*first, *second);
    });
    println!("{}", lock.into_inner().unwrap());
}
