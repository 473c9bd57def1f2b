use std::sync::Mutex;
fn main() {
    let m = Mutex::new(vec![1]);
    m.lock().unwrap().retain(|n| *n > 1); //~
}
