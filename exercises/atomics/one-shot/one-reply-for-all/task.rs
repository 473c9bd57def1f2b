//! A search in several parts at once, each on a thread of its own. One of those that
//! find something is the answer. If nothing is found, the reply is dropped, and who
//! asked hears that there is no answer.
//!
//! "Only one will find it, in the end. So only one will use the reply. But I can't
//! tell beforehand which, and the compiler wants me to."

use std::sync::mpsc;
use std::thread;

/// The right to answer once. It stays as it is.
pub struct Reply(mpsc::Sender<u32>);

pub fn reply() -> (Reply, mpsc::Receiver<u32>) {
    let (sender, receiver) = mpsc::channel();
    (Reply(sender), receiver)
}

impl Reply {
    pub fn send(self, answer: u32) {
        let _ = self.0.send(answer); // who asked may be gone
    }
}

pub fn search(parts: &[u32], find: impl Fn(u32) -> Option<u32> + Sync, reply: Reply) {
    thread::scope(|s| {
        for &part in parts {
            let find = &find;
            s.spawn(move || {
                if let Some(found) = find(part) {
                    reply.send(found);
                }
            });
        }
    });
}
