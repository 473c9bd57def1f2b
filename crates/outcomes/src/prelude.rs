//! The parts of the standard library that need nothing but Rust: read like the program itself.

/// Types and methods; order and tags of the first ones matter (see
/// [`Request`](crate::Request)): `None` 0, `Some` 1; `Ok` 0, `Err` 1.
pub(crate) const SOURCE: &str = r#"
#[derive(Copy, Clone, Debug, PartialEq)]
enum Option<T> { None, Some(T) }
#[derive(Copy, Clone, Debug, PartialEq)]
enum Result<T, E> { Ok(T), Err(E) }
#[derive(Debug)]
struct PoisonError<T> { guard: T }
#[derive(Debug)]
enum TryLockError<T> { Poisoned(PoisonError<T>), WouldBlock }
#[derive(Copy, Clone, Debug, PartialEq)]
enum TryRecvError { Empty, Disconnected }
#[derive(Copy, Clone, Debug, PartialEq)]
struct RecvError;
#[derive(Copy, Clone, Debug, PartialEq)]
struct SendError<T>(T);

impl<T> Option<T> {
    fn is_some(&self) -> bool { match self { Option::Some(_) => true, Option::None => false } }
    fn is_none(&self) -> bool { match self { Option::Some(_) => false, Option::None => true } }
    fn unwrap(self) -> T {
        match self { Option::Some(value) => value, Option::None => panic!("called `Option::unwrap()` on a `None` value") }
    }
    fn expect(self, message: &str) -> T {
        match self { Option::Some(value) => value, Option::None => panic!("{}", message) }
    }
    fn unwrap_or(self, other: T) -> T { match self { Option::Some(value) => value, Option::None => other } }
    fn unwrap_or_else<F: FnOnce() -> T>(self, f: F) -> T {
        match self { Option::Some(value) => value, Option::None => f() }
    }
    fn map<U, F: FnOnce(T) -> U>(self, f: F) -> Option<U> {
        match self { Option::Some(value) => Option::Some(f(value)), Option::None => Option::None }
    }
    fn map_or<U, F: FnOnce(T) -> U>(self, other: U, f: F) -> U {
        match self { Option::Some(value) => f(value), Option::None => other }
    }
    fn and_then<U, F: FnOnce(T) -> Option<U>>(self, f: F) -> Option<U> {
        match self { Option::Some(value) => f(value), Option::None => Option::None }
    }
    fn is_some_and<F: FnOnce(T) -> bool>(self, f: F) -> bool {
        match self { Option::Some(value) => f(value), Option::None => false }
    }
    fn ok_or<E>(self, error: E) -> Result<T, E> {
        match self { Option::Some(value) => Result::Ok(value), Option::None => Result::Err(error) }
    }
    fn as_ref(&self) -> Option<&T> { match self { Option::Some(value) => Option::Some(value), Option::None => Option::None } }
    fn as_mut(&mut self) -> Option<&mut T> { match self { Option::Some(value) => Option::Some(value), Option::None => Option::None } }
}

impl<T, E> Result<T, E> {
    fn is_ok(&self) -> bool { match self { Result::Ok(_) => true, Result::Err(_) => false } }
    fn is_err(&self) -> bool { match self { Result::Ok(_) => false, Result::Err(_) => true } }
    fn unwrap(self) -> T {
        match self { Result::Ok(value) => value, Result::Err(error) => panic!("called `Result::unwrap()` on an `Err` value: {:?}", error) }
    }
    fn unwrap_err(self) -> E {
        match self { Result::Err(error) => error, Result::Ok(value) => panic!("called `Result::unwrap_err()` on an `Ok` value: {:?}", value) }
    }
    fn expect(self, message: &str) -> T {
        match self { Result::Ok(value) => value, Result::Err(error) => panic!("{}: {:?}", message, error) }
    }
    fn ok(self) -> Option<T> { match self { Result::Ok(value) => Option::Some(value), Result::Err(_) => Option::None } }
    fn err(self) -> Option<E> { match self { Result::Ok(_) => Option::None, Result::Err(error) => Option::Some(error) } }
    fn unwrap_or(self, other: T) -> T { match self { Result::Ok(value) => value, Result::Err(_) => other } }
    fn unwrap_or_else<F: FnOnce(E) -> T>(self, f: F) -> T {
        match self { Result::Ok(value) => value, Result::Err(error) => f(error) }
    }
    fn map<U, F: FnOnce(T) -> U>(self, f: F) -> Result<U, E> {
        match self { Result::Ok(value) => Result::Ok(f(value)), Result::Err(error) => Result::Err(error) }
    }
    fn map_err<U, F: FnOnce(E) -> U>(self, f: F) -> Result<T, U> {
        match self { Result::Ok(value) => Result::Ok(value), Result::Err(error) => Result::Err(f(error)) }
    }
    fn is_ok_and<F: FnOnce(T) -> bool>(self, f: F) -> bool {
        match self { Result::Ok(value) => f(value), Result::Err(_) => false }
    }
    fn is_err_and<F: FnOnce(E) -> bool>(self, f: F) -> bool {
        match self { Result::Ok(_) => false, Result::Err(error) => f(error) }
    }
}

impl<T> PoisonError<T> {
    fn into_inner(self) -> T { self.guard }
}
"#;
