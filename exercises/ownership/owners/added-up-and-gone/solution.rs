//! The loop borrows each reading from the vector, which stays whole.

#[derive(Debug, PartialEq)]
pub struct Reading {
    pub celsius: f64,
    pub note: String,
}

pub fn with_mean(readings: Vec<Reading>) -> (f64, Vec<Reading>) {
    let mut sum = 0.0;
    for reading in readings.iter() {
        sum += reading.celsius;
    }
    (sum / readings.len() as f64, readings)
}
