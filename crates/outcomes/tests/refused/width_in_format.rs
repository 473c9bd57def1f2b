fn main() {
    println!("{:>3}", 1); //~
}
