//! A pool of workers: a bounded queue, jobs that may panic, a shutdown that drains.
//!
//! A thread for each job is a thread too many as soon as jobs come faster than
//! they are done. A [`Pool`] starts its threads once. Jobs wait for them in a
//! queue with a fixed amount of room, and whoever hands in a job gets a
//! [`Ticket`] for what it finds out.
//!
//! ```
//! use worker_pool::Pool;
//!
//! let pool = Pool::new(2, 8);
//! let sum = pool.submit(|| (1..=100).sum::<i32>());
//! let oops = pool.submit(|| [1, 2, 3].iter().position(|&n| n == 4).unwrap());
//!
//! assert_eq!(sum.wait().unwrap(), 5050);
//! assert!(oops.wait().is_err()); // it panicked, and its worker goes on
//! pool.shutdown(); // waits for all that is still to be done
//! ```
//!
//! After a shutdown nobody can hand in a job that would never be done:
//! [`Pool::shutdown`] and [`Pool::close`] consume the pool.
//!
//! ```compile_fail,E0382
//! let pool = worker_pool::Pool::new(2, 8);
//! pool.shutdown();
//! pool.submit(|| println!("is anybody there?"));
//! ```
//!
//! A job may be done later than its caller returns, so it can't borrow from the
//! caller's stack, and it is done in another thread, so all that it has must
//! be `Send`:
//!
//! ```compile_fail,E0373
//! let pool = worker_pool::Pool::new(2, 8);
//! let numbers = vec![1, 2, 3];
//! let sum = pool.submit(|| numbers.iter().sum::<i32>());
//! ```
//!
//! ```compile_fail,E0277
//! let pool = worker_pool::Pool::new(2, 8);
//! let shared = std::rc::Rc::new(1);
//! let sum = pool.submit(move || *shared + 1);
//! ```
//!
//! A job must not wait for another job of its own pool: with every worker
//! waiting, nobody is left to do what they wait for. The types don't see that.

mod pool;

pub use pool::{Full, Pool, Ticket, Workers};
