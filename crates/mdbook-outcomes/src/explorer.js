// Lets the reader decide who goes next in an explored program. Its states were all computed when
// the book was built; without this script each outcome still has its schedule.
(() => {
    const make = (name, properties = {}, ...children) => {
        const element = Object.assign(document.createElement(name), properties);
        element.append(...children);
        return element;
    };
    const name = thread => thread ? `t${thread}` : 'main (t0)';
    const did = ([thread, what]) => `${name(thread)}${what.startsWith('its ') ? '’s' : ''} ${what.replace(/^its /, '')}`;
    const code = text => make('code', { className: 'nohighlight', textContent: text });

    // The first step on the way to the nearest end that has this outcome.
    const way = (steps, from, outcome) => {
        const origins = new Map([[from, null]]);
        for (const at of origins.keys()) {
            const [, , , moves, end] = steps.states[at];
            if (end === outcome) {
                let next;
                for (let [state, origin] = [at, origins.get(at)]; origin; origin = origins.get(state)) {
                    [state, next] = origin;
                }
                return next;
            }
            moves.forEach((move, number) => {
                if (!origins.has(move[3])) {
                    origins.set(move[3], [at, number]);
                }
            });
        }
    };

    // The labels beside the lines of the program at which the threads stand.
    const marker = (details, shown) => {
        const box = [...document.querySelectorAll('pre > code.language-rust')]
            .findLast(box => box.compareDocumentPosition(details) & Node.DOCUMENT_POSITION_FOLLOWING);
        let labels = [];
        let places = [];
        const mark = () => {
            labels.forEach(label => label.remove());
            labels = [];
            if (!box || !details.open) {
                return;
            }
            const style = getComputedStyle(box);
            const hidden = box.classList.contains('hide-boring');
            for (const [line, threads] of places) {
                if (hidden && shown[line - 1] !== '1') {
                    continue;
                }
                const above = [...shown.slice(0, line - 1)].filter(flag => flag === '1' || !hidden);
                const label = make('span', { className: 'explorer-mark', textContent: `◂ ${threads.join(' ')}` });
                label.setAttribute('aria-hidden', 'true');
                const top = box.offsetTop + parseFloat(style.paddingTop);
                label.style.top = `${top + above.length * parseFloat(style.lineHeight)}px`;
                label.style.height = style.lineHeight;
                labels.push(label);
            }
            box.parentElement.append(...labels);
        };
        details.addEventListener('toggle', mark);
        // Hidden lines that are shown move the others.
        box?.parentElement.addEventListener('click', () => setTimeout(mark));
        return next => {
            places = next;
            mark();
        };
    };

    const explorer = (details, data) => {
        let steps;
        let path; // Of numbers of moves, from the first state.
        let at; // The state that it leads to.
        const mark = marker(details, data.shown);

        const models = make('select');
        models.append(...data.models.map(model => make('option', { textContent: `${model.name}: ${model.words}` })));
        const goals = make('select');
        const told = make('p', { className: 'explorer-told' });
        told.setAttribute('role', 'status');
        const threads = make('tbody');
        const memory = make('tbody');
        const output = code('');
        const outcomes = make('ul', { className: 'explorer-outcomes' });
        const log = make('ol', { className: 'explorer-log' });
        const button = (text, act) => {
            const made = make('button', { type: 'button', textContent: text });
            made.addEventListener('click', () => made.getAttribute('aria-disabled') === 'true' || act());
            return made;
        };
        // Not `disabled`: a button that has the focus must keep it.
        const enable = (made, enabled) => made.setAttribute('aria-disabled', !enabled);

        const text = number => steps.strings[number];
        const deeds = number => {
            const flat = steps.deeds[number];
            return flat.filter((_, at) => at % 2 === 0).map((thread, at) => [thread, text(flat[2 * at + 1])]);
        };
        const goal = () => goals.value === '' ? -1 : Number(goals.value);
        const hint = button('Show me the next step', () => go([...path, way(steps, at, goal())]));
        const back = button('Back', () => go(path.slice(0, -1)));
        const again = button('Start again', () => go([]));

        // What there is to say: what was done, where that leads, what of the goal.
        const tell = ([, , , moves, end], done, aim, within) => {
            const parts = done.map(deed => `${did(deed)}.`);
            if (end >= 0) {
                parts.push(`${moves.length ? 'There is no way out from here' : 'The end'}: ${steps.outcomes[end]}.`);
            }
            if (aim >= 0 && end === aim) {
                parts.push('You made it happen.');
            } else if (aim >= 0 && !within) {
                parts.push(`“${steps.outcomes[aim]}” is out of reach from here: go back.`);
            }
            told.textContent = parts.join(' ') || 'Who goes next? Choose a step.';
        };

        // A row for each thread; its first button stays where it is.
        const showThread = (row, thread, state) => {
            const standing = steps.standings[state[2][thread] ?? -1];
            const mine = state[3].map((move, number) => [move, number]).filter(([move]) => move[0] === thread);
            const [cell, note, buffer] = [...row.cells].slice(1);
            while (cell.children.length < Math.max(mine.length, 1)) {
                const at = cell.children.length;
                cell.append(button('', () => row.acts[at]()));
            }
            while (cell.children.length > Math.max(mine.length, 1)) {
                if (cell.lastElementChild === document.activeElement) {
                    cell.firstElementChild.focus();
                }
                cell.lastElementChild.remove();
            }
            row.acts = mine.map(([, number]) => () => go([...path, number]));
            const over = !standing || standing[3];
            const idle = !standing ? 'isn’t there yet' : over ? 'has ended' : text(standing[1]);
            [...cell.children].forEach((act, at) => {
                act.textContent = mine[at] ? text(mine[at][0][1]) : idle;
                act.setAttribute('aria-label', `${name(thread)}: ${act.textContent}`);
                enable(act, mine.length > 0);
            });
            note.textContent = !over && standing[2] >= 0 ? text(standing[2]) : '';
            if (buffer) {
                buffer.textContent = standing ? standing.slice(4).map(text).join(', then ') : '';
            }
            return over ? 0 : standing[0];
        };

        const show = done => {
            const state = steps.states[at];
            const places = new Map();
            [...threads.rows].forEach((row, thread) => {
                const line = showThread(row, thread, state);
                if (line) {
                    places.set(line, [...places.get(line) ?? [], `t${thread}`]);
                }
            });
            mark(places);
            const held = steps.memories[state[0]];
            for (const row of memory.rows) {
                const found = held.findIndex((part, place) => place % 2 === 0 && text(part) === row.cells[0].textContent);
                row.cells[1].textContent = found < 0 ? '–' : text(held[found + 1]);
            }
            output.textContent = text(state[1]) || ' ';
            [...outcomes.children].forEach((item, outcome) => {
                const can = steps.reachable[state[5]].includes(outcome);
                const [icon, words] = state[4] === outcome ? ['●', 'reached'] : can ? ['✓', 'can still come'] : ['✗', 'out of reach'];
                item.dataset.can = can;
                item.lastChild.textContent = ` ${icon} ${words}`;
            });
            const aim = goal();
            const within = steps.reachable[state[5]].includes(aim);
            enable(hint, within && state[4] !== aim);
            [back, again].forEach(made => enable(made, path.length > 0));
            tell(state, done, aim, within);
        };

        const go = next => {
            const forward = next.length > path.length;
            path = next;
            at = 0;
            const all = deeds(steps.before);
            let done = [];
            for (const number of path) {
                const move = steps.states[at][3][number];
                done = move[2] ? deeds(move[2]) : [[move[0], text(move[1])]];
                all.push(...done);
                at = move[3];
            }
            log.replaceChildren(...all.map(deed => make('li', {}, did(deed))));
            show(forward ? done : []);
        };

        const begin = () => {
            steps = data.models[models.selectedIndex];
            const named = new Set(steps.memories.flatMap(flat => flat.filter((_, at) => at % 2 === 0)));
            const count = Math.max(...steps.states.map(state => state[2].length));
            const buffered = steps.standings.some(standing => standing.length > 4);
            const row = (head, cells) => make('tr', {}, make('th', { scope: 'row', textContent: head }),
                ...Array.from({ length: cells }, () => make('td')));
            threads.parentElement.tHead.rows[0].cells[3].hidden = !buffered;
            threads.replaceChildren(...Array.from({ length: count }, (_, thread) => row(name(thread), buffered ? 3 : 2)));
            memory.replaceChildren(...[...named].map(number => row(text(number), 1)));
            outcomes.replaceChildren(...steps.outcomes.map(line => make('li', {}, code(line), make('span'))));
            goals.replaceChildren(make('option', { value: '', textContent: 'whatever comes' }));
            steps.outcomes.forEach((line, number) => goals.append(make('option', { value: number, textContent: line })));
            path = [];
            go([]);
        };

        const table = (heads, body) => {
            const row = make('tr', {}, ...heads.map(head => make('th', { scope: 'col', textContent: head })));
            return make('div', { className: 'table-wrapper' }, make('table', {}, make('thead', {}, row), body));
        };
        const controls = make('div', { className: 'explorer-row' },
            ...data.models.length > 1 ? [make('label', {}, 'Model: ', models)] : [],
            make('label', {}, 'Make it happen: ', goals));
        const page = make('div', {}, controls,
            table(['Thread', 'Next step', 'Waits for', 'Store buffer'], threads), told,
            make('div', { className: 'explorer-row' }, back, again, hint),
            table(['Shared memory', 'Value'], memory),
            make('p', {}, 'Printed: ', output),
            make('p', { textContent: 'Outcomes:' }), outcomes,
            make('details', {}, make('summary', { textContent: 'What was done' }), log));
        // mdBook would turn the page.
        page.addEventListener('keydown', event => event.key.startsWith('Arrow') && event.stopPropagation());
        models.addEventListener('change', begin);
        goals.addEventListener('change', () => show([]));
        details.append(page);
        begin();
    };

    for (const details of document.querySelectorAll('details.stepper')) {
        const json = details.querySelector('script');
        const open = () => explorer(details, JSON.parse(json.textContent));
        json && details.addEventListener('toggle', open, { once: true });
    }
})();
