// What a page shows comes before what it only mentions: for an error code the pages where the
// compiler gives it, for a program those that say how to run it.
(() => {
    const shows = word => {
        if (/^e\d{4}$/i.test(word)) {
            return new RegExp(`Rejected:[\\s,E\\d]*\\b${word}\\b`, 'i');
        }
        return /^\w+$/.test(word) ? new RegExp(`cargo run --example ${word}\\b`, 'i') : null;
    };
    const rank = ({ Index }) => {
        const { search } = Index.prototype;
        Index.prototype.search = function (words, options) {
            const found = search.call(this, words, options);
            const pattern = shows(String(words).trim());
            const first = ({ doc }) => Boolean(pattern && doc && pattern.test(doc.body));
            return [...found.filter(first), ...found.filter(it => !first(it))];
        };
    };
    // The search's scripts are here already, or come when somebody searches.
    let library = window.elasticlunr;
    if (library) {
        rank(library);
    }
    Object.defineProperty(window, 'elasticlunr', {
        get: () => library,
        set(brought) {
            library = brought;
            rank(brought);
        },
    });
})();
