//! The threads hand in what they found. One thread has the reply, and answers.

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
    let (finds, found) = mpsc::channel();
    thread::scope(|s| {
        for &part in parts {
            let (find, finds) = (&find, finds.clone());
            s.spawn(move || finds.send(find(part)));
        }
        drop(finds);
        if let Some(found) = found.iter().flatten().next() {
            reply.send(found);
        }
    });
}
