//! The measurements, taken by criterion; `cargo xtask costs` runs them and keeps what came.
//!
//! Each is a group of criterion's, told by short names: what they are called on the page, the
//! command knows. A benchmark says how many operations one iteration does, as its throughput.

mod channels;
mod counters;
mod jobs;
mod locks;
mod orderings;
mod owners;
mod readers;

use std::sync::LazyLock;
use std::thread;
use std::time::{Duration, Instant};

use core_affinity::CoreId;
use costs::Crew;
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, SamplingMode, Throughput};

type Group<'c> = BenchmarkGroup<'c, WallTime>;

fn main() {
    // Many samples, each of about a millisecond, so that few are hit when something else runs; and
    // short as a whole: the spread comes from many rounds, each a process of its own.
    let mut criterion = Criterion::default()
        .without_plots()
        .sample_size(50)
        .nresamples(1000)
        .warm_up_time(Duration::from_millis(20))
        .measurement_time(Duration::from_millis(50))
        .configure_from_args();
    // First, since whoever is started later stays where this thread is put now.
    jobs::measure(&mut criterion);
    take_place(0);
    owners::measure(&mut criterion);
    orderings::measure(&mut criterion);
    counters::measure(&mut criterion);
    locks::measure(&mut criterion);
    readers::measure(&mut criterion);
    channels::measure(&mut criterion);
}

/// A group whose iterations do so many operations each.
fn group<'c>(criterion: &'c mut Criterion, name: &str, times: u64) -> Group<'c> {
    let mut group = criterion.benchmark_group(name);
    group.sampling_mode(SamplingMode::Flat);
    group.throughput(Throughput::Elements(times));
    group
}

/// How many threads to try: 1, 2, 4 and so on, up to as many as there are processors.
fn crews() -> Vec<usize> {
    let most = processors();
    let doubled = (0..usize::BITS).map(|bit| 1 << bit);
    let mut crews: Vec<usize> = doubled.take_while(|&threads| threads < most).collect();
    crews.push(most);
    crews
}

/// As many as this process may use; asked before a thread takes its place.
fn processors() -> usize {
    static PROCESSORS: LazyLock<usize> =
        LazyLock::new(|| thread::available_parallelism().map_or(1, usize::from));
    *PROCESSORS
}

/// Measures how long it takes until each of so many threads has done `op` so many times; `op` is
/// told the thread's number.
fn together(
    group: &mut Group<'_>,
    name: &str,
    threads: usize,
    times: u64,
    op: impl Fn(usize) + Sync,
) {
    group.throughput(Throughput::Elements(times));
    let work = |number| (0..times).for_each(|_| op(number));
    turns(group, name, threads, work);
}

/// Measures how long a turn of so many threads takes: from the moment when all are there.
fn turns(group: &mut Group<'_>, name: &str, threads: usize, work: impl Fn(usize) + Sync) {
    let turn = |crew: &Crew<'_>| {
        crew.gather();
        let start = Instant::now();
        crew.go();
        start.elapsed()
    };
    Crew::assemble(threads, take_place, work, |crew| {
        group.bench_function(BenchmarkId::new(name, threads), |b| {
            b.iter_custom(|iterations| (0..iterations).map(|_| turn(crew)).sum());
        });
    });
}

/// Puts the calling thread on a processor of its own, where the system lets it.
fn take_place(number: usize) {
    static PLACES: LazyLock<Vec<CoreId>> =
        LazyLock::new(|| core_affinity::get_core_ids().unwrap_or_default());
    if let Some(&place) = PLACES.get(number) {
        core_affinity::set_for_current(place);
    }
}
