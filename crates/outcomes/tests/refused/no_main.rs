fn helper() {} //~
const N: u32 = 1;
mod inner {}
