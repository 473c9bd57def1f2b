// What the search finds first: for an error code and for a program, its entry in the reference; and
// then a chapter that shows it.

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
const TYPED = /<code[^>]*>(.*?)<\/code>/gs;
const PROGRAM = /(?<=cargo run --example )\w+/g;

/** What is named in these parts of a page. */
function named(pattern, region, text) {
    const parts = [...text.matchAll(region)].map(([, part]) => part.replace(/<[^>]*>/g, ''));
    return new Set(parts.flatMap(part => part.match(pattern) ?? []));
}

/** The pages and the sections of the first results, as one who types and looks would see them. */
async function firstResults(page, word) {
    // Typed: the search looks again at each key.
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(word);
    const header = page.locator('#mdbook-searchresults-header');
    await header.filter({ hasText: `'${word}'` }).waitFor();
    const results = page.locator('#mdbook-searchresults a');
    const hrefs = await results.evaluateAll(all => all.slice(0, 2).map(it => it.getAttribute('href')));
    return hrefs.map(href => href.replace(/\?[^#]*/, ''));
}

const searches = {
    'an error code: what it means': {
        shown: text => named(CODE, REJECTED, text),
        entry: code => new RegExp(`^reference/error-codes\\.html#${code.toLowerCase()}$`),
    },
    'a program: what it shows': {
        shown: text => named(PROGRAM, TYPED, text),
        // A library may have the same name, or a chapter.
        entry: program => new RegExp(`^[\\w/-]+\\.html#${program}(-1)?$`),
    },
};

for (const [what, { shown, entry }] of Object.entries(searches)) {
    const words = new Set([...html.values()].flatMap(text => [...shown(text)]));
    test(`the search finds first, for ${what}`, async () => {
        const { page, faults, close } = await visit(browser, site, 'index.html');
        await page.keyboard.press('s');
        await page.waitForFunction(() => document.activeElement.id === 'mdbook-searchbar');
        assert.ok(words.size >= 20, `${words.size} to search for`);
        for (const word of words) {
            const [first, second] = await firstResults(page, word);
            if (!entry(word).test(first)) {
                faults.push(`${word}: ${first}, not ${entry(word)}`);
            }
            if (!shown(html.get(second?.split('#')[0]) ?? '').has(word)) {
                faults.push(`${word}: second is ${second}, which doesn't show it`);
            }
        }
        await close();
        assert.deepEqual(faults, []);
    });
}
