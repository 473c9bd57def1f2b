//! The pairs: of each a program with a fault, and the same without it.

macro_rules! pairs {
    ($($name:ident),* $(,)?) => {
        $(
            mod $name {
                pub mod right;
                pub mod wrong;
            }
        )*

        /// The program of this name, such as `lost_update/wrong`.
        pub fn named(name: &str) -> Option<fn()> {
            $(
                if name == concat!(stringify!($name), "/wrong") {
                    return Some($name::wrong::main);
                }
                if name == concat!(stringify!($name), "/right") {
                    return Some($name::right::main);
                }
            )*
            None
        }
    };
}

// In the order of the table.
pairs!(
    data_race,
    message_plain,
    spinlock,
    counted,
    message_atomic,
    two_flags,
    load_buffering,
    lost_update,
    aba,
    lost_wakeup,
    lock_order,
);
