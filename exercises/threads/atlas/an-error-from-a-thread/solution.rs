//! The box says that what is in it may cross: `+ Send + Sync`. `?` fills such a box too.

use std::error::Error;
use std::thread;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

fn read(text: &str) -> Result<u32> {
    if text.is_empty() {
        return Err("there is nothing to read".into());
    }
    Ok(text.parse()?)
}

pub fn sum(texts: Vec<String>, cut: fn(&str) -> &str) -> Result<u32> {
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
