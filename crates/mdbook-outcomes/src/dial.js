
// The ordering dial: every combination has its outcomes, found when the book was built.
(() => {
    const make = (name, properties, ...children) => {
        const element = Object.assign(document.createElement(name), properties);
        element.append(...children);
        return element;
    };
    for (const details of document.querySelectorAll('details.dial')) {
        details.addEventListener('toggle', () => {
            const data = JSON.parse(details.querySelector('script').textContent);
            const told = make('p', { className: 'explorer-told' });
            told.setAttribute('role', 'status');
            const body = make('tbody', {}, ...data.outcomes.map(line => make('tr', {},
                make('th', { scope: 'row' }, make('code', { className: 'nohighlight', textContent: line })),
                make('td', {}), make('td', {}))));
            const knobs = data.sites.map(site => {
                const knob = make('select', {}, ...site.choices.map(choice => make('option', { textContent: choice })));
                knob.selectedIndex = site.now;
                return knob;
            });
            const set = choices => data.sets[data.sites.reduce((number, site, at) => number * site.choices.length + choices[at], 0)];
            const first = set(data.sites.map(site => site.now));
            const update = () => {
                const now = set(knobs.map(knob => knob.selectedIndex));
                const lists = [[], []];
                [...body.rows].forEach((row, bit) => {
                    const [was, is] = [first >> bit & 1, now >> bit & 1];
                    row.cells[1].textContent = is ? '✓ allowed' : '✗ forbidden';
                    row.cells[1].className = is ? 'outcome-allowed' : 'outcome-forbidden';
                    row.cells[2].textContent = was === is ? '' : `on the page: ${was ? 'allowed' : 'forbidden'}`;
                    lists[is].push(data.outcomes[bit]);
                });
                told.textContent = `Allowed: ${lists[1].join('; ')}.${lists[0].length ? ` Forbidden: ${lists[0].join('; ')}.` : ''}`;
            };
            const rows = data.sites.map((site, at) => make('label', {}, `line ${site.line}, `,
                make('code', { className: 'nohighlight', textContent: site.what }), ' ', knobs[at]));
            const heads = ['Outcome', data.model, 'Changed'].map(text => make('th', { scope: 'col', textContent: text }));
            const page = make('div', {}, ...rows.map(row => make('div', { className: 'explorer-row' }, row)),
                make('div', { className: 'table-wrapper' }, make('table', {}, make('thead', {}, make('tr', {}, ...heads)), body)), told);
            page.addEventListener('change', update);
            page.addEventListener('keydown', event => event.key.startsWith('Arrow') && event.stopPropagation());
            details.append(page);
            update();
        }, { once: true });
    }
})();
