//! Whoever lets an end fall on the floor is warned, whichever end it is: an
//! expectation that no warning meets is an error here.

#![deny(unfulfilled_lint_expectations)]

use session::{Chooses, Ends, Follows, Offers, Part, Receives, Repeats, Sends};

enum Loop {}

impl Part for Loop {
    type Body = Sends<u8, Repeats<Loop>>;
}

/// For each type, a function that lets one fall.
macro_rules! falls {
    ($($name:ident: $end:ty),+ $(,)?) => {$(
        #[expect(unused_must_use, reason = "the warning is what is tested")]
        fn $name(make: impl Fn() -> $end) {
            make();
        }
    )+};
}

falls! {
    sends: Sends<u8, Ends>,
    receives: Receives<u8, Ends>,
    chooses: Chooses<Ends, Ends>,
    offers: Offers<Ends, Ends>,
    repeats: Repeats<Loop>,
    follows: Follows<Loop>,
}

#[test]
fn an_end_that_falls_on_the_floor_is_warned_of_and_dropped() {
    use session::Dual;
    sends(|| Dual::open().0);
    receives(|| Dual::open().0);
    chooses(|| Dual::open().0);
    offers(|| Dual::open().0);
    repeats(|| Dual::open().0);
    follows(|| Dual::open().0);
}
