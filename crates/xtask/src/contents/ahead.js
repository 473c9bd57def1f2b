(() => {
    const contents = document.getElementById('mdbook-sidebar');
    const list = document.getElementById('headings-ahead').content.firstElementChild;
    // It is told in the same breath in which the contents are filled: before anybody sees them.
    const filled = new MutationObserver(() => {
        const active = contents.querySelector('.active');
        if (active) {
            filled.disconnect();
            active.parentElement.after(list);
        }
    });
    filled.observe(contents, { childList: true, subtree: true });
    // mdBook's own has come, just before.
    document.addEventListener('DOMContentLoaded', () => {
        filled.disconnect();
        list.remove();
    });
})();
