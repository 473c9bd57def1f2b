//! A ticket for each job: a channel of its own. The tickets are kept in order.

use std::sync::{Mutex, mpsc};
use std::thread;

pub type Job = Box<dyn FnOnce() -> String + Send>;

pub fn work_all(jobs: Vec<Job>, workers: usize) -> Vec<String> {
    let mut tickets = Vec::new();
    let mut queue = Vec::new();
    for job in jobs {
        let (reply, ticket) = mpsc::channel();
        queue.push((job, reply));
        tickets.push(ticket);
    }
    let queue = Mutex::new(queue.into_iter());
    thread::scope(|s| {
        for _ in 0..workers {
            s.spawn(|| {
                loop {
                    let Some((job, reply)) = queue.lock().unwrap().next() else {
                        break;
                    };
                    reply.send(job()).unwrap();
                }
            });
        }
    });
    tickets
        .into_iter()
        .map(|ticket| ticket.recv().unwrap())
        .collect()
}
