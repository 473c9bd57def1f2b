//! A loop borrows one piece after the other, and that is how they are painted.

pub fn paint(pixels: &mut [u8], threads: usize, shade: fn(u8) -> u8) {
    let len = pixels.len();
    let size = len.div_ceil(threads).max(1);
    for start in (0..len).step_by(size) {
        for pixel in &mut pixels[start..len.min(start + size)] {
            *pixel = shade(*pixel);
        }
    }
}
