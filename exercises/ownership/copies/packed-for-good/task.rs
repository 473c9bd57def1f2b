//! A parcel is open, and then it is sealed, with the same things in it: not with
//! copies of them. Sealing it once more changes nothing.
//!
//! "I take the things out, and put them right back in, only under another name. I
//! have the parcel for myself, there's a `&mut`. Why can't I move them?"

#[derive(Debug)]
pub enum Parcel {
    Open(Vec<String>),
    Sealed(Vec<String>),
}

impl Parcel {
    pub fn seal(&mut self) {
        *self = match *self {
            Parcel::Open(things) => Parcel::Sealed(things),
            Parcel::Sealed(things) => Parcel::Sealed(things),
        };
    }
}
