//! `paint` gives every pixel its new shade, in at most `threads` threads: each has a
//! piece of the picture to itself, all pieces at the same time.
//!
//! "0 to 3, 3 to 6, 6 to 9. They don't overlap, I have drawn it on paper. Why does the
//! compiler say that I borrow the picture twice?"

use std::thread;

pub fn paint(pixels: &mut [u8], threads: usize, shade: fn(u8) -> u8) {
    let len = pixels.len();
    let size = len.div_ceil(threads).max(1);
    thread::scope(|s| {
        for start in (0..len).step_by(size) {
            let piece = &mut pixels[start..len.min(start + size)];
            s.spawn(move || {
                for pixel in piece {
                    *pixel = shade(*pixel);
                }
            });
        }
    });
}
