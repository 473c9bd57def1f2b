//! Each round splits a piece off and goes on with the rest, and this thread paints what
//! is left at the end.

use std::thread;

fn paint_all(piece: &mut [u8], shade: fn(u8) -> u8) {
    for pixel in piece {
        *pixel = shade(*pixel);
    }
}

pub fn paint(pixels: &mut [u8], threads: usize, shade: fn(u8) -> u8) {
    let size = pixels.len().div_ceil(threads).max(1);
    thread::scope(|s| {
        let mut rest = pixels;
        while rest.len() > size {
            let (piece, others) = rest.split_at_mut(size);
            s.spawn(move || paint_all(piece, shade));
            rest = others;
        }
        paint_all(rest, shade);
    });
}
