// In place of highlight.js, which mdBook sends with every page: code is highlighted when the book
// is built (crates/highlight), so that it is coloured without scripts too and a first visit is half
// as heavy. book.js calls these two.
window.hljs = { configure() {}, highlightBlock() {} };
