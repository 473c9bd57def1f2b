// Where the parts of a page stand, held against where they stood when somebody last looked.
//
// Pictures would differ from machine to machine with the fonts; where the large parts begin and end
// from left to right hardly does. For people pictures can be taken on the way.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { settled } from '../visit.js';

export const LAYOUTS = new URL('../layouts.json', import.meta.url);

const WIDTHS = [360, 768, 1280, 1920];

/** A part may be this much further left or right: of the page's width. */
const TOLERANCE = 0.06;

const PARTS = {
    bar: '#mdbook-menu-bar',
    contents: '#mdbook-sidebar',
    heading: 'main > h1',
    text: 'main > p',
    note: 'main > .admonition:not(.admonish-aside)',
    aside: 'main > .admonish-aside',
    pane: 'main .verdict > .pane',
    copy: 'main .verdict .clip-button',
    attempt: 'main .compare > :nth-child(1)',
    mended: 'main .compare > :nth-child(2)',
    figure: 'main .figure > svg',
    steps: 'main details.stepper',
    question: 'main .quiz fieldset',
    check: 'main .quiz-check button',
    filter: 'main .atlas-filter',
    table: 'main table',
    turning: '.nav-wrapper',
};

/**
 * What stands elsewhere than it stood, at each of four widths. With `bless` it is written down
 * instead; with `pictures`, a folder, pictures are taken.
 */
export async function layoutFaults(page, kind, { bless = false, pictures } = {}) {
    const stood = bless ? {} : JSON.parse(await readFile(LAYOUTS, 'utf8'))[kind];
    const faults = [];
    const seen = {};
    for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        // The contents are shown or not by the width at which a page is opened.
        await page.reload();
        await settled(page);
        seen[width] = await page.evaluate(places, PARTS);
        const found = await page.evaluate(overlaps);
        if (!bless) {
            found.push(...differences(stood?.[width] ?? {}, seen[width]));
        }
        faults.push(...found.map(fault => `at ${width} px: ${fault}`));
        if (pictures) {
            await picture(page, pictures, `${kind}-${width}`);
        }
    }
    if (bless) {
        await write(kind, seen);
    }
    return faults;
}

/** What in the text stands on what comes before it; a remark in the margin stands beside it. */
function overlaps() {
    const parts = Array.from(document.querySelectorAll('main > *'))
        .map(element => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.height > 0);
    const on = (a, b) => a.top < b.bottom - 1 && b.top < a.bottom - 1 && a.left < b.right - 1 && b.left < a.right - 1;
    return parts
        .filter(({ box }, i) => parts.slice(Math.max(0, i - 8), i).some(before => on(box, before.box)))
        .map(({ element }) => `on what comes before it: ${element.outerHTML.slice(0, 80)}`);
}

/** By part, its left and right edge, of the page's width. */
function places(parts) {
    const share = x => Math.round(x / innerWidth * 100) / 100;
    const found = Object.entries(parts)
        .map(([part, selector]) => [part, document.querySelector(selector)])
        .filter(([, element]) => element?.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        .map(([part, element]) => [part, element.getBoundingClientRect()])
        .filter(([, box]) => box.width > 0 && box.right > 0);
    return Object.fromEntries(found.map(([part, box]) => [part, [share(box.left), share(box.right)]]));
}

function differences(stood, stands) {
    const faults = [];
    const [was, is] = [stood, stands].map(it => Object.keys(it).join(', '));
    if (was !== is) {
        faults.push(`there are: ${is}; there were: ${was}`);
    }
    for (const part of Object.keys(stood).filter(part => stands[part])) {
        const off = stood[part].some((edge, i) => Math.abs(edge - stands[part][i]) > TOLERANCE);
        if (off) {
            faults.push(`${part} from ${stands[part].join(' to ')}; it was ${stood[part].join(' to ')}`);
        }
    }
    return faults;
}

// One after the other, as several kinds are looked at at the same time.
let writing = Promise.resolve();

function write(kind, seen) {
    writing = writing.then(async () => {
        const all = JSON.parse(await readFile(LAYOUTS, 'utf8').catch(() => '{}'));
        all[kind] = seen;
        const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
        const text = JSON.stringify(sorted, null, 2).replace(/\[\s+([\d.-]+),\s+([\d.-]+)\s+\]/g, '[$1, $2]');
        await writeFile(LAYOUTS, `${text}\n`);
    });
    return writing;
}

async function picture(page, folder, name) {
    await mkdir(folder, { recursive: true });
    for (const theme of ['light', 'navy']) {
        await page.evaluate(theme => document.getElementById(`mdbook-theme-${theme}`).click(), theme);
        await settled(page);
        await page.screenshot({ path: path.join(folder, `${name}-${theme}.png`) });
    }
}
