//! `titles` fetches the title of each page, and returns them in the order of the pages.
//! While a title is on its way, whoever runs the future may do something else.
//!
//! "I am in an `async` function, you can see it in the first line. And the compiler says
//! that `await` is only allowed in one."

pub async fn titles<F>(pages: &[u32], fetch: impl Fn(u32) -> F) -> Vec<String>
where
    F: Future<Output = String>,
{
    pages.iter().map(|page| fetch(*page).await).collect()
}
