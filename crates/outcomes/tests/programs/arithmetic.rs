const N: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape {
    Dot,
    Line(u8),
    Box { w: i16, h: i16 },
}

fn area(shape: Shape) -> i16 {
    match shape {
        Shape::Dot => 0,
        Shape::Line(len) if len > 9 => -1,
        Shape::Line(_) => 1,
        Shape::Box { w, h } => w * h,
    }
}

fn fib(n: u64) -> u64 {
    if n < 2 { n } else { fib(n - 1) + fib(n - 2) }
}

fn swap<A, B>(pair: (A, B)) -> (B, A) {
    (pair.1, pair.0)
}

fn main() {
    let mut all = [0i64; N];
    for (i, slot) in all.iter_mut().enumerate() {
        *slot = (i as i64) * 10 - 5;
    }
    println!("{:?} {}", all, all[2] % 4);
    let x = 200u8;
    println!("{:?} {} {}", x.checked_add(100), x.wrapping_add(100), x.saturating_add(100));
    println!("{:?} {}", 5u32.overflowing_sub(6), -7 / 2);
    println!("{} {} {}", -7 % 3, 1u32 << 4, (-1i8) as u8 as i32);
    println!("{:?} {}", Shape::Box { w: 3, h: -4 }, area(Shape::Box { w: 3, h: -4 }));
    println!("{} {} {}", area(Shape::Dot), area(Shape::Line(10)), area(Shape::Line(1)));
    println!("{}", fib(10));
    println!("{:?}", swap((1, "one")));
    let total: i32 = (1..=4).map(|n| n * n).sum();
    let mut count = 0;
    let found = 'outer: loop {
        for i in (0..5).rev() {
            count += 1;
            if i * count == 8 {
                break 'outer i;
            }
            if count > 20 {
                break 'outer -1;
            }
        }
    };
    println!("{total} {found} {count}");
    let mut stack = vec![1, 2, 3];
    while let Some(top) = stack.pop() {
        if top == 2 {
            continue;
        }
        print!("{top};");
    }
    println!();
    let words: Vec<usize> = vec![3, 1, 2];
    let double: Vec<usize> = words.iter().map(|w| w * 2).collect();
    println!("{double:?} {}", double.contains(&4));
    let add = |a: i32, b: i32| a + b;
    println!("{}", add(1, 2));
    let Some(last) = words.last() else { return };
    println!("{last} {:?} {}", words.first(), u128::MAX);
    let n: u32 = 0;
    println!("{}", n - 1);
}
