use std::sync::Mutex;

use crate::task::Shop;

fn shop() -> Shop {
    let stock = Mutex::new([("nail".to_owned(), 10), ("saw".to_owned(), 1)].into());
    Shop { stock }
}

#[test]
fn a_sale_comes_out_of_the_stock() {
    let shop = shop();
    assert_eq!(shop.sell("nail", |there| there - 4), 6, "how many are sold");
    assert_eq!(
        shop.sell("saw", |_| 3),
        1,
        "how many are sold of the only one"
    );
    assert_eq!(shop.sell("axe", |_| 1), 0, "how many are sold of none");
    assert_eq!(shop.count("nail"), 4, "how many nails are left");
    assert_eq!(shop.count("saw"), 0, "how many saws are left");
}

#[test]
fn nobody_gets_between_the_look_and_the_sale() {
    let shop = shop();
    shop.sell("saw", |there| {
        assert!(
            shop.stock.try_lock().is_err(),
            "the stock isn't locked while the customer decides"
        );
        there
    });
}
