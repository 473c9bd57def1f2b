//! The step that quicksort is made of.

// ANCHOR: nothing
// ANCHOR_END: nothing
// ANCHOR: partition
/// Puts one item where it belongs and returns its place: behind it nothing is
/// smaller, before it nothing is greater. There must be an item.
pub fn partition<T: Ord>(items: &mut [T]) -> usize {
    items.swap(0, items.len() / 2); // the pivot waits in front
    let (mut low, mut high) = (1, items.len() - 1);
    loop {
        while low <= high && items[low] < items[0] {
            low += 1;
        }
        while low <= high && items[high] > items[0] {
            high -= 1;
        }
        if low >= high {
            break;
        }
        items.swap(low, high);
        (low, high) = (low + 1, high - 1);
    }
    items.swap(0, high);
    high
}
// ANCHOR_END: partition
