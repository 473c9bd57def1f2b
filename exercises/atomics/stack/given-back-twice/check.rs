use crate::task::Lockers;

#[test]
fn a_locker_that_somebody_else_has_taken_is_not_free() {
    let lockers = Lockers::new(1);
    let mut others = None;
    lockers.visit(|_| false, || others = lockers.take());
    let next = lockers.take();
    assert_eq!(
        (others, next),
        (Some(1), None),
        "what another got during the visit, and what a third got while they had it"
    );
}

#[test]
fn a_locker_that_suits_is_taken_during_the_visit_and_free_once_afterwards() {
    let lockers = Lockers::new(1);
    let mut others = None;
    let had_one = lockers.visit(|_| true, || others = lockers.take());
    let after = [lockers.take(), lockers.take()];
    assert_eq!(
        (had_one, others, after),
        (true, None, [Some(1), None]),
        "had one; what others got during the visit; what they got after it"
    );
}

#[test]
fn who_gets_no_locker_looks_around_all_the_same() {
    let lockers = Lockers::new(0);
    let mut looked_around = false;
    let had_one = lockers.visit(|_| true, || looked_around = true);
    assert_eq!(
        (had_one, looked_around),
        (false, true),
        "had one; looked around"
    );
}
