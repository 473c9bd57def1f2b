use crate::task::Tally;

#[test]
fn votes_that_come_in_while_somebody_is_asked_count() {
    let tally = Tally::new();
    tally.add(1);
    tally.add_from(|| {
        let so_far = tally.total();
        assert_eq!(so_far, Some(1), "what others see while somebody is asked");
        tally.add(5);
        2
    });
    let total = tally.total();
    assert_eq!(total, Some(8), "1, then 5 while asking, then 2 by asking");
}
