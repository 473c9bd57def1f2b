use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};
use std::thread;

struct Node {
    value: u32,
    next: *mut Node,
}

struct Stack {
    head: AtomicPtr<Node>,
}

impl Stack {
    fn push(&self, value: u32) {
        let node = Box::into_raw(Box::new(Node { value, next: ptr::null_mut() }));
        let mut head = self.head.load(Ordering::Relaxed);
        loop {
            // SAFETY: the node is still this thread's own.
            unsafe { (*node).next = head };
            match self.head.compare_exchange(head, node, Ordering::Release, Ordering::Relaxed) {
                Ok(_) => return,
                Err(now) => head = now,
            }
        }
    }

    /// Leaks the node: who frees it is another question.
    fn pop(&self) -> Option<u32> {
        loop {
            let head = self.head.load(Ordering::Acquire);
            if head.is_null() {
                return None;
            }
            // SAFETY: nodes are never freed.
            let next = unsafe { (*head).next };
            if self
                .head
                .compare_exchange(head, next, Ordering::Acquire, Ordering::Relaxed)
                .is_ok()
            {
                // SAFETY: nodes are never freed.
                return Some(unsafe { (*head).value });
            }
        }
    }
}

fn main() {
    let stack = Stack { head: AtomicPtr::new(ptr::null_mut()) };
    let (mut a, mut b) = (None, None);
    thread::scope(|s| {
        s.spawn(|| {
            stack.push(1);
            a = stack.pop();
        });
        s.spawn(|| {
            stack.push(2);
            b = stack.pop();
        });
    });
    println!("{a:?} {b:?}");
}
