mod inner {} //~
fn main() {}
