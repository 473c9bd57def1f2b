//! `sum` adds up the numbers in the texts, each read in a thread of its own. `cut` cuts a
//! text down to its number. A text without a number makes `sum` fail, and the error's
//! words say what is wrong with it.
//!
//! "I have used `Box<dyn Error>` in every program so far. Now it can't be sent between
//! threads. It is only an error!"

use std::error::Error;
use std::thread;

fn read(text: &str) -> Result<u32, Box<dyn Error>> {
    if text.is_empty() {
        return Err("there is nothing to read".into());
    }
    Ok(text.parse()?)
}

/// The error's type may change, if only it can be shown with `{}`.
pub fn sum(texts: Vec<String>, cut: fn(&str) -> &str) -> Result<u32, Box<dyn Error>> {
    let mut children = Vec::new();
    for text in texts {
        children.push(thread::spawn(move || read(cut(&text))));
    }
    let mut sum = 0;
    for child in children {
        sum += child.join().unwrap()?;
    }
    Ok(sum)
}
