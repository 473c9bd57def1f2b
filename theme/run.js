// A button that hands a program to the Rust Playground, and shows what came. Until it is clicked,
// nothing is asked of that host. mdbook-verdict's figures say what is no part of the code they show:
// the edition, and the `main` around it.
(() => {
    const PLAYGROUND = 'https://play.rust-lang.org/';
    // A program gets ten seconds there, its compilation included.
    const SECONDS = 20;
    // A longer address is refused there.
    const LONGEST = 8000;

    const make = (name, properties, ...children) => {
        const element = Object.assign(document.createElement(name), properties);
        element.append(...children);
        return element;
    };
    const pane = (kind, caption, text) => make('figure', { className: `pane pane-${kind}` },
        make('figcaption', {}, `${caption}, from the Playground just now`),
        make('pre', {}, make('code', { className: 'hljs' }, text.replace(/^\n+|\s+$/g, ''))));
    const line = (...words) => make('p', {}, ...words);

    const ask = async (code, edition) => {
        const patience = new AbortController();
        const timer = setTimeout(() => patience.abort(), SECONDS * 1000);
        try {
            const response = await fetch(`${PLAYGROUND}execute`, {
                method: 'POST',
                headers: { 'Content-Type': 'application/json' },
                body: JSON.stringify({ channel: 'stable', mode: 'debug', edition, crateType: 'bin', tests: false, code }),
                credentials: 'omit',
                referrerPolicy: 'no-referrer',
                signal: patience.signal,
            });
            const text = await response.text();
            try {
                const answer = JSON.parse(text);
                if (response.ok && 'stderr' in answer) {
                    return answer;
                }
                return { fault: `The Playground couldn’t do it: ${answer.error ?? `HTTP ${response.status}`}.` };
            } catch {
                return { fault: `The Playground’s answer can’t be read: HTTP ${response.status}.` };
            }
        } catch {
            return {
                fault: patience.signal.aborted
                    ? `The Playground didn’t answer within ${SECONDS} seconds.`
                    : 'The Playground can’t be reached. Are you online?',
            };
        } finally {
            clearTimeout(timer);
        }
    };

    const shown = ({ success, exitDetail, stdout, stderr, fault }, rejected) => {
        if (fault) {
            return [line(fault)];
        }
        // What cargo says stands before what the program says.
        const [cargo] = stderr.match(/^[^]*?^ +Running `.*`\n/m) ?? [''];
        if (!success && !cargo) {
            const said = stderr.replace(/^( +Compiling|error: could not compile|For more information about|Some errors have) .*\n?/gm, '');
            return [pane('diagnostic', 'The compiler says', said)];
        }
        const own = success && !cargo ? '' : stderr.slice(cargo.length);
        return [
            rejected && line('The Playground’s compiler, which may be a newer one, accepts it.'),
            stdout && pane('output', 'Output', stdout),
            own && pane('stderr', 'Error output', own),
            success ? !stdout && !own && line('It ran to its end, and printed nothing.') : line(`${exitDetail}.`),
        ].filter(Boolean);
    };

    const wayOn = (code, edition, hidden) => {
        const program = new URLSearchParams({ version: 'stable', mode: 'debug', edition, code });
        const link = make('a', { href: `${PLAYGROUND}?${program}`, rel: 'noreferrer' }, 'Change it in the Playground');
        if (link.href.length < LONGEST) {
            return line(link);
        }
        link.href = PLAYGROUND;
        link.textContent = 'Playground';
        return line(`To change it, ${hidden ? 'show its hidden lines, ' : ''}copy it and paste it into the `, link, ': it is too long for a link.');
    };

    for (const figure of document.querySelectorAll('.pane[data-run]')) {
        const { run: edition, at = 0, before = '', after = '' } = figure.dataset;
        const rejected = figure.classList.contains('pane-rejected');
        const verb = rejected ? 'Compile' : 'Run';
        const title = `${verb}: sends this program to play.rust-lang.org`;
        const button = make('button', { type: 'button', className: 'run-button', title, ariaLabel: title }, verb);
        figure.querySelector('pre > .buttons').prepend(button);
        // There from the start: only what changes in it is read out.
        const told = make('div', { className: 'ran' });
        told.setAttribute('role', 'status');
        figure.after(told);

        button.addEventListener('click', async () => {
            if (button.ariaDisabled === 'true') {
                return;
            }
            button.ariaDisabled = 'true';
            told.replaceChildren(line(rejected ? 'Compiling…' : 'Running…'));
            const source = figure.querySelector('pre > code');
            // Hidden lines too.
            const text = source.textContent;
            const code = `${text.slice(0, at)}${before}${text.slice(at)}\n${after && `${after}\n`}`;
            const came = shown(await ask(code, edition), rejected);
            told.replaceChildren(...came, wayOn(code, edition, source.querySelector('.boring')));
            told.dispatchEvent(new Event('boxes', { bubbles: true }));
            button.ariaDisabled = 'false';
        });
    }
})();
