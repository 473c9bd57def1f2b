//! After each step, either thread may be next: try the one, come back, and try the other.

pub type Order = Vec<usize>;

pub fn find(steps: [usize; 2], mut is_well: impl FnMut(&[usize]) -> bool) -> Option<Order> {
    from(&mut Vec::new(), steps, &mut is_well)
}

/// Tries all orders that begin so, with so many steps left.
fn from(
    order: &mut Order,
    left: [usize; 2],
    is_well: &mut impl FnMut(&[usize]) -> bool,
) -> Option<Order> {
    if left == [0, 0] {
        return (!is_well(order)).then(|| order.clone());
    }
    for who in [0, 1] {
        if left[who] == 0 {
            continue;
        }
        let mut left = left;
        left[who] -= 1;
        order.push(who);
        let found = from(order, left, is_well);
        order.pop();
        if found.is_some() {
            return found;
        }
    }
    None
}
