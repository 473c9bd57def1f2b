//! Lending the stack to threads: the guard that leaks, and the scope that cannot.
