//! A channel for one message, in three stages from a flag.
//!
//! One message needs neither a queue nor a lock, only a place to put it and a
//! flag that says it is there. What is hard is the word *one*: sent once, taken
//! once, after it was sent, and destroyed once if nobody takes it. Each stage is
//! a module, whole by itself, to be read beside the one before it:
//!
//! 1. [`flag`]: whoever sends and takes promises all that, and it is `unsafe`;
//! 2. [`halves`]: the types see to it, since to send is to use up the sender;
//! 3. [`parked`]: the receiver sleeps until the sender is done.
//!
//! The last one is the crate's [`channel`].
//!
//! ```
//! use std::thread;
//!
//! let (sender, receiver) = oneshot::channel();
//! thread::spawn(|| sender.send(vec![1, 2, 3]).unwrap());
//! assert_eq!(receiver.recv().unwrap(), [1, 2, 3]);
//! ```
//!
//! To send twice is rejected, for the first time used the sender up:
//!
//! ```compile_fail,E0382
//! let (sender, receiver) = oneshot::channel();
//! sender.send(1).unwrap();
//! sender.send(2).unwrap();
//! ```
//!
//! and so is a second receiver, for there is no such function:
//!
//! ```compile_fail,E0599
//! let (sender, receiver) = oneshot::channel::<i32>();
//! let other = receiver.clone();
//! ```
//!
//! In the first stage both are a promise instead:
//!
//! ```compile_fail,E0133
//! let channel = oneshot::flag::OneShot::empty();
//! channel.send(1);
//! ```
//!
//! # Threads
//!
//! A half may go to another thread if the message may.
//!
//! ```compile_fail,E0277
//! let (sender, receiver) = oneshot::channel();
//! std::thread::spawn(|| sender.send(std::rc::Rc::new(1)));
//! receiver.recv().unwrap();
//! ```
//!
//! # What it doesn't do
//!
//! A sender that is neither used nor dropped keeps its receiver waiting for
//! ever. And [`Receiver::recv`] parks its thread: an unpark meant for something
//! else, which comes meanwhile, is used up. Whoever parks must look again at
//! what they wait for, as this crate does.

pub mod flag;
pub mod halves;
pub mod parked;

pub use parked::{Receiver, RecvError, SendError, Sender, channel};

// The stages take these from the crate's root, so that the very same text runs
// on loom's in `tests/loom.rs`.
use std::{cell, sync, thread};
