//! Nothing crosses any more, since there are no threads.

use std::error::Error;

fn read(text: &str) -> Result<u32, Box<dyn Error>> {
    if text.is_empty() {
        return Err("there is nothing to read".into());
    }
    Ok(text.parse()?)
}

pub fn sum(texts: Vec<String>, cut: fn(&str) -> &str) -> Result<u32, Box<dyn Error>> {
    texts.iter().map(|text| read(cut(text))).sum()
}
