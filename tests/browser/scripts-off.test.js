// The book without scripts: nothing that it says is lost.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { KINDS, PRINT } from './site.js';
import { stage, visit } from './visit.js';

const { browser, site } = await stage();
const off = { javaScriptEnabled: false };

/** The words of a page's text: not those that are out of sight. */
const words = page => page.locator('main').evaluate(main => {
    // Buttons and controls are the scripts' own.
    const all = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const text = [];
    while (all.nextNode()) {
        const { parentElement: parent } = all.currentNode;
        if (parent.checkVisibility() && !parent.closest('.buttons, .boring, .quiz-check, .atlas-filter')) {
            text.push(all.currentNode.textContent);
        }
    }
    return text.join(' ').split(/\s+/).join(' ');
});

describe('without scripts a page has all of its text', { concurrency: 2 }, () => {
    for (const name of site.pages.filter(name => name !== PRINT)) {
        test(name, async () => {
            const [on, without] = await Promise.all([{}, off].map(async options => {
                const { page, faults, close } = await visit(browser, site, name, options);
                const text = await words(page);
                await close();
                assert.deepEqual(faults, []);
                return text;
            }));
            assert.ok(without.length > 50);
            assert.equal(without, on);
        });
    }
});

test('without scripts a quiz is a question whose answer can be unfolded', async () => {
    const { page, close } = await visit(browser, site, KINDS.quiz, off);
    const answer = page.locator('.quiz details').first();
    assert.ok(!await answer.locator('p').first().isVisible());
    await answer.locator('summary').focus();
    await page.keyboard.press('Enter');
    assert.ok(await answer.locator('p').first().isVisible());
    assert.equal(await page.locator('.quiz-check, .atlas-filter:visible').count(), 0);
    await close();
});

test('without scripts code is coloured, and stands in a box that scrolls', async () => {
    const { page, close } = await visit(browser, site, KINDS.program, { ...off, width: 320 });
    const code = page.locator('main pre > code.language-rust').first();
    const colours = await code.locator('span').evaluateAll(all => all.map(it => getComputedStyle(it).color));
    assert.ok(new Set(colours).size > 3, `${new Set(colours).size} colours`);
    assert.equal(await code.evaluate(it => getComputedStyle(it).overflowX), 'auto');
    await close();
});

test('without scripts the contents are opened by keyboard, and lead to the pages', async () => {
    const { page, close } = await visit(browser, site, KINDS.program, off);
    const first = page.frameLocator('#mdbook-sidebar iframe').locator('a').first();
    assert.ok(!await first.isVisible());
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.type), 'checkbox');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/introduction\.html/);
    await close();
});

test('without scripts nothing covers the text on a phone', async () => {
    const { page, close } = await visit(browser, site, KINDS.program, { ...off, width: 320 });
    const covered = await page.evaluate(() => {
        const { left, right, top } = document.querySelector('main h1').getBoundingClientRect();
        return [left + 2, right - 2].filter(x => !document.elementFromPoint(x, top + 5).closest('main'));
    });
    await close();
    assert.deepEqual(covered, []);
});
