use std::thread;

struct Loud(u32);

impl Drop for Loud {
    fn drop(&mut self) {
        println!("drop {} {}", self.0, thread::panicking());
    }
}

fn fail(list: Vec<Loud>, at: usize) -> u32 {
    let _own = Loud(9);
    list[at].0
}

fn main() {
    let result = thread::spawn(|| {
        let _first = Loud(1);
        fail(vec![Loud(2), Loud(3)], 2)
    })
    .join();
    println!("{}", result.is_err());
    let other = thread::scope(|s| {
        let quiet = s.spawn(|| 1 / (0 * thread_count()));
        quiet.join().is_err()
    });
    println!("{other}");
}

fn thread_count() -> i32 {
    3
}
