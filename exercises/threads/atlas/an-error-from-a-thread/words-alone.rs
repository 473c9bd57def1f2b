//! The words of the error cross, as a `String`, and out here they are an error again.

use std::error::Error;
use std::thread;

fn read(text: &str) -> Result<u32, Box<dyn Error>> {
    if text.is_empty() {
        return Err("there is nothing to read".into());
    }
    Ok(text.parse()?)
}

pub fn sum(texts: Vec<String>, cut: fn(&str) -> &str) -> Result<u32, Box<dyn Error>> {
    let mut children = Vec::new();
    for text in texts {
        let child = thread::spawn(move || read(cut(&text)).map_err(|error| error.to_string()));
        children.push(child);
    }
    let mut sum = 0;
    for child in children {
        sum += child.join().unwrap()?;
    }
    Ok(sum)
}
