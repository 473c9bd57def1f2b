//! The way to skeptic: its tests call these functions, which first say which compiler to use.

/// In place of `skeptic::rt`.
pub mod rt {
    use std::panic;
    use std::sync::LazyLock;

    use skeptic::rt;

    /// Compiles and runs a program.
    pub fn run_test(package: &str, out: &str, target: &str, program: &str) {
        LazyLock::force(&READY);
        rt::run_test(package, out, target, program);
    }

    /// Compiles a program.
    pub fn compile_test(package: &str, out: &str, target: &str, program: &str) {
        LazyLock::force(&READY);
        rt::compile_test(package, out, target, program);
    }

    static READY: LazyLock<()> = LazyLock::new(|| {
        // SAFETY: no other code may read the environment at the same time without the standard
        // library's lock. Nothing else in this binary writes it, and all that reads it (skeptic,
        // mdbook-verdict, the starting of processes) is Rust and does so through `std::env` and
        // `std::process`, which take that lock. Whoever adds a C library here must keep to this.
        unsafe { std::env::set_var("RUSTC", env!("CARGO_BIN_EXE_block-rustc")) };
        shorten_reports();
    });

    /// skeptic's panic holds the whole command, with a path for each of a hundred crates: it would
    /// bury what the compiler or the block itself said.
    fn shorten_reports() {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |panic| match panic.payload_as_str() {
            Some(said) if said.starts_with("Command failed:") => {
                let what = match said.contains("--crate-type=bin") {
                    true => "the compiler rejects the block",
                    false => "the block compiles, and its program fails",
                };
                eprintln!("skeptic: {what}");
            }
            _ => others(panic),
        }));
    }
}
