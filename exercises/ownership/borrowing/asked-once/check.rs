use crate::task::Greetings;

#[test]
fn a_greeting_is_written_once_and_stays() {
    let mut greetings = Greetings::default();
    greetings.get("Ada", |name| format!("Hello, {name}"));
    greetings.get("Bea", |name| format!("Hi, {name}"));
    let again = greetings.get("Ada", |name| format!("You again, {name}"));
    assert_eq!(again, "Hello, Ada", "the greeting that was written first");
}

#[test]
fn nothing_is_written_for_a_name_that_is_known() {
    let mut greetings = Greetings::default();
    let mut written = 0;
    for name in ["Ada", "Bea", "Ada", "Ada"] {
        greetings.get(name, |name| {
            written += 1;
            name.to_owned()
        });
    }
    assert_eq!(written, 2, "how many greetings were written");
}
