// ANCHOR: there
fn there() -> u8 {
    1
}
// ANCHOR_END: there

// ANCHOR: broken
let a: i32 = "";
// ANCHOR_END: broken
