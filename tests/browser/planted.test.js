// The tests of these tests: a fault is planted in a copy of the book, and must be found.

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { accessibilityFaults } from './faults/accessibility.js';
import { asideFaults } from './faults/asides.js';
import { layoutFaults } from './faults/layout.js';
import { letterFaults } from './faults/letters.js';
import { linkFaults } from './faults/links.js';
import { runFaults } from './faults/run.js';
import { holdScripts, shiftFaults } from './faults/shift.js';
import { structureFaults } from './faults/structure.js';
import { widthFaults } from './faults/width.js';
import { BOOK, KINDS, serve } from './site.js';
import { launch, visit } from './visit.js';

const PAGE = KINDS.reference;

// A browser and a copy of their own: the pages that it shows are wrong.
const browser = await launch();
const folder = await mkdtemp(path.join(tmpdir(), 'planted-'));
await cp(BOOK, folder, { recursive: true });
const site = await serve(folder);
after(async () => {
    await browser.close();
    site.close();
    await rm(folder, { recursive: true });
});

/** With this put into the page, the check finds a fault that reads so; without, it finds none. */
function found(what, change, check, wording, original = PAGE) {
    test(`${what} is found`, async () => {
        const sound = await readFile(path.join(folder, original), 'utf8');
        const changed = change(sound);
        assert.notEqual(changed, sound, 'nothing was planted');
        const faults = {};
        for (const [state, html] of Object.entries({ sound, changed })) {
            // A copy under another name for each, since the server remembers what it read.
            const name = original.replace(/[^/]*$/, `${what.replace(/\W+/g, '-')}-${state}.html`);
            await writeFile(path.join(folder, name), html);
            const there = await serve(folder);
            faults[state] = await check(there, name);
            there.close();
            await rm(path.join(folder, name));
        }
        assert.deepEqual(faults.sound, []);
        assert.ok(faults.changed.some(fault => wording.test(fault)), faults.changed.join('\n'));
    });
}

/** A check that looks at the open page. */
const on = (check, options) => async (there, name) => {
    const { page, close } = await visit(browser, there, name, options);
    const faults = await check(page);
    await close();
    return faults;
};

/** What went wrong while the page was open. */
const loading = async (there, name) => {
    const { faults, close } = await visit(browser, there, name);
    await close();
    return faults;
};

const links = async (there, name) => {
    const all = await linkFaults(browser, { ...there, pages: [name] });
    return all.filter(fault => fault.startsWith(name));
};

const axe = on(page => accessibilityFaults(page, ['light', 'navy'], [1280]), { reducedMotion: 'reduce' });
const inText = addition => html => html.replace('</main>', `${addition}</main>`);
const inHead = addition => html => html.replace('</head>', `${addition}</head>`);

found('a low-contrast colour', inText('<p style="color: #8a8a8a">faint</p>'), axe, /^color-contrast in light/);
found('a colour that is too faint in one theme', inHead('<style>.navy main p { color: #4a5070 !important }</style>'), axe, /^color-contrast in navy/);
found('an input without a label', inText('<input type="text">'), axe, /^label in/);

