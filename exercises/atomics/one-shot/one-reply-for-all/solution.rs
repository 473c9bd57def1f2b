//! The reply lies where all can reach it. Who finds something first takes it away.

use std::sync::{Mutex, mpsc};
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
    let reply = Mutex::new(Some(reply));
    thread::scope(|s| {
        for &part in parts {
            let (find, reply) = (&find, &reply);
            s.spawn(move || {
                if let Some(found) = find(part)
                    && let Some(reply) = reply.lock().unwrap().take()
                {
                    reply.send(found);
                }
            });
        }
    });
}
