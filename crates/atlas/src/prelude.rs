//! The head of the program that asks: the question, and four types to ask it with.
#![allow(dead_code, reason = "the program that asks uses it all, a block of the book a part")]

// ANCHOR: question
use std::marker::PhantomData;

/// A question about `T`, of which no value is needed.
struct Probe<T: ?Sized>(PhantomData<T>);

impl<T: ?Sized + Send> Probe<T> {
    const SEND: bool = true; // this one, where there is it
}

impl<T: ?Sized + Sync> Probe<T> {
    const SYNC: bool = true;
}

trait Otherwise {
    const SEND: bool = false; // this one, where there isn't
    const SYNC: bool = false;
}

impl<T: ?Sized> Otherwise for Probe<T> {}
// ANCHOR_END: question

// ANCHOR: markers
/// Stands in for the parameter that `P` names. A raw pointer is neither; the rest is vouched for.
struct Both<P>(*const P);
struct SendOnly<P>(*const P);
struct SyncOnly<P>(*const P);
struct Neither<P>(*const P);

// SAFETY: no value of these types is ever made, so nothing crosses.
unsafe impl<P> Send for Both<P> {}
// SAFETY: as above.
unsafe impl<P> Sync for Both<P> {}
// SAFETY: as above.
unsafe impl<P> Send for SendOnly<P> {}
// SAFETY: as above.
unsafe impl<P> Sync for SyncOnly<P> {}
// ANCHOR_END: markers

/// Some types ask this of their parameter.
macro_rules! able {
    ($($marker:ident)+) => {$(
        impl<P> Clone for $marker<P> {
            fn clone(&self) -> Self {
                unimplemented!("there is none to be cloned")
            }
        }
        impl<P> std::io::Write for $marker<P> {
            fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
                unimplemented!("there is none to write to")
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
    )+};
}
able!(Both SendOnly SyncOnly Neither);

// A place for the book to include this file at, with every line hidden.
// ANCHOR: hidden
// ANCHOR_END: hidden
