use crate::task::Desk;

fn desk(letters: &[&str]) -> Desk {
    let mut desk = Desk::default();
    desk.waiting
        .extend(letters.iter().map(|&letter| letter.to_owned()));
    desk
}

#[test]
fn letters_are_filed_in_the_order_they_came() {
    let mut desk = desk(&["a card", "a bill"]);
    desk.open_all();
    assert_eq!(desk.filed.join(", "), "1 a card, 2 a bill", "the file");
    desk.waiting.push("a note".to_owned());
    desk.open_all();
    assert_eq!(
        desk.filed.join(", "),
        "1 a card, 2 a bill, 3 a note",
        "the file"
    );
}

#[test]
fn what_is_in_a_letter_is_opened_too() {
    let mut desk = desk(&["with with a coin"]);
    desk.open_all();
    assert_eq!(
        desk.filed.join(", "),
        "1 with with a coin, 2 with a coin, 3 a coin",
        "the file"
    );
    assert_eq!(desk.waiting.join(", "), "", "the letters that still wait");
}
