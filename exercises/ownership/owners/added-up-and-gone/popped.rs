//! Taking them one by one from the end keeps them all, but turns them round.

#[derive(Debug, PartialEq)]
pub struct Reading {
    pub celsius: f64,
    pub note: String,
}

pub fn with_mean(mut readings: Vec<Reading>) -> (f64, Vec<Reading>) {
    let mut sum = 0.0;
    let mut seen = Vec::new();
    while let Some(reading) = readings.pop() {
        sum += reading.celsius;
        seen.push(reading);
    }
    (sum / seen.len() as f64, seen)
}
