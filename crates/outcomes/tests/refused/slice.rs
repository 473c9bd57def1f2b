fn sum(all: &[u32]) -> u32 { //~
    all[0]
}
fn main() {
    sum(&[1]);
}
