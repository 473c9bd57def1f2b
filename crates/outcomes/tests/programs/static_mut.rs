use std::thread;
static mut N: u32 = 0;
fn main() {
    let t = thread::spawn(|| unsafe { N += 1 });
    unsafe { N += 1 };
    t.join().unwrap();
    println!("{}", unsafe { N });
}
