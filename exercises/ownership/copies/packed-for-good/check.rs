use crate::task::Parcel;

fn things() -> Vec<String> {
    ["map", "lamp", "rope"].map(str::to_owned).to_vec()
}

#[test]
fn the_same_things_are_in_the_sealed_parcel() {
    let things = things();
    let address = things.as_ptr();
    let mut parcel = Parcel::Open(things);
    parcel.seal();
    let Parcel::Sealed(things) = &parcel else {
        panic!("sealed, the parcel is {parcel:?}");
    };
    assert_eq!(things.join(", "), "map, lamp, rope", "the things");
    assert!(
        things.as_ptr() == address,
        "these things are copies, in another place"
    );
}

#[test]
fn sealing_twice_changes_nothing() {
    let mut parcel = Parcel::Open(things());
    parcel.seal();
    parcel.seal();
    assert_eq!(
        format!("{parcel:?}"),
        r#"Sealed(["map", "lamp", "rope"])"#,
        "the parcel"
    );
}
