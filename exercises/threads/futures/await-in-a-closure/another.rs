//! The closure makes futures, which it may. They are awaited out here.

pub async fn titles<F>(pages: &[u32], fetch: impl Fn(u32) -> F) -> Vec<String>
where
    F: Future<Output = String>,
{
    let coming: Vec<_> = pages.iter().map(|page| fetch(*page)).collect();
    let mut titles = Vec::new();
    for title in coming {
        titles.push(title.await);
    }
    titles
}
