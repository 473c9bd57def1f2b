use std::sync::RwLock;
fn main() {
    let l = RwLock::new(1);
    let r = l.read().unwrap();
    let mut w = l.write().unwrap();
    *w += *r;
    println!("{}", *w);
}
