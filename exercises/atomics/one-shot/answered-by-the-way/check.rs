use crate::task::{Job, reply, run};
use std::cell::Cell;
use std::rc::Rc;

#[test]
fn each_job_answers_once_with_its_sum() {
    let (jobs, answers): (Vec<_>, Vec<_>) = [0, 1, 4]
        .map(|count| {
            let (reply, answer) = reply();
            (Job::new(1..=count, reply), answer)
        })
        .into_iter()
        .unzip();
    run(jobs);
    let answers: Vec<Vec<u32>> = answers.iter().map(|a| a.iter().collect()).collect();
    assert_eq!(answers, [[0], [1], [10]], "the answers of the three jobs");
}

#[test]
fn a_short_job_is_answered_while_a_long_one_goes_on() {
    let (long_reply, _long_answer) = reply();
    let (short_reply, short_answer) = reply();
    let heard = Rc::new(Cell::new(None));
    let long = (1..=9).inspect({
        let heard = heard.clone();
        move |&number| {
            if number == 9 {
                heard.set(short_answer.try_recv().ok());
            }
        }
    });
    let short = Job::new([5].into_iter(), short_reply);
    run(vec![Job::new(long, long_reply), short]);
    assert_eq!(heard.get(), Some(5), "the short job's answer, by then");
}

#[test]
fn a_job_that_is_not_done_does_not_answer() {
    let (reply, answer) = reply();
    drop(Job::new(1..=3, reply));
    let answer = answer.recv().ok();
    assert_eq!(answer, None, "the answer of a job that was dropped");
}
