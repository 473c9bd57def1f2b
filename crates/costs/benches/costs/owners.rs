//! What one more owner costs: it comes, and goes again.

use std::hint::black_box;
use std::rc::Rc;
use std::sync::Arc;

use criterion::{BenchmarkId, Criterion};

use crate::{crews, group, together};

const TIMES: u64 = 5_000;

pub fn measure(criterion: &mut Criterion) {
    let mut group = group(criterion, "owners", TIMES);
    let count = Rc::new(1);
    group.bench_function(BenchmarkId::new("rc", 1), |b| {
        b.iter(|| {
            for _ in 0..TIMES {
                drop(black_box(black_box(&count).clone()));
            }
        });
    });
    for threads in crews() {
        let shared = Arc::new(1);
        let come_and_go = |_| drop(black_box(black_box(&shared).clone()));
        together(&mut group, "arc", threads, TIMES, come_and_go);
    }
    for threads in crews().into_iter().filter(|&threads| threads > 1) {
        let own: Vec<Arc<Apart>> = (0..threads).map(|_| Arc::new(Apart)).collect();
        let come_and_go = |number: usize| drop(black_box(black_box(&own[number]).clone()));
        together(&mut group, "own-arc", threads, TIMES, come_and_go);
    }
}

/// Keeps the counts of two of them on lines of their own.
#[repr(align(128))]
struct Apart;
