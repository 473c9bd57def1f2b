//! An order is a number in binary, a digit for each step: count through all of them, and leave
//! out those with the wrong number of ones.

pub type Order = Vec<usize>;

pub fn find(steps: [usize; 2], mut is_well: impl FnMut(&[usize]) -> bool) -> Option<Order> {
    let all = steps[0] + steps[1];
    (0..1_usize << all)
        .map(|number| (0..all).map(|step| number >> step & 1).collect::<Order>())
        .filter(|order| order.iter().sum::<usize>() == steps[1])
        .find(|order| !is_well(order))
}
