fn main() {
    let x = ; //~
}
