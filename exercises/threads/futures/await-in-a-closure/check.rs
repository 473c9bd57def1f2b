use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use crate::task::titles;

/// Is ready when it is asked for the second time.
async fn fetch(page: u32) -> String {
    let mut asked = false;
    poll_fn(|_| match std::mem::replace(&mut asked, true) {
        true => Poll::Ready(()),
        false => Poll::Pending,
    })
    .await;
    format!("page {page}")
}

fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn the_titles_come_in_the_order_of_the_pages() {
    let mut all = pin!(titles(&[3, 1, 2], fetch));
    // More often than it has to be asked.
    let ready = (0..100).find_map(|_| match poll(all.as_mut()) {
        Poll::Ready(titles) => Some(titles),
        Poll::Pending => None,
    });
    let titles = ready.expect("it is asked again and again, and never ready");
    assert_eq!(titles, ["page 3", "page 1", "page 2"], "the titles");
}

#[test]
fn the_thread_is_free_while_a_title_is_on_its_way() {
    let all = pin!(titles(&[1], fetch));
    assert!(
        poll(all).is_pending(),
        "it didn't return before the title was there"
    );
}
