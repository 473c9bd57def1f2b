//! Verifies every Rust block of an mdBook: what it prints, what the compiler says of it, and why it is rejected.
