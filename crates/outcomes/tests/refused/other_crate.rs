fn main() {
    crossbeam::scope(|s| {}); //~
}
