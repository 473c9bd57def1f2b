use std::sync::Mutex;
use std::thread;

fn main() {
    let forks = [Mutex::new(0), Mutex::new(0), Mutex::new(0)];
    thread::scope(|s| {
        for i in 0..3 {
            let forks = &forks;
            s.spawn(move || {
                let mut left = forks[i].lock().unwrap();
                let mut right = forks[(i + 1) % 3].lock().unwrap();
                *left += 1;
                *right += 1;
            });
        }
    });
    println!("all ate");
}
