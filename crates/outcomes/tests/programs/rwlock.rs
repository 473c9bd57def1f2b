use std::sync::{Arc, RwLock};
use std::thread;

#[derive(Debug, Clone, Copy, PartialEq)]
struct Point {
    x: i32,
    y: i32,
}

fn main() {
    let point = Arc::new(RwLock::new(Point { x: 0, y: 0 }));
    let writer = {
        let point = Arc::clone(&point);
        thread::spawn(move || {
            let mut p = point.write().unwrap();
            p.x += 1;
            p.y += 1;
        })
    };
    let seen = *point.read().unwrap();
    assert_eq!(seen.x, seen.y);
    writer.join().unwrap();
    println!("{:?} {:?}", seen, point.read().unwrap());
}
