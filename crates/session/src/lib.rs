//! Session types: a channel end whose type says what comes next.
//!
//! Two threads that talk follow a protocol: who speaks, what is said, who
//! decides, when it is over. An ordinary channel has one type for all of that,
//! so a thread that speaks out of turn is found out at run time, if at all.
//! Here each moment of the protocol is a type of its own. A step consumes the
//! end and gives the next one, and only the steps that are due exist.
//!
//! Write down one side. The other side is computed ([`Dual`]):
//!
//! ```
//! use session::{Dual, Ends, Gone, Receives, Sends};
//! use std::thread;
//!
//! type Squarer = Receives<i32, Sends<i32, Ends>>;
//! type Caller = <Squarer as Dual>::Peer; // Sends<i32, Receives<i32, Ends>>
//!
//! fn squarer(end: Squarer) -> Result<Ends, Gone> {
//!     let (n, end) = end.recv()?;
//!     Ok(end.send(n * n)?)
//! }
//!
//! fn caller(end: Caller) -> Result<Ends, Gone> {
//!     let end = end.send(7)?;
//!     let (square, end) = end.recv()?;
//!     assert_eq!(square, 49);
//!     Ok(end)
//! }
//!
//! let (here, there) = Squarer::open();
//! thread::scope(|s| {
//!     s.spawn(|| squarer(here).unwrap());
//!     caller(there).unwrap();
//! });
//! ```
//!
//! # What is rejected
//!
//! Speaking out of turn: the end that is to listen has no `send`.
//!
//! ```compile_fail,E0599
//! use session::*;
//! fn squarer(end: Receives<i32, Sends<i32, Ends>>) {
//!     end.send(49);
//! }
//! ```
//!
//! Saying one thing twice: the first `send` has consumed the end.
//!
//! ```compile_fail,E0382
//! use session::*;
//! fn caller(end: Sends<i32, Ends>) {
//!     end.send(7).ok();
//!     end.send(8).ok();
//! }
//! ```
//!
//! Saying the wrong thing.
//!
//! ```compile_fail,E0308
//! use session::*;
//! fn caller(end: Sends<i32, Ends>) {
//!     end.send("seven").ok();
//! }
//! ```
//!
//! Forgetting a way that the peer may choose.
//!
//! ```compile_fail,E0004
//! use session::*;
//! fn either(end: Offers<Receives<i32, Ends>, Ends>) -> Result<Ends, Gone> {
//!     match end.offer()? {
//!         Choice::Left(end) => Ok(end.recv()?.1),
//!     }
//! }
//! ```
//!
//! Two ends that don't belong together: what the peer is follows from this end.
//!
//! ```compile_fail,E0308
//! use session::*;
//! fn talks_first(_: Sends<i32, Receives<i32, Ends>>) {}
//! fn talks_too(_: Sends<i32, Receives<i32, Ends>>) {}
//! let (here, there) = Dual::open();
//! talks_first(here);
//! talks_too(there);
//! ```
//!
//! Stopping too early, where the function has promised to come to the end:
//!
//! ```compile_fail,E0308
//! use session::*;
//! fn caller(end: Sends<i32, Receives<i32, Ends>>) -> Result<Ends, Gone> {
//!     Ok(end.send(7)?)
//! }
//! ```
//!
//! Claiming to be there already: only a step makes an end.
//!
//! ```compile_fail,E0423
//! use session::*;
//! fn caller(_: Sends<i32, Ends>) -> Ends {
//!     Ends(())
//! }
//! ```
//!
//! # What is not
//!
//! A value in Rust may be dropped at any time, and so may an end of a session.
//! A step whose result falls on the floor is warned of, and an error if you
//! wish:
//!
//! ```compile_fail
//! #![deny(unused_must_use)]
//! use session::*;
//! fn caller(end: Sends<i32, Receives<i32, Ends>>) -> Result<(), Gone> {
//!     end.send(7)?;
//!     Ok(())
//! }
//! ```
//!
//! But `drop(end)`, a panic or an early return need no permission. The peer
//! learns of it: its next step fails with [`Gone`], or gives its message back.
//! An end that is *leaked* tells nobody, and the peer waits for ever. So do two
//! threads that hold two sessions and each wait in the one that the other isn't
//! looking at, and a thread that holds both ends of one. And no type says
//! whether the number sent was the right one.
//!
//! # How it works
//!
//! Each message carries the end with which the receiver goes on, made by the
//! sender just then. So each step has a channel of its own with exactly one
//! message in it, of exactly one type: there is no `unsafe` here, no cast, and
//! nothing is left to check at run time. The channels hold nothing: a sender
//! waits until its message is taken, and so no row of unread messages can grow.

mod session;

pub use session::{Choice, Chooses, Dual, Ends, Follows, Gone, Offers, Part};
pub use session::{Receives, Repeats, Sends};
