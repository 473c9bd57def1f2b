use crate::task::Office;

#[test]
fn an_office_goes_on_counting_the_next_day() {
    let mut office = Office::default();
    assert_eq!(
        office.day(&["Ada", "Bea"]),
        ["1 Ada", "2 Bea"],
        "the first day's numbers"
    );
    assert_eq!(
        office.day(&["Cleo"]),
        ["3 Cleo"],
        "the second day's numbers"
    );
    assert_eq!(office.day(&[]), [""; 0], "the third day's numbers");
    assert_eq!(office.day(&["Ada"]), ["4 Ada"], "the fourth day's numbers");
}

#[test]
fn every_office_counts_for_itself() {
    let (mut here, mut there) = (Office::default(), Office::default());
    here.day(&["Ada", "Bea"]);
    assert_eq!(there.day(&["Cleo"]), ["1 Cleo"], "the other office");
}
