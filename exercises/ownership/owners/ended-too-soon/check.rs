use crate::task::{Log, bake};

fn log_of(steps: &[&str]) -> String {
    let log = Log::default();
    bake(&log, steps);
    log.0.into_inner().join(", ")
}

#[test]
fn the_steps_are_inside_the_span() {
    let log = log_of(&["mix", "knead"]);
    assert_eq!(
        log, "begin bake, mix, knead, end bake",
        "what the log holds"
    );
}

#[test]
fn work_that_stops_early_ends_its_span_too() {
    let log = log_of(&["mix", "", "knead"]);
    assert_eq!(log, "begin bake, mix, end bake", "what the log holds");
}
