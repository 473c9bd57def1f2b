//! One owner, one thread.

pub type Job<T> = fn() -> T;

pub fn run_all<T: Send + 'static>(jobs: Vec<Job<T>>) -> Vec<T> {
    jobs.into_iter().map(|job| job()).collect()
}
