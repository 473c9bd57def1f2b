async fn f() {} //~
fn main() {}
