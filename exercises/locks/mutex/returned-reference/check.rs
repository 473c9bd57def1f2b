use crate::task::Guests;

#[test]
fn a_name_can_be_kept_while_the_list_changes() {
    let guests = Guests::new();
    for name in ["Ada", "Grace", "Barbara", "Jean"] {
        guests.add(name);
    }
    let longest = guests.longest();
    let free = guests.names.try_lock().is_ok();
    assert!(
        free,
        "the list is locked as long as somebody keeps the name"
    );
    guests.clear();
    guests.add("Radia");
    assert_eq!(longest.to_string(), "Barbara", "the name that was kept");
    assert_eq!(
        guests.longest().to_string(),
        "Radia",
        "the longest name now"
    );
}

#[test]
fn an_empty_list_has_an_empty_name() {
    assert_eq!(
        Guests::new().longest().to_string(),
        "",
        "the longest of no names"
    );
}
