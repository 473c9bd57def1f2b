//! What it costs to have small jobs done by other threads, and to wait for them.

use std::hint::black_box;
use std::thread;

use criterion::{BenchmarkId, Criterion};
use worker_pool::Pool;

use crate::{group, processors};

const JOBS: u64 = 16;

fn job(number: u64) -> u64 {
    black_box(number) * 2
}

pub fn measure(criterion: &mut Criterion) {
    let mut group = group(criterion, "jobs", JOBS);
    group.bench_function(BenchmarkId::new("spawn", 1), |b| {
        b.iter(|| {
            let children = (0..JOBS).map(|n| thread::spawn(move || job(n)));
            let children: Vec<_> = children.collect();
            children
                .into_iter()
                .map(|child| child.join().unwrap())
                .sum::<u64>()
        });
    });
    group.bench_function(BenchmarkId::new("scope", 1), |b| {
        b.iter(|| {
            thread::scope(|s| {
                let children: Vec<_> = (0..JOBS).map(|n| s.spawn(move || job(n))).collect();
                children
                    .into_iter()
                    .map(|child| child.join().unwrap())
                    .sum::<u64>()
            })
        });
    });
    let pool = Pool::new(processors(), JOBS as usize);
    group.bench_function(BenchmarkId::new("pool", 1), |b| {
        b.iter(|| {
            let tickets: Vec<_> = (0..JOBS).map(|n| pool.submit(move || job(n))).collect();
            tickets
                .into_iter()
                .map(|ticket| ticket.wait().unwrap())
                .sum::<u64>()
        });
    });
    pool.shutdown();
    let mut pool = scoped_threadpool::Pool::new(processors() as u32);
    group.bench_function(BenchmarkId::new("scoped-pool", 1), |b| {
        b.iter(|| {
            let mut found = [0; JOBS as usize];
            pool.scoped(|s| {
                for (n, place) in (0..JOBS).zip(&mut found) {
                    s.execute(move || *place = job(n));
                }
            });
            found.iter().sum::<u64>()
        });
    });
    group.bench_function(BenchmarkId::new("rayon", 1), |b| {
        b.iter(|| {
            let mut found = [0; JOBS as usize];
            rayon::scope(|s| {
                for (n, place) in (0..JOBS).zip(&mut found) {
                    s.spawn(move |_| *place = job(n));
                }
            });
            found.iter().sum::<u64>()
        });
    });
}
