use std::sync::Mutex;
fn main() {
    let all = vec![Mutex::new(0), Mutex::new(1)];
    println!("{}", all[0].lock().unwrap()); //~
}
