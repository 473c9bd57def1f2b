//! A vector's owner: who makes it, who is given it, who destroys it.
//!
//! Somebody has to give a vector's memory back: once, and after its last use.
//! In Rust that is the scope that owns the vector, and the compiler knows at
//! every line which scope it is. The crate has one module per stage, and the
//! functions keep their names from stage to stage:
//!
//! - [`kept`]: `make_vec` owns, fills and destroys its vector;
//! - [`given`]: `make_vec` returns the vector, and `print_vec` takes it over.
//!
//! [`Counted`] is a value that shows when it is destroyed, and [`Traced`] one
//! that tells who has it.
//!
//! ```
//! use ownership::given::{make_vec, print_vec};
//!
//! let vec = make_vec(); // given to us
//! print_vec(vec); // given away, and destroyed in there
//! ```
//!
//! Who has given a vector away can't use it any more:
//!
//! ```compile_fail,E0382
//! use ownership::given::{make_vec, print_vec};
//!
//! let vec = make_vec();
//! print_vec(vec);
//! println!("{}", vec.len());
//! ```

mod counted;
pub mod given;
pub mod kept;
mod traced;

pub use counted::Counted;
pub use traced::Traced;
