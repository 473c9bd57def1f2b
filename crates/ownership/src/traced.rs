//! A value that tells who has it.

// ANCHOR: traced
/// Prints who makes it, who hands it to whom, and who destroys it.
pub struct Traced {
    name: &'static str,
    owner: &'static str,
}

impl Traced {
    /// Is made by `owner`.
    pub fn new(name: &'static str, owner: &'static str) -> Traced {
        println!("{owner} | makes {name}");
        Traced { name, owner }
    }

    /// Is handed to `next`: whoever calls this gives it away.
    #[must_use = "who has it destroys it"]
    pub fn to(mut self, next: &'static str) -> Traced {
        println!("{} -> {next} | {}", self.owner, self.name);
        self.owner = next;
        self
    }
}

impl Drop for Traced {
    fn drop(&mut self) {
        println!("{} | destroys {}", self.owner, self.name);
    }
}
// ANCHOR_END: traced

// ANCHOR: hidden
// ANCHOR_END: hidden
