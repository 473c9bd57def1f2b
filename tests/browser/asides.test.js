// Asides: beside the text on a desk, below their paragraphs on a phone, and in nobody's way.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { asideFaults } from './faults/asides.js';
import { settled, stage, visit } from './visit.js';

const { browser, site } = await stage();

/** What `look` finds on all chapters, each opened with these options. */
async function everywhere(options, how, prepare = () => {}) {
    const faults = [];
    let asides = 0;
    for (const name of site.chapters) {
        const { page, close } = await visit(browser, site, name, { reducedMotion: 'reduce', ...options });
        await prepare(page);
        const found = await asideFaults(page, { ...how, counted: count => { asides += count; } });
        faults.push(...found.map(fault => `${name}: ${fault}`));
        await close();
    }
    assert.ok(asides >= 25, `${asides} asides`);
    return faults;
}

describe('asides', { concurrency: 2 }, () => {
    for (const width of [1280, 1920]) {
        test(`stand beside their paragraphs at ${width} px, and push nothing down`, async () => {
            assert.deepEqual(await everywhere({ width, height: 1000 }, { beside: true }), []);
        });
    }

    test('stand beside their paragraphs without scripts', async () => {
        assert.deepEqual(await everywhere({ width: 1280, javaScriptEnabled: false }, { beside: true }), []);
    });

    test('stand below their paragraphs on a phone', async () => {
        assert.deepEqual(await everywhere({ width: 360, height: 800 }, { beside: false }), []);
    });

    test('stand below their paragraphs in text of twice the size', async () => {
        const twice = async page => {
            await page.addStyleTag({ content: 'html { font-size: 125% !important }' });
            await settled(page);
        };
        assert.deepEqual(await everywhere({ width: 1280 }, { beside: false }, twice), []);
    });

    test('stand below their paragraphs on paper', async () => {
        const paper = page => page.emulateMedia({ media: 'print' });
        assert.deepEqual(await everywhere({ width: 1280 }, { beside: false }, paper), []);
    });
});
