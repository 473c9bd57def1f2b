use std::sync::Mutex;
fn main() {
    let stack = Mutex::new(vec![1, 2]);
    match stack.lock().unwrap().pop() {
        Some(n) => println!("{n} {}", stack.lock().unwrap().len()),
        None => println!("empty"),
    }
}
