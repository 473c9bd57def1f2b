// What the search finds first: for an error code and for a program, its entry in the reference.

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

const REJECTED = /<figcaption>Rejected: (.*?)<\/figcaption>/gs;
const CODE = /\bE\d{4}\b/g;
const TYPED = /<code[^>]*>(cargo run [^<]*)<\/code>/g;
const PROGRAM = /(?<=--example )\w+/g;

/** What is named on the chapters' pages, in these parts of them. */
function named(pattern, region) {
    const parts = [...html.values()].flatMap(text => [...text.matchAll(region)].map(([, part]) => part));
    return new Set(parts.flatMap(part => part.match(pattern) ?? []));
}

/** The page and the section of the first result, as one who types and looks would see it. */
async function firstResult(page, word) {
    // Typed: the search looks again at each key.
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(word);
    const header = page.locator('#mdbook-searchresults-header');
    await header.filter({ hasText: `'${word}'` }).waitFor();
    const href = await page.locator('#mdbook-searchresults a').first().getAttribute('href');
    return href.replace(/\?[^#]*/, '');
}

const searches = {
    'an error code: what it means': {
        words: named(CODE, REJECTED),
        entry: code => `reference/error-codes.html#${code.toLowerCase()}`,
    },
    'a program: what it shows': {
        words: named(PROGRAM, TYPED),
        entry: program => `reference/programs.html#${program}`,
    },
};

for (const [what, { words, entry }] of Object.entries(searches)) {
    test(`the search finds first, for ${what}`, async () => {
        const { page, faults, close } = await visit(browser, site, 'index.html');
        await page.keyboard.press('s');
        await page.waitForFunction(() => document.activeElement.id === 'mdbook-searchbar');
        assert.ok(words.size >= 20, `${words.size} to search for`);
        for (const word of words) {
            const first = await firstResult(page, word);
            if (first !== entry(word)) {
                faults.push(`${word}: ${first}, not ${entry(word)}`);
            }
        }
        await close();
        assert.deepEqual(faults, []);
    });
}
