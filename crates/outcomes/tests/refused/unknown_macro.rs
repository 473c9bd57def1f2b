fn main() {
    let x = concat!("a", "b"); //~
}
