//! The adapter, from the JSON of mdBook 0.5 to the HTML of a box.

mod book;
mod command;
mod faults;
mod page;
mod protocol;
mod style;
