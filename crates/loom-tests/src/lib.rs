//! Parts of the book's programs, run under every schedule: see `tests/programs.rs`.
//!
//! The crates have such tests of their own. The programs in `examples/` are run
//! once each, as a reader runs them, and a fault that needs bad luck would not
//! show. They can't have loom beside them: every crate that `examples` depends on
//! is one that the book's blocks may name.
