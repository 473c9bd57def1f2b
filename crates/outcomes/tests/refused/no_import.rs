fn main() {
    let m: Mutex<u32> = Mutex::new(0); //~
}
