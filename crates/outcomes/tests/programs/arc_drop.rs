use std::sync::Arc;
use std::thread;

struct Last(u32);

impl Drop for Last {
    fn drop(&mut self) {
        println!("the last is gone {}", self.0);
    }
}

fn main() {
    let one = Arc::new(Last(1));
    let two = one.clone();
    let t = thread::spawn(move || {
        println!("t {}", two.0);
    });
    drop(one);
    println!("main");
    t.join().unwrap();
}
