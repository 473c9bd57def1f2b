// What a page must say of itself, and in which order its headings and landmarks come.

/** What is wrong with a page's head, headings, landmarks and skip link. */
export function structureFaults(page, { manyChapters = false } = {}) {
    return page.evaluate(manyChapters => {
        const faults = [];
        const need = (holds, fault) => holds || faults.push(fault);
        const shown = element => element.checkVisibility({ visibilityProperty: true });
        const all = selector => Array.from(document.querySelectorAll(selector)).filter(shown);

        need(document.documentElement.lang, 'no language');
        need(document.title.trim(), 'no title');
        const description = document.querySelector('meta[name=description]')?.content ?? '';
        need(description.length >= 20 && description.length <= 200, `a description of ${description.length} characters`);

        const headings = all('h1, h2, h3, h4, h5, h6').filter(it => it.getAttribute('role') !== 'presentation');
        const level = heading => Number(heading.localName[1]);
        const first = headings.filter(heading => level(heading) === 1).length;
        need(first === 1 || (manyChapters && first > 1), `${first} headings of the first level`);
        headings.forEach((heading, i) => {
            const before = i === 0 ? 0 : level(headings[i - 1]);
            need(level(heading) <= before + 1, `"${heading.textContent}" is h${level(heading)} after h${before}`);
        });

        for (const landmark of ['main', '[role=banner]']) {
            const count = all(landmark).length;
            need(count === 1, `${count} times ${landmark}`);
        }
        need(document.querySelector('nav#mdbook-sidebar'), 'no contents');

        const stops = document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]');
        const [skip] = Array.from(stops).filter(it => it.tabIndex >= 0 && it.checkVisibility());
        const target = skip?.hash ? document.getElementById(skip.hash.slice(1)) : null;
        need(target?.matches('main, main *, :has(> main)'), 'the first stop of the keyboard does not lead to the text');

        const ids = Array.from(document.querySelectorAll('[id]'), it => it.id);
        const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
        need(twice.length === 0, `ids used twice: ${twice.join(', ')}`);
        return faults;
    }, manyChapters);
}
