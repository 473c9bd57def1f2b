//! The most urgent of three tasks waits for the least urgent one's lock, and so for everybody in
//! between: a model of one processor, with and without inherited urgency.
//! `cargo run --example priority_inversion`.

#[path = "priority_inversion/model.rs"]
mod model;

use model::run;

fn main() {
    for inherit in [false, true] {
        println!("inherits: {inherit}");
        run("www", inherit, |event| println!("  {event}"));
    }
    more();
}

// ANCHOR: more
fn more() {
    for work in [3, 30, 300] {
        let medium = "w".repeat(work);
        let [plain, inherited] = [false, true].map(|inherit| run(&medium, inherit, |_| ()));
        println!("medium works {work:>3}: high is done after {plain:>3}, or {inherited}");
    }
}
// ANCHOR_END: more
