//! Futures are made in the closure and awaited out here, the last one first.

pub async fn titles<F>(pages: &[u32], fetch: impl Fn(u32) -> F) -> Vec<String>
where
    F: Future<Output = String>,
{
    let mut coming: Vec<_> = pages.iter().map(|page| fetch(*page)).collect();
    let mut titles = Vec::new();
    while let Some(title) = coming.pop() {
        titles.push(title.await);
    }
    titles
}
