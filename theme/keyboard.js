// What only a script can know: which boxes scroll, here and now. They are reachable by keyboard and
// have a name while they do.
(() => {
    const boxes = document.querySelectorAll('main pre > code, main .table-wrapper');
    const mark = box => {
        if (box.scrollWidth > box.clientWidth) {
            const caption = box.closest('figure')?.querySelector('figcaption');
            box.tabIndex = 0;
            box.setAttribute('role', 'group');
            box.setAttribute('aria-label', caption ? caption.textContent : 'Scrolls sideways');
        } else {
            box.removeAttribute('tabindex');
            box.removeAttribute('role');
            box.removeAttribute('aria-label');
        }
    };
    const sizes = new ResizeObserver(entries => entries.forEach(entry => mark(entry.target)));
    boxes.forEach(box => sizes.observe(box));
})();

// mdBook's switch for the sidebar is a label; this makes it the button that it looks like.
(() => {
    const toggle = document.getElementById('mdbook-sidebar-toggle');
    if (!toggle) {
        return;
    }
    toggle.setAttribute('role', 'button');
    toggle.tabIndex = 0;
    toggle.addEventListener('keydown', event => {
        if (event.key === 'Enter' || event.key === ' ') {
            event.preventDefault();
            toggle.click();
        }
    });
})();
