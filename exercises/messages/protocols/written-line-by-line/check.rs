use crate::task::letter;

#[test]
fn all_lines_arrive_one_below_the_other() {
    let arrived = letter(&["Dear Ada,", "come soon.", "Bea"]);
    assert_eq!(arrived, "Dear Ada,\ncome soon.\nBea\n", "what arrived");
}

#[test]
fn an_empty_letter_may_be_posted() {
    assert_eq!(letter(&[]), "", "what arrived");
}
