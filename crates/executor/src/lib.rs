//! The smallest executor that loses no wake-up: a future is polled on a
//! thread, and the thread sleeps while the future can't go on.
//!
//! ```
//! use executor::{block_on, pause};
//!
//! let sum = block_on(async {
//!     pause().await;
//!     1 + 2
//! });
//! assert_eq!(sum, 3);
//! ```
//!
//! [`spawn`] takes a future to a thread of its own. What the future holds
//! across an `.await` is part of it, and goes along:
//!
//! ```compile_fail
//! use executor::{pause, spawn};
//!
//! spawn(async {
//!     let count = std::rc::Rc::new(1);
//!     pause().await;
//!     println!("{count}");
//! });
//! ```
//!
//! Held in a scope that ends before, it doesn't:
//!
//! ```
//! use executor::{pause, spawn};
//!
//! let child = spawn(async {
//!     let doubled = {
//!         let count = std::rc::Rc::new(1);
//!         *count * 2
//!     };
//!     pause().await;
//!     doubled
//! });
//! assert_eq!(child.join().unwrap(), 2);
//! ```
//!
//! [`block_on`] asks for no `Send`: its future stays where it is. What it
//! lacks of a real executor is everything that makes one fast: it runs one
//! future per thread, and waits for no sockets and no clocks.

mod run;

pub use run::{block_on, pause, spawn};
