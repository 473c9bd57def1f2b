panic: called `Result::unwrap()` on an `Err` value: PoisonError { .. }
