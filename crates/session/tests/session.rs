//! What a session promises: both ends in step, and each told when the other is gone.

use session::{Choice, Chooses, Dual, Ends, Follows, Gone, Offers, Part, Receives, Repeats, Sends};
use std::marker::PhantomData;
use std::panic::resume_unwind;
use std::thread;

/// Adds up the numbers it is sent, and tells the sum when asked.
struct Adding;

impl Part for Adding {
    type Body = Offers<Receives<u64, Repeats<Adding>>, Sends<u64, Ends>>;
}

fn add(mut end: Repeats<Adding>) -> Result<Ends, Gone> {
    let mut sum = 0;
    loop {
        match end.round().offer()? {
            Choice::Left(more) => {
                let (n, next) = more.recv()?;
                sum += n;
                end = next;
            }
            Choice::Right(done) => return Ok(done.send(sum)?),
        }
    }
}

fn ask(
    mut end: Follows<Adding>,
    numbers: impl IntoIterator<Item = u64>,
) -> Result<(u64, Ends), Gone> {
    for n in numbers {
        end = end.round().left()?.send(n)?;
    }
    end.round().right()?.recv()
}

#[test]
fn the_peer_of_a_protocol_says_what_it_hears_and_hears_what_it_says() {
    fn same<T>(_: PhantomData<T>, _: PhantomData<T>) {}
    type Here = Receives<u8, Chooses<Sends<u16, Ends>, Offers<Ends, Repeats<Adding>>>>;
    type There = Sends<u8, Offers<Receives<u16, Ends>, Chooses<Ends, Follows<Adding>>>>;
    same::<<Here as Dual>::Peer>(PhantomData, PhantomData::<There>);
    same::<<There as Dual>::Peer>(PhantomData, PhantomData::<Here>);
}

#[test]
fn a_part_comes_again_as_often_as_its_chooser_likes() {
    for times in [0, 1, 2, 1_000] {
        let (here, there) = Dual::open();
        thread::scope(|s| {
            s.spawn(|| add(here).unwrap());
            let (sum, _) = ask(there, 0..times).unwrap();
            assert_eq!(sum, (0..times).sum());
        });
    }
}

#[test]
fn of_three_ways_each_can_be_chosen() {
    type Asks = Chooses<Sends<u8, Ends>, Chooses<Receives<u8, Ends>, Ends>>;
    fn answer(end: <Asks as Dual>::Peer) -> Result<&'static str, Gone> {
        Ok(match end.offer()? {
            Choice::Left(first) => {
                assert_eq!(first.recv()?.0, 1);
                "first"
            }
            Choice::Right(others) => match others.offer()? {
                Choice::Left(second) => {
                    second.send(2)?;
                    "second"
                }
                Choice::Right(_) => "third",
            },
        })
    }
    let ways: [fn(Asks) -> Result<(), Gone>; 3] = [
        |end| end.left()?.send(1).map(drop).map_err(Gone::from),
        |end| {
            let (n, _) = end.right()?.left()?.recv()?;
            assert_eq!(n, 2);
            Ok(())
        },
        |end| end.right()?.right().map(drop),
    ];
    let taken = ways.map(|way| {
        let (here, there) = Asks::open();
        thread::scope(|s| {
            let other = s.spawn(|| answer(there).unwrap());
            way(here).unwrap();
            other.join().unwrap()
        })
    });
    assert_eq!(taken, ["first", "second", "third"]);
}

#[test]
fn a_message_is_moved_and_may_borrow_from_a_stack_that_outlives_the_session() {
    let word = String::from("lent");
    let (here, there) = Sends::<Box<&str>, Ends>::open();
    thread::scope(|s| {
        let message = Box::new(word.as_str());
        let place = (&raw const *message).addr();
        s.spawn(|| here.send(message).unwrap());
        let (message, _) = there.recv().unwrap();
        assert_eq!(*message, "lent");
        assert_eq!((&raw const *message).addr(), place);
    });
}

