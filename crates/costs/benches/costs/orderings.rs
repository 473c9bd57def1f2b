//! What an ordering costs, of an atomic that nobody else uses.

use std::cell::Cell;
use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering::*};

use criterion::{BenchmarkId, Criterion};

use crate::{Group, group};

const TIMES: u64 = 10_000;

pub fn measure(criterion: &mut Criterion) {
    let mut group = group(criterion, "orderings", TIMES);
    let number = AtomicU64::new(0);
    // Each load says where the next one looks, so that no two are under way at once.
    let ring: [AtomicU64; 8] = std::array::from_fn(|at| AtomicU64::new((at as u64 + 3) % 8));
    let plain = Cell::new(0_u64);
    alone(&mut group, "add-plain", || {
        let plain = black_box(&plain);
        plain.set(plain.get() + 1);
    });
    along(&mut group, "load-relaxed", |at| ring[at].load(Relaxed));
    along(&mut group, "load-acquire", |at| ring[at].load(Acquire));
    along(&mut group, "load-seqcst", |at| ring[at].load(SeqCst));
    alone(&mut group, "store-relaxed", || {
        black_box(&number).store(7, Relaxed)
    });
    alone(&mut group, "store-release", || {
        black_box(&number).store(7, Release)
    });
    alone(&mut group, "store-seqcst", || {
        black_box(&number).store(7, SeqCst)
    });
    alone(&mut group, "add-relaxed", || {
        black_box(&number).fetch_add(1, Relaxed)
    });
    alone(&mut group, "add-acqrel", || {
        black_box(&number).fetch_add(1, AcqRel)
    });
    alone(&mut group, "add-seqcst", || {
        black_box(&number).fetch_add(1, SeqCst)
    });
}

fn alone<R>(group: &mut Group<'_>, name: &str, op: impl Fn() -> R) {
    group.bench_function(BenchmarkId::new(name, 1), |b| {
        b.iter(|| {
            for _ in 0..TIMES {
                black_box(op());
            }
        });
    });
}

fn along(group: &mut Group<'_>, name: &str, next: impl Fn(usize) -> u64) {
    group.bench_function(BenchmarkId::new(name, 1), |b| {
        b.iter(|| (0..TIMES).fold(0, |at, _| next(at as usize % 8)));
    });
}