found('a dead anchor', inText('<a href="#nowhere">on</a>'), links, /#nowhere has no such anchor/);
found('a dead anchor on another page', inText('<a href="../index.html#nowhere">on</a>'), links, /#nowhere has no such anchor/);
found('a dead link', inText('<a href="nowhere.html">on</a>'), links, /nowhere\.html is not there/);
found('a missing picture', inText('<img src="nowhere.png" alt="none">'), links, /nowhere\.png is not there/);
found('an address of nothing', inText('<a href="htps://doc.rust-lang.org">on</a>'), links, /is no address/);

found('a request to another host', inText('<img src="https://elsewhere.invalid/a.png" alt="none">'), loading, /to elsewhere: https:\/\/elsewhere/);
found('a request of a script to another host', inText('<script>fetch("https://elsewhere.invalid/").catch(() => {})</script>'), loading, /to elsewhere: https:\/\/elsewhere/);
found('an error on the console', inText('<script>console.error("planted")</script>'), loading, /console: planted/);
found('an error in a script', inText('<script>planted()</script>'), loading, /planted is not defined/);
found('a file that is not there', inText('<script src="nowhere.js"></script>'), loading, /404: .*nowhere\.js/);

const structure = on(page => structureFaults(page));
found('a second heading of the first level', inText('<h1>Again</h1>'), structure, /2 headings of the first level/);
found('a heading that skips a level', inText('<h2>A</h2><h4>Deep</h4>'), structure, /"Deep" is h4 after h2/);
found('an empty title', html => html.replace(/<title>.*<\/title>/, '<title></title>'), structure, /no title/);
found('a page without a description', html => html.replace(/<meta name="description".*>/, ''), structure, /a description of 0/);
found('an id used twice', inText('<p id="twice">a</p><p id="twice">b</p>'), structure, /ids used twice: twice/);
found('a second main part', inText('</main><main>'), structure, /2 times main/);
found('a page without its skip link', inHead('<style>.skip-link { display: none }</style>'), structure, /first stop/);

const phone = on(widthFaults, { width: 320 });
found('a line that is too long for a phone', inText(`<p style="white-space: nowrap">${'unbroken '.repeat(40)}</p>`), phone, /what is in div\.content takes/);
found('a box that is too wide for a phone', inText('<div style="width: 400px">wide</div>'), phone, /^div\. reaches to/);

const programs = JSON.parse(await readFile(process.env.PROGRAMS, 'utf8'));
const run = (there, name) => runFaults(browser, there, name, programs[KINDS.program]);
const play = 'fetch("https://play.rust-lang.org/meta/crates", { method: "POST" }).catch(() => {})';
const late = script => html => html.replace('</body>', `<script defer src="data:text/javascript,${encodeURIComponent(script)}"></script></body>`);
const each = script => late(`document.querySelectorAll('.run-button').forEach(it => { ${script} })`);
found('a page that asks the Playground while it loads', inText(`<script>${play}</script>`), loading, /to elsewhere: https:\/\/play/, KINDS.program);
found('a page that asks the Playground before a click', inText(`<script>${play}</script>`), run, /asked before a click/, KINDS.program);
found('a button that asks when it is pointed at', each(`it.onpointerenter = () => ${play}`), run, /asked before a click/, KINDS.program);
found('a button that asks when it has the focus', each(`it.onfocus = () => ${play}`), run, /asked before a click/, KINDS.program);
found('a button that asks twice', each(`it.addEventListener('click', () => ${play})`), run, /2 requests for a click/, KINDS.program);
found('hidden lines that are not sent', html => html.replace(/<span class="boring">[^]*?<\/code>/, '</code>'), run, /what is sent isn't what is checked/, KINDS.program);
found('a main that is not sent', html => html.replace(/ data-before="[^"]*"/, ''), run, /what is sent isn't what is checked/, KINDS.program);
found('another edition', html => html.replace('data-run="2024"', 'data-run="2015"'), run, /asked otherwise: .*2015/, KINDS.program);
found('a program without its button', html => html.replace(' data-run="2024"', ''), run, /too few or too many: /, KINDS.program);
found('a button where a crate is missing', html => html.replace('<figure class="pane pane-accepted">', '<figure class="pane pane-accepted" data-run="2024">'), run, /too few or too many: /, KINDS.program);
found('a button that is too small', inHead('<style>.content pre > .buttons button.run-button { block-size: 20px }</style>'), run, /too small for a finger/, KINDS.program);
found('a button that doesn\'t say whom it asks', each('it.ariaLabel = it.textContent'), run, /doesn't say whom/, KINDS.program);
found('a letter of another font', inText('<p>\u03bb</p>'), on(letterFaults), /^1 letters in .*: <p/);

const layout = on(page => layoutFaults(page, 'reference'), { reducedMotion: 'reduce' });
found('a text beside its place', inHead('<style>main { margin-inline-start: 200px !important }</style>'), layout, /heading from .* it was/);
found('a part that is gone', inHead('<style>.verdict .pane { display: none }</style>'), layout, /there are: .* there were: .*pane/);
found('a paragraph on another', inHead('<style>main > p { margin-block-start: -60px }</style>'), layout, /on what comes before it/);

const noted = on(page => asideFaults(page, { beside: true }), { reducedMotion: 'reduce' });
const longer = html => html.replace(/(aria-label="Aside">\s*<div>\s*<p>)/g, `$1${'word '.repeat(80)}`);
found('an aside that is too long for its place', longer, noted, /lines are left empty above/, KINDS.quiz);
found('an aside that lies on a pane', inHead('<style>.admonish-aside + * ~ * { clear: none !important } .admonish-aside { block-size: 1px; overflow: visible; padding-block-end: 900px !important; margin-block-end: -900px !important }</style>'), noted, /lies on div\.(verdict|compare)/, KINDS.quiz);
found('an aside that leaves the page', inHead('<style>.admonish-aside { translate: 300px }</style>'), noted, /leaves the page/, KINDS.quiz);
found('an aside below its paragraph where there is room', inHead('<style>.admonish-aside { float: none !important }</style>'), noted, /is not beside the text/, KINDS.quiz);
found('an aside behind no paragraph', html => html.replace(/(<div [^>]*aria-label="Aside">)/, '<h3 id="none">None</h3>$1'), noted, /stands behind no paragraph/, KINDS.quiz);
found('no space around the paragraph of an aside', inHead('<style>main > p:has(+ .admonish-aside) { margin-block: 0 !important }</style>'), noted, /lines too few above/, KINDS.quiz);
found('an aside without a name', html => html.replace(/ aria-label="Aside"/, ''), noted, /has no role or no name/, KINDS.quiz);

const moving = on(shiftFaults, { width: 390, height: 844, before: holdScripts });
found('something that moves when scripts come', html => html.replace('<main>', '<main><div class="late"></div>').replace('</head>', '<style>.late { height: 0 } button.icon-button ~ * .late, :has(> .skip-link) .late, body:has(.skip-link) .late { height: 90px }</style></head>'), moving, /^0\.\d+: /);

// A copy under another name has no place in the contents: this one takes the first page's.
const desk = async (there, name) => {
    const index = path.join(folder, 'index.html');
    const kept = await readFile(index, 'utf8');
    await writeFile(index, await readFile(path.join(folder, name), 'utf8'));
    const site = await serve(folder);
    const { page, close } = await visit(browser, site, 'index.html', { before: holdScripts });
    const faults = await shiftFaults(page);
    await close();
    site.close();
    await writeFile(index, kept);
    return faults;
};
found('contents that grow when they are there', html => html.replace(/<template id="headings-ahead">.*?<\/script>/s, ''), desk, /^0\.\d+: .*chapter-item/, KINDS.prose);
