use crate::task::evening;

#[test]
fn who_is_of_age_dances_once_for_each_song() {
    let done = evening(18, 2).join(", ");
    assert_eq!(done, "in, dance, dance, out", "what the guest has done");
    let done = evening(40, 0).join(", ");
    assert_eq!(done, "in, out", "what the guest has done");
}

#[test]
fn who_is_not_of_age_never_dances() {
    let done = evening(17, 2).join(", ");
    assert_eq!(done, "turned away", "what the guest has done");
}
