//! Reports and what they are read as.
