//! `with_mean` takes a station's readings and hands them back, all of them and in
//! their order, together with the mean of their temperatures.
//!
//! "First I add up the temperatures. That works. But in the next line the compiler
//! says that I have no readings any more. Who took them? I only looked!"

/// What the station noted at one time. Its public parts stay as they are.
#[derive(Debug, PartialEq)]
pub struct Reading {
    pub celsius: f64,
    pub note: String,
}

pub fn with_mean(readings: Vec<Reading>) -> (f64, Vec<Reading>) {
    let mut sum = 0.0;
    for reading in readings {
        sum += reading.celsius;
    }
    (sum / readings.len() as f64, readings)
}
