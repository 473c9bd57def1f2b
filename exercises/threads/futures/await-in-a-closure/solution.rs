//! A loop isn't a function: its body belongs to `titles`, and may await.

pub async fn titles<F>(pages: &[u32], fetch: impl Fn(u32) -> F) -> Vec<String>
where
    F: Future<Output = String>,
{
    let mut titles = Vec::new();
    for page in pages {
        titles.push(fetch(*page).await);
    }
    titles
}
