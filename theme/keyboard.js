// Only a script can know which boxes scroll, here and now. While they do, the keyboard reaches
// them, and they have a name.
(() => {
    const update = box => {
        if (box.scrollWidth <= box.clientWidth) {
            ['tabindex', 'role', 'aria-label'].forEach(name => box.removeAttribute(name));
            return;
        }
        const caption = box.closest('figure')?.querySelector('figcaption');
        box.tabIndex = 0;
        box.setAttribute('role', 'group');
        box.setAttribute('aria-label', caption ? caption.textContent : 'Scrolls sideways');
    };
    const sizes = new ResizeObserver(entries => entries.forEach(entry => update(entry.target)));
    for (const box of document.querySelectorAll('main pre > code, main .table-wrapper, main .figure')) {
        sizes.observe(box);
        // mdBook would turn the page, where the reader means to scroll.
        box.addEventListener('keydown', event => {
            if (box.tabIndex === 0 && ['ArrowLeft', 'ArrowRight'].includes(event.key)) {
                event.stopPropagation();
            }
        });
    }
})();

// mdBook's switch for the sidebar is a label, which no key reaches. This makes it a button.
(() => {
    const toggle = document.getElementById('mdbook-sidebar-toggle');
    toggle.setAttribute('role', 'button');
    toggle.tabIndex = 0;
    toggle.addEventListener('keydown', event => {
        if (event.key === 'Enter' || event.key === ' ') {
            event.preventDefault();
            toggle.click();
        }
    });
})();
