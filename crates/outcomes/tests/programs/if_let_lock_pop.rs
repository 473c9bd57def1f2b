use std::sync::Mutex;
fn main() {
    let stack = Mutex::new(vec![1]);
    stack.lock().unwrap().pop();
    if let Some(n) = stack.lock().unwrap().pop() {
        println!("{n}");
    } else {
        stack.lock().unwrap().push(5);
        println!("pushed");
    }
}