#[test]
fn an_end_is_a_value_and_may_be_given_away_in_the_middle_of_its_session() {
    type Middle = Follows<Adding>;
    let (adder, asker) = Repeats::<Adding>::open();
    let (give, take) = Sends::<Middle, Ends>::open();
    thread::scope(|s| {
        s.spawn(|| add(adder).unwrap());
        s.spawn(|| {
            let asker = asker.round().left().unwrap().send(40).unwrap();
            give.send(asker).unwrap()
        });
        let (asker, _) = take.recv().unwrap();
        assert_eq!(ask(asker, [2]).unwrap().0, 42);
    });
}

#[test]
fn a_sender_whose_peer_is_gone_gets_its_message_back() {
    let (here, there) = Sends::<Vec<i32>, Ends>::open();
    drop(there);
    let Err(unsent) = here.send(vec![1, 2, 3]) else {
        panic!("nobody was there");
    };
    assert_eq!(unsent.0, [1, 2, 3]);
}

#[test]
fn whoever_listens_or_chooses_is_told_that_the_peer_is_gone() {
    let (here, _) = Receives::<i32, Ends>::open();
    assert_eq!(here.recv().err(), Some(Gone));
    let (here, _) = Offers::<Ends, Ends>::open();
    assert_eq!(here.offer().err(), Some(Gone));
    let (here, _) = Chooses::<Ends, Ends>::open();
    assert_eq!(here.left().err(), Some(Gone));
    let (here, _) = Chooses::<Ends, Ends>::open();
    assert_eq!(here.right().err(), Some(Gone));
}

#[test]
fn a_peer_that_panics_in_the_middle_is_a_peer_that_is_gone() {
    let (here, there) = Repeats::<Adding>::open();
    thread::scope(|s| {
        let adder = s.spawn(|| -> Ends {
            let Ok(Choice::Left(more)) = here.round().offer() else {
                unreachable!("a number comes first");
            };
            let _unused = more.recv();
            resume_unwind(Box::new("in the middle")) // as a panic, with nothing printed
        });
        assert_eq!(ask(there, [1, 2, 3]).err(), Some(Gone));
        assert!(adder.join().is_err());
    });
}

#[test]
fn a_message_that_was_never_taken_was_never_sent() {
    for _ in 0..1_000 {
        let (here, there) = Sends::<i32, Ends>::open();
        thread::scope(|s| {
            let sender = s.spawn(|| here.send(1).is_ok());
            thread::yield_now();
            drop(there);
            assert!(!sender.join().unwrap());
        });
    }
}

#[test]
fn nor_was_one_that_the_other_side_wrote_down() {
    for _ in 0..1_000 {
        let (there, here) = Receives::<i32, Ends>::open();
        thread::scope(|s| {
            let sender = s.spawn(|| here.send(1).is_ok());
            thread::yield_now();
            drop(there);
            assert!(!sender.join().unwrap());
        });
    }
}

#[test]
fn a_choice_that_nobody_heard_was_never_made() {
    for _ in 0..1_000 {
        let (here, there) = Chooses::<Ends, Ends>::open();
        let (its_peer, other) = Offers::<Ends, Ends>::open();
        thread::scope(|s| {
            let left = s.spawn(|| here.left().is_ok());
            let right = s.spawn(|| other.right().is_ok());
            thread::yield_now();
            drop((there, its_peer));
            assert!(!left.join().unwrap());
            assert!(!right.join().unwrap());
        });
    }
}

#[test]
fn many_sessions_at_once_keep_their_messages_apart() {
    const SESSIONS: u64 = 8;
    const ROUNDS: u64 = 2_000;
    thread::scope(|s| {
        for session in 0..SESSIONS {
            let (here, there) = Dual::open();
            s.spawn(move || add(here).unwrap());
            s.spawn(move || {
                let numbers = (0..ROUNDS).map(|n| n * SESSIONS + session);
                let (sum, _) = ask(there, numbers.clone()).unwrap();
                assert_eq!(sum, numbers.sum());
            });
        }
    });
}
