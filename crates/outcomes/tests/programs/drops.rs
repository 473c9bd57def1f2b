struct Loud(&'static str);

impl Drop for Loud {
    fn drop(&mut self) {
        println!("drop {}", self.0);
    }
}

fn pass(loud: Loud) -> Loud {
    println!("pass {}", loud.0);
    loud
}

fn main() {
    let _a = Loud("a");
    let b = pass(Loud("b"));
    {
        let _c = Loud("c");
        println!("inner");
    }
    let _ = Loud("d");
    let boxed = Box::new(Loud("e"));
    let pair = (Loud("f"), 1);
    let (f, n) = pair;
    println!("{n}");
    drop(f);
    let mut g = Loud("g1");
    println!("{}", g.0);
    g = Loud("g2");
    let all = vec![Loud("h"), Loud("i")];
    for (i, loud) in all.into_iter().enumerate() {
        println!("{i} {}", loud.0);
    }
    let maybe = Some(Loud("j"));
    if let Some(j) = maybe {
        println!("some {}", j.0);
    }
    println!("{} {} {}", b.0, boxed.0, g.0);
}
