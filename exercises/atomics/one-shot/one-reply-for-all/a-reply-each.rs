//! With a clone for each thread, each that finds something answers.

use std::sync::mpsc;
use std::thread;

/// The right to answer once. It stays as it is.
#[derive(Clone)]
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
            let (find, reply) = (&find, reply.clone());
            s.spawn(move || {
                if let Some(found) = find(part) {
                    reply.send(found);
                }
            });
        }
    });
}
