//! Random choices that are the same each time; other ones with the variable `RANDOM_SEED`, a number.

/// A generator of numbers (xorshift, 64 bits).
pub struct Random(u64);

impl Random {
    /// The same seed gives the same numbers, as long as `RANDOM_SEED` is the same.
    pub fn new(seed: u64) -> Random {
        let other = std::env::var("RANDOM_SEED").map_or(0, |seed| seed.parse().unwrap());
        let seed: u64 = seed + 1000 * other;
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 16) % limit as u64).expect("it is below a usize")
    }

    /// Yes, once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of these.
    pub fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }

    /// These in another order.
    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            all.swap(at, self.below(at + 1));
        }
    }
}
