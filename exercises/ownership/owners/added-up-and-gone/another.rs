//! The loop takes each reading out of the vector, as the start does, and gives it
//! a new owner: a second vector.

#[derive(Debug, PartialEq)]
pub struct Reading {
    pub celsius: f64,
    pub note: String,
}

pub fn with_mean(readings: Vec<Reading>) -> (f64, Vec<Reading>) {
    let mut sum = 0.0;
    let mut seen = Vec::new();
    for reading in readings {
        sum += reading.celsius;
        seen.push(reading);
    }
    (sum / seen.len() as f64, seen)
}
