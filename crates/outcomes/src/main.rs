//! The `outcomes` command.
fn main() {
    let mut args = std::env::args().skip(1);
    let file = args.next().unwrap();
    let model = outcomes::Model::named(&args.next().unwrap_or("sc".into())).unwrap();
    let edition = match args.next().as_deref() { Some("2021") => outcomes::Edition::E2021, _ => outcomes::Edition::E2024 };
    let source = std::fs::read_to_string(&file).unwrap();
    let program = match outcomes::parse(&source, outcomes::Options{edition}) { Ok(p) => p, Err(e) => { println!("{file}:{e}"); std::process::exit(2) } };
    let begin = std::time::Instant::now();
    match outcomes::explore(&program, model, &outcomes::Limits::default()) {
        Ok(e) => { for o in &e.outcomes { println!("{}", o.line()); if std::env::var("W").is_ok() { for s in &o.witness { println!("    {} {} {}", s.thread, s.span, s.what) } } } println!("# complete {} states {:?} {:?}", e.complete, e.states, begin.elapsed()); }
        Err(e) => println!("{file}:{e}"),
    }
}
