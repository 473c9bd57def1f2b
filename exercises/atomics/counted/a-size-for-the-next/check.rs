use crate::task::Printer;
use std::thread;

#[test]
fn a_job_keeps_the_settings_that_it_began_with() {
    let mut printer = Printer::new("plain", 12);
    let job = printer.job();
    printer.resize(20);
    let size = thread::spawn(move || job.size()).join().unwrap();
    assert_eq!(size, 12, "the size of the job that had begun");
}

#[test]
fn the_next_job_has_the_new_size() {
    let mut printer = Printer::new("plain", 12);
    let _still_printing = printer.job();
    printer.resize(20);
    let next = printer.job();
    assert_eq!(
        (next.paper(), next.size()),
        ("plain", 20),
        "paper and size of the next job"
    );
}

#[test]
fn jobs_with_the_same_settings_share_them() {
    let printer = Printer::new("plain", 12);
    let (one, other) = (printer.job(), printer.job());
    let share = one.paper().as_ptr() == other.paper().as_ptr();
    assert!(share, "two jobs with the same settings have a copy each");
}
