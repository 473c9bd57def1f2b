//! There will be one.

pub type Order = Vec<usize>;

pub fn find(steps: [usize; 2], _: impl FnMut(&[usize]) -> bool) -> Option<Order> {
    let mut order = vec![0];
    order.extend(vec![1; steps[1]]);
    order.extend(vec![0; steps[0] - 1]);
    Some(order)
}
