//! Nothing crosses, and the caller does the work itself.

pub trait Job {
    fn run(&mut self) -> String;
}

pub type Jobs = Vec<Box<dyn Job>>;

pub fn run_all(mut jobs: Jobs) -> Vec<String> {
    jobs.iter_mut().map(|job| job.run()).collect()
}
