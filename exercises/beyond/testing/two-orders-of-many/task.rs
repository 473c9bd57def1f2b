//! Tries the orders of two threads' steps. `is_well` plays an order, such as `[0, 1, 1, 0]`
//! (thread 0 takes its first step, thread 1 both of its, thread 0 its second), and says
//! whether all went well. `find` gives an order in which it didn't, if there is one. Its name
//! and arguments must stay; `steps` says how many steps each thread takes.
//!
//! "I tried both orders, first the one and then the other, and first the other and then the
//! one. All is well, it says. In production it isn't."

pub type Order = Vec<usize>;

pub fn find(steps: [usize; 2], mut is_well: impl FnMut(&[usize]) -> bool) -> Option<Order> {
    let mut orders = Vec::new();
    for first in [0, 1] {
        let second = 1 - first;
        let mut order = vec![first; steps[first]];
        order.extend(vec![second; steps[second]]);
        orders.push(order);
    }
    orders.into_iter().find(|order| !is_well(order))
}
