//! Tasks that a few threads take turns at: tokio.
//! `cargo run --example with_tokio`.

// ANCHOR: program
use tokio::runtime::Builder;
use tokio::sync::mpsc;

fn main() {
    let runtime = Builder::new_multi_thread().worker_threads(2).build();
    let sum = runtime.unwrap().block_on(async {
        let (results, mut squares) = mpsc::channel(1);
        for n in 1..=4 {
            let results = results.clone();
            tokio::spawn(async move { results.send(n * n).await });
        }
        drop(results);
        let mut sum = 0;
        while let Some(square) = squares.recv().await {
            sum += square;
        }
        sum
    });
    println!("{sum}");
}
// ANCHOR_END: program
