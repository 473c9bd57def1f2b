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
    const watch = within => {
        for (const box of within.querySelectorAll('pre > code, .table-wrapper, .figure')) {
            sizes.observe(box);
            // mdBook would turn the page, where the reader means to scroll.
            box.addEventListener('keydown', event => {
                if (box.tabIndex === 0 && ['ArrowLeft', 'ArrowRight'].includes(event.key)) {
                    event.stopPropagation();
                }
            });
        }
    };
    watch(document.querySelector('main'));
    // What another script has put there.
    document.addEventListener('boxes', event => watch(event.target));
})();

// mdBook's switch for the sidebar is a label, which no key reaches and which may not call itself a
// button. A button takes its place, and passes clicks on to it.
(() => {
    const label = document.getElementById('mdbook-sidebar-toggle');
    const button = document.createElement('button');
    button.type = 'button';
    button.className = label.className;
    button.append(...label.childNodes);
    const update = () => {
        for (const name of ['title', 'aria-label', 'aria-controls', 'aria-expanded']) {
            button.setAttribute(name, label.getAttribute(name));
        }
    };
    update();
    // book.js keeps the label up to date, whatever moves the sidebar.
    new MutationObserver(update).observe(label, { attributeFilter: ['aria-expanded'] });
    button.addEventListener('click', () => label.click());
    label.style.display = 'none';
    label.after(button);
})();

// The first stop of the keyboard leads past the contents.
(() => {
    const main = document.querySelector('main');
    main.id ||= 'main';
    main.tabIndex = -1;
    const link = document.createElement('a');
    link.className = 'skip-link';
    // With the page's own address: the one of a missing page has another base.
    link.href = `${location.pathname}${location.search}#${main.id}`;
    link.textContent = 'Skip to the text';
    const region = document.createElement('nav');
    region.setAttribute('aria-label', 'Skip');
    region.append(link);
    document.body.prepend(region);
})();

// What mdBook leaves outside of landmarks, or without a name: the bar at the top with the book's
// title, which is no heading of the page, the search, and the help.
(() => {
    const byId = id => document.getElementById(id);
    document.querySelector('.menu-title').setAttribute('role', 'presentation');
    byId('mdbook-menu-bar').setAttribute('role', 'banner');
    byId('mdbook-search-wrapper')?.setAttribute('role', 'search');
    const search = byId('mdbook-searchbar');
    search?.setAttribute('aria-label', 'Search this book');
    search?.setAttribute('aria-describedby', 'mdbook-searchresults-header');
    const help = byId('mdbook-help-popup');
    help?.setAttribute('role', 'dialog');
    help?.setAttribute('aria-label', 'Keyboard shortcuts');
})();
