//! All that was measured, for programs: `data/bench-verdict.json`.

use serde_json::{Value, json};

use super::Report;
use super::rounds::Row;
use super::target::{Bound, Target};

/// The whole report.
pub fn json(report: &Report) -> Value {
    json!({
        "version": 1,
        "made_by": "cargo xtask bench-verdict",
        "machine": {
            "processor": report.machine.processor,
            "cores": report.machine.cores,
            "system": report.machine.system,
            "toolchain": report.machine.toolchain,
            "mdbook": report.machine.mdbook,
            "day": report.machine.day,
        },
        "rounds": report.rounds,
        "rows": report.rows.iter().map(row).collect::<Vec<_>>(),
        "targets": report.targets.iter().map(target).collect::<Vec<_>>(),
        "skipped": report.skipped,
    })
}

fn row(row: &Row) -> Value {
    let all = |figure: fn(&crate::meter::Cost) -> f64| {
        let rounded = row
            .costs
            .iter()
            .map(|cost| (figure(cost) * 1e6).round() / 1e6);
        rounded.collect::<Vec<f64>>()
    };
    json!({
        "book": row.book,
        "tool": row.tool,
        "case": row.case,
        "cpu_s": all(|cost| cost.cpu),
        "wall_s": all(|cost| cost.wall),
        "largest_process_bytes": row.costs.iter().map(|cost| cost.largest).collect::<Vec<_>>(),
        "all_processes_bytes": row.together,
        "first_run_only": row.rounds == 0,
        "failures": row.failures,
    })
}

fn target(target: &Target) -> Value {
    let (bound, value) = match target.bound {
        Bound::Most(value) => ("most", value),
        Bound::Least(value) => ("least", value),
    };
    json!({
        "what": target.what,
        bound: value,
        "came": (target.came * 1e4).round() / 1e4,
        "unit": target.unit,
        "met": target.met(),
    })
}
