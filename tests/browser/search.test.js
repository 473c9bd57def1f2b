// What the search finds first: for an error code a page where the compiler gives it, for a program
// the page that it belongs to.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { BOOK } from './site.js';
import { stage, visit } from './visit.js';

const { browser, site } = await stage();

const html = new Map();
for (const name of site.chapters) {
    html.set(name, await readFile(path.join(BOOK, name), 'utf8'));
}

const CODE = /error_codes\/(E\d{4})\.html/g;
const PROGRAM = /cargo run --example (\w+)/g;

/** By what a page names, the pages that do. */
function named(pattern, region) {
    const found = new Map();
    for (const [name, text] of html) {
        for (const [part] of text.matchAll(region)) {
            for (const [, what] of part.matchAll(pattern)) {
                found.set(what, (found.get(what) ?? new Set()).add(name));
            }
        }
    }
    return found;
}

/** The page of the first result, as one who types and looks would see it. */
async function firstResult(page, word) {
    // Typed: the search looks again at each key.
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(word);
    const header = page.locator('#mdbook-searchresults-header');
    await header.filter({ hasText: `'${word}'` }).waitFor();
    const href = await page.locator('#mdbook-searchresults a').first().getAttribute('href');
    return href.split(/[?#]/)[0];
}

const searches = {
    'an error code: a page where the compiler gives it': named(CODE, /<figcaption>Rejected.*?<\/figcaption>/gs),
    'a program: a page that runs it': named(PROGRAM, /<code[^>]*>.*?<\/code>/gs),
};

for (const [what, wanted] of Object.entries(searches)) {
    test(`the search finds first, for ${what}`, async () => {
        const { page, faults, close } = await visit(browser, site, 'index.html');
        await page.keyboard.press('s');
        await page.waitForFunction(() => document.activeElement.id === 'mdbook-searchbar');
        assert.ok(wanted.size >= 5, `${wanted.size} to search for`);
        for (const [word, pages] of wanted) {
            const first = await firstResult(page, word);
            if (!pages.has(first)) {
                faults.push(`${word}: ${first}, not ${[...pages].join(' or ')}`);
            }
        }
        await close();
        assert.deepEqual(faults, []);
    });
}
