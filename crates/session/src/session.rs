//! The ends of a session: each is a type, and each step turns it into the next.

use std::error::Error;
use std::fmt;
use std::sync::mpsc::{Receiver, RecvError, SendError, SyncSender, sync_channel};

// ANCHOR: dual
/// One end of a session, which knows what the other end is.
pub trait Dual: Sized {
    /// What the peer does while this end does its part; the peer's peer is this end again.
    type Peer: Dual<Peer = Self>;

    /// Makes both ends of a new session.
    fn open() -> (Self, Self::Peer);
}
// ANCHOR_END: dual

// ANCHOR: message
/// Sends a `T`, then goes on as `P`.
#[must_use = "the peer is waiting for a message"]
pub struct Sends<T, P: Dual>(SyncSender<(T, P::Peer)>);

/// Receives a `T`, then goes on as `P`.
#[must_use = "the peer is about to send a message"]
pub struct Receives<T, P: Dual>(Receiver<(T, P)>);

impl<T, P: Dual> Sends<T, P> {
    /// Gives `message` to the peer; waits until the peer has taken it.
    ///
    /// # Errors
    ///
    /// The message itself, if the peer has dropped its end.
    pub fn send(self, message: T) -> Result<P, SendError<T>> {
        let (mine, peers) = P::open();
        match self.0.send((message, peers)) {
            Ok(()) => Ok(mine),
            Err(SendError((message, _))) => Err(SendError(message)),
        }
    }
}

impl<T, P: Dual> Receives<T, P> {
    /// Waits for the peer's message.
    ///
    /// # Errors
    ///
    /// [`Gone`], if the peer has dropped its end.
    pub fn recv(self) -> Result<(T, P), Gone> {
        Ok(self.0.recv()?)
    }
}

impl<T, P: Dual> Dual for Sends<T, P> {
    type Peer = Receives<T, P::Peer>;

    fn open() -> (Self, Self::Peer) {
        let (sender, receiver) = sync_channel(0);
        (Sends(sender), Receives(receiver))
    }
}

impl<T, P: Dual> Dual for Receives<T, P> {
    type Peer = Sends<T, P::Peer>;

    fn open() -> (Self, Self::Peer) {
        let (sender, receiver) = sync_channel(0);
        (Receives(receiver), Sends(sender))
    }
}
// ANCHOR_END: message

// ANCHOR: branch
/// Chooses how both ends go on: this one as `A` or as `B`.
#[must_use = "the peer is waiting for a choice"]
pub struct Chooses<A: Dual, B: Dual>(SyncSender<Choice<A::Peer, B::Peer>>);

/// Goes on as `A` or as `B`, whichever the peer chooses.
#[must_use = "the peer is about to choose"]
pub struct Offers<A: Dual, B: Dual>(Receiver<Choice<A, B>>);

/// What the peer has chosen, and the end to go on with.
pub enum Choice<A, B> {
    /// The peer called [`Chooses::left`].
    Left(A),
    /// The peer called [`Chooses::right`].
    Right(B),
}

impl<A: Dual, B: Dual> Chooses<A, B> {
    /// Chooses the first way; waits until the peer knows.
    ///
    /// # Errors
    ///
    /// [`Gone`], if the peer has dropped its end.
    pub fn left(self) -> Result<A, Gone> {
        let (mine, peers) = A::open();
        self.0.send(Choice::Left(peers))?;
        Ok(mine)
    }

    /// Chooses the second way; waits until the peer knows.
    ///
    /// # Errors
    ///
    /// [`Gone`], if the peer has dropped its end.
    pub fn right(self) -> Result<B, Gone> {
        let (mine, peers) = B::open();
        self.0.send(Choice::Right(peers))?;
        Ok(mine)
    }
}

impl<A: Dual, B: Dual> Offers<A, B> {
    /// Waits for the peer's choice.
    ///
    /// # Errors
    ///
    /// [`Gone`], if the peer has dropped its end.
    pub fn offer(self) -> Result<Choice<A, B>, Gone> {
        Ok(self.0.recv()?)
    }
}

impl<A: Dual, B: Dual> Dual for Chooses<A, B> {
    type Peer = Offers<A::Peer, B::Peer>;

    fn open() -> (Self, Self::Peer) {
        let (sender, receiver) = sync_channel(0);
        (Chooses(sender), Offers(receiver))
    }
}

impl<A: Dual, B: Dual> Dual for Offers<A, B> {
    type Peer = Chooses<A::Peer, B::Peer>;

    fn open() -> (Self, Self::Peer) {
        let (sender, receiver) = sync_channel(0);
        (Offers(receiver), Chooses(sender))
    }
}
// ANCHOR_END: branch

// ANCHOR: repeat
/// The name of a part that may come again, as a function needs a name to call itself.
pub trait Part {
    /// The part, as the end that [`Repeats`] it sees it.
    type Body: Dual;
}

/// Goes on with the part named `L`.
#[must_use = "the peer is about to go on"]
pub struct Repeats<L: Part>(L::Body);

/// Goes on with the other side of the part named `L`.
#[must_use = "the peer is about to go on"]
pub struct Follows<L: Part>(<L::Body as Dual>::Peer);

impl<L: Part> Repeats<L> {
    /// Begins a round. The peer isn't told: its type says so too.
    pub fn round(self) -> L::Body {
        self.0
    }
}

impl<L: Part> Follows<L> {
    /// Begins a round. The peer isn't told: its type says so too.
    pub fn round(self) -> <L::Body as Dual>::Peer {
        self.0
    }
}

impl<L: Part> Dual for Repeats<L> {
    type Peer = Follows<L>;

    fn open() -> (Self, Self::Peer) {
        let (repeats, follows) = L::Body::open();
        (Repeats(repeats), Follows(follows))
    }
}

impl<L: Part> Dual for Follows<L> {
    type Peer = Repeats<L>;

    fn open() -> (Self, Self::Peer) {
        let (repeats, follows) = L::Body::open();
        (Follows(follows), Repeats(repeats))
    }
}
// ANCHOR_END: repeat

// ANCHOR: end
/// The session is over. A function that must return this can't forget the rest,
/// unless it has another session's to return.
pub struct Ends(());

impl Dual for Ends {
    type Peer = Ends;

    fn open() -> (Self, Self::Peer) {
        (Ends(()), Ends(()))
    }
}

/// The peer has dropped its end before the session was over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone;
// ANCHOR_END: end

impl fmt::Display for Gone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the peer has dropped its end of the session")
    }
}

impl Error for Gone {}

impl From<RecvError> for Gone {
    fn from(_: RecvError) -> Self {
        Gone
    }
}

/// For `?`, where the message that wasn't sent is of no further use.
impl<T> From<SendError<T>> for Gone {
    fn from(_: SendError<T>) -> Self {
        Gone
    }
}

// A place for the book to include this file at, with every line hidden.
// ANCHOR: hidden
// ANCHOR_END: hidden
