// Every page of the book, for every reader.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { accessibilityFaults } from './faults/accessibility.js';
import { letterFaults } from './faults/letters.js';
import { linkFaults } from './faults/links.js';
import { structureFaults } from './faults/structure.js';
import { widthFaults } from './faults/width.js';
import { PRINT } from './site.js';
import { stage, visit } from './visit.js';

const { browser, site } = await stage();
const phone = { width: 320, reducedMotion: 'reduce' };

describe('a page', { concurrency: 2 }, () => {
    for (const name of site.pages.filter(name => name !== PRINT)) {
        test(`${name} loads, is in order, fits, and is accessible`, async () => {
            const { page, faults, close } = await visit(browser, site, name, phone);
            faults.push(...await structureFaults(page));
            faults.push(...await widthFaults(page));
            faults.push(...await letterFaults(page));
            faults.push(...await accessibilityFaults(page, ['light', 'navy'], [320, 1280]));
            await close();
            assert.deepEqual(faults, []);
        });
    }
});

test('the whole book on one page loads, is in order, fits, and is accessible', async () => {
    const { page, faults, close } = await visit(browser, site, PRINT, phone);
    faults.push(...await structureFaults(page, { manyChapters: true }));
    faults.push(...await widthFaults(page));
    // Contrast takes longest, and is checked in each of the chapters.
    const rules = { 'color-contrast': { enabled: false } };
    faults.push(...await accessibilityFaults(page, ['light'], [1280], { rules }));
    await close();
    assert.deepEqual(faults, []);
});

test('every title and every description is of one page', async () => {
    const seen = new Map();
    const faults = [];
    // The first page is there under two names.
    for (const name of site.chapters.filter(name => name !== 'index.html')) {
        const { page, close } = await visit(browser, site, name, { javaScriptEnabled: false });
        const description = await page.locator('meta[name=description]').getAttribute('content');
        for (const text of [await page.title(), description]) {
            if (seen.has(text)) {
                faults.push(`${name} and ${seen.get(text)}: ${text}`);
            }
            seen.set(text, name);
        }
        await close();
    }
    assert.deepEqual(faults, []);
});

test('every link, file and anchor is there', async () => {
    assert.deepEqual(await linkFaults(browser, site), []);
});
