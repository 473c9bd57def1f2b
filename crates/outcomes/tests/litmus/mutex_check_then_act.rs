//! Two threads each take one thing if there is one: a check under another lock may be stale.
use std::sync::Mutex;
use std::thread;

fn main() {
    let m = Mutex::new(0);
    let a = thread::scope(|s| {
        let t1 = s.spawn(|| {
            let a = *m.lock().unwrap() > 0;
            if a {
                *m.lock().unwrap() += 1;
            }
            a
        });
        s.spawn(|| {
            *m.lock().unwrap() = 5;
        });
        t1.join().unwrap()
    });
    let last = *m.lock().unwrap();
    println!("{a} {last}");
}
