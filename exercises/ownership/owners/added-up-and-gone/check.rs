use crate::task::{Reading, with_mean};

fn reading(celsius: f64, note: &str) -> Reading {
    Reading {
        celsius,
        note: note.to_owned(),
    }
}

#[test]
fn the_readings_come_back_in_order_with_their_mean() {
    let readings = vec![
        reading(1.0, "frost"),
        reading(4.0, "rain"),
        reading(10.0, "sun"),
    ];
    let (mean, readings) = with_mean(readings);
    assert_eq!(mean, 5.0, "the mean of 1, 4 and 10");
    let notes: Vec<_> = readings
        .iter()
        .map(|reading| reading.note.as_str())
        .collect();
    assert_eq!(
        notes,
        ["frost", "rain", "sun"],
        "the notes of what came back"
    );
}
