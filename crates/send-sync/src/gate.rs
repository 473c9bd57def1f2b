//! A gatekeeper of our own, which asks nothing of the standard one's traits.

// ANCHOR: nothing
// ANCHOR_END: nothing
use std::thread;

// ANCHOR: traits
/// A type whose values may move to another thread.
///
/// # Safety
///
/// Who implements it promises that a value may be used, and destroyed, by
/// another thread than the one that made it.
#[diagnostic::on_unimplemented(
    message = "nobody has vouched that `{Self}` may cross to another thread",
    label = "this may not cross"
)]
pub unsafe trait MayCross {}

/// A type whose values several threads may use at once, by reference.
///
/// # Safety
///
/// Who implements it promises that this is no data race.
#[diagnostic::on_unimplemented(
    message = "nobody has vouched that threads may share a `{Self}`",
    label = "this may not be shared"
)]
pub unsafe trait MayShare {}

// SAFETY: what crosses is a reference, and `T` may be used through several.
unsafe impl<T: MayShare + ?Sized> MayCross for &T {}
// ANCHOR_END: traits

// ANCHOR: spawn
/// Starts a thread that runs `f` on `data`.
///
/// # Panics
///
/// If the operating system can't start a thread.
pub fn spawn<D, T>(data: D, f: fn(D) -> T) -> JoinHandle<T>
where
    D: MayCross + 'static,
    T: MayCross + 'static,
{
    let data = Vouched(data);
    let run = move || Vouched(f(data.open()));
    JoinHandle(thread::spawn(run))
}

/// The way back from a thread that [`spawn`] started.
pub struct JoinHandle<T>(thread::JoinHandle<Vouched<T>>);

impl<T> JoinHandle<T> {
    /// Waits for the thread, and returns its result, or its panic's payload.
    pub fn join(self) -> thread::Result<T> {
        self.0.join().map(Vouched::open)
    }
}

/// What our traits let through, in a form that the standard gate lets through.
struct Vouched<T>(T);

// SAFETY: whoever implemented `MayCross` for `T` has promised just this.
unsafe impl<T: MayCross> Send for Vouched<T> {}

impl<T> Vouched<T> {
    /// A method, so that a closure captures the whole and not its field.
    fn open(self) -> T {
        self.0
    }
}
// ANCHOR_END: spawn
