// An entry in the reference comes first, then what a page shows, then what it only mentions: for an
// error code the pages where the compiler gives it, for a program those that say how to run it.
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
            const word = String(words).trim();
            const pattern = shows(word);
            const place = ({ doc }) => {
                if (!pattern || !doc || doc.title.trim().toLowerCase() === word.toLowerCase()) {
                    return 0;
                }
                return pattern.test(doc.body) ? 1 : 2;
            };
            return found.sort((one, other) => place(one) - place(other));
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
