use std::thread;

fn main() {
    for name in ["a", "b"] {
        thread::spawn(move || println!("{name}"));
    }
    println!("main");
}
