// Search when it is wanted: the first click on its button, its keys, or an address that asks for
// it bring its scripts, which then do as if they had been there from the beginning.
(() => {
    const source = document.currentScript.dataset.search;
    const button = document.getElementById('mdbook-search-toggle');
    const mdbooks = button && source;
    let bringing = false;
    const bring = then => {
        if (bringing || window.search) {
            return;
        }
        bringing = true;
        const script = document.createElement('script');
        script.src = source;
        script.onload = then;
        // The next click tries again.
        script.onerror = () => {
            bringing = false;
        };
        document.head.append(script);
    };
    if (!mdbooks) {
        return;
    }
    const open = () => bring(() => button.click());
    button.addEventListener('click', open);
    document.addEventListener('keydown', event => {
        const modified = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
        if (window.search || modified || !['s', '/'].includes(event.key)
            || mdbook_something_else_has_focus(event)) {
            return;
        }
        event.preventDefault();
        open();
    });
    if (/[?&](search|highlight)=/.test(location.search)) {
        bring(() => {});
    }
})();
