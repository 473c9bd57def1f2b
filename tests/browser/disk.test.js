// The book from a folder: no server, no network.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { KINDS, MISSING, onDisk } from './site.js';
import { stage, visit } from './visit.js';

const { browser } = await stage();
const site = await onDisk();

describe('a page from a folder loads', { concurrency: 2 }, () => {
    for (const name of site.pages.filter(name => name !== MISSING)) {
        test(name, async () => {
            const { page, faults, close } = await visit(browser, site, name);
            assert.ok(await page.locator('#mdbook-sidebar a').count() > 10);
            await close();
            assert.deepEqual(faults, []);
        });
    }
});

// Its files have their names from a server's root: browsers that read ahead ask there first.
test('the page for what is missing finds its files in a folder too', async () => {
    const { page, close } = await visit(browser, site, MISSING);
    assert.ok(await page.locator('#mdbook-sidebar a').count() > 10);
    const type = await page.locator('main').evaluate(main => getComputedStyle(main).fontFamily);
    await close();
    assert.match(type, /Literata/);
});

test('a folder is searched', async () => {
    const { page, faults, close } = await visit(browser, site, KINDS.prose);
    await page.keyboard.press('s');
    await page.waitForFunction(() => document.activeElement.id === 'mdbook-searchbar');
    await page.keyboard.type('deadlock');
    await page.locator('#mdbook-searchresults a').first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/locks\/deadlock\.html/);
    await close();
    assert.deepEqual(faults, []);
});

test('a quiz from a folder is answered', async () => {
    const { page, faults, close } = await visit(browser, site, KINDS.quiz);
    const quiz = page.locator('.quiz').first();
    const right = await quiz.locator('[data-answer]').getAttribute('data-answer');
    await quiz.locator(`input[value="${right}"]`).check();
    await quiz.getByRole('button', { name: 'Check' }).click();
    assert.match(await quiz.getByRole('status').innerText(), /right/i);
    await close();
    assert.deepEqual(faults, []);
});

test('an explored program from a folder is stepped', async () => {
    const { page, faults, close } = await visit(browser, site, KINDS.explored, { reducedMotion: 'reduce' });
    const steps = page.locator('details.stepper').first();
    await steps.locator('summary').first().click();
    await steps.locator('td button:not([aria-disabled=true])').first().click();
    assert.ok(await steps.locator('.explorer-log li').count() > 0);
    await close();
    assert.deepEqual(faults, []);
});

test('a program from a folder is copied', async () => {
    const options = { permissions: ['clipboard-read', 'clipboard-write'] };
    const { page, faults, close } = await visit(browser, site, KINDS.program, options);
    const program = page.locator('main .pane-accepted').first();
    await program.locator('.clip-button').click();
    const [shown] = (await program.locator('code').innerText()).trim().split('\n');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    await close();
    assert.ok(copied.includes(shown), `${copied} is not ${shown}`);
    assert.deepEqual(faults, []);
});
