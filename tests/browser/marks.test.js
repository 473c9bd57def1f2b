// What the compiler's message points at is marked in the code, while one points at either of them.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { THEMES, accessibilityFaults } from './faults/accessibility.js';
import { KINDS } from './site.js';
import { settled, stage, visit } from './visit.js';

const { browser, site } = await stage();

// A closure that borrows, as `^^`, a `-------` beside it, and a note that quotes the line again.
const PAGE = KINDS.program;
const GROUP = '.verdict:has(.pane-diagnostic)';
const words = (page, text) => page.locator('.pane-diagnostic [class^="m"]').filter({ hasText: text }).first();

/** What is marked in the code of the first group with a message, and by which line. */
const marked = page => page.locator(GROUP).first().evaluate(group => {
    const all = group.querySelectorAll('figure:first-child [class^="m"]');
    const lined = Array.from(all, it => [it.textContent, getComputedStyle(it)]);
    return lined
        .filter(([, style]) => style.textDecorationLine === 'underline')
        .map(([text, style]) => `${style.textDecorationStyle} ${text}`);
});

const CALL = 'thread::spawn(|| numbers.iter().sum::<i32>())';

/** Opens the page, acts, and sees that nothing went wrong. */
function on_page(what, act, options = {}, name = PAGE) {
    test(what, async () => {
        const { page, faults, close } = await visit(browser, site, name, options);
        await act(page);
        await close();
        assert.deepEqual(faults, []);
    });
}

describe('a message and its code belong together on every page', { concurrency: 2 }, () => {
    for (const name of site.chapters) {
        test(name, async () => {
            const { page, close } = await visit(browser, site, name);
            const faults = await page.evaluate(() => Array.from(document.querySelectorAll('.pane-diagnostic'))
                .flatMap(pane => {
                    const code = pane.closest('.verdict').querySelector('figure:first-child code');
                    const faults = [];
                    for (const link of pane.querySelectorAll('.to-line')) {
                        const line = document.getElementById(link.hash.slice(1));
                        const quoted = link.closest('.quoted').textContent;
                        const number = link.textContent;
                        if (!code.contains(line) || line.dataset.line !== number
                            || !quoted.endsWith(line.textContent.trimEnd())) {
                            faults.push(`${link.hash}: ${quoted}`);
                        }
                    }
                    for (const piece of pane.querySelectorAll('[class*="m"]')) {
                        for (const mark of piece.classList) {
                            if (/^m\d+$/.test(mark) && !code.querySelector(`.${mark}`)) {
                                faults.push(`${mark}: ${piece.textContent}`);
                            }
                        }
                    }
                    // Whatever is quoted with signs below it is linked.
                    const text = pane.querySelector('code').textContent;
                    const quoted = text.match(/^ *\d+ \|.*\n[ .]*\|[ |/_]*[-^]/gm) ?? [];
                    const links = pane.querySelectorAll('.to-line').length;
                    return links < quoted.length ? [...faults, `${links} of ${quoted.length}: ${text}`] : faults;
                }));
            await close();
            assert.deepEqual(faults, []);
        });
    }
});

on_page('words of a message mark what they are about, and no more', async page => {
    assert.deepEqual(await marked(page), []);
    await words(page, '`numbers` is borrowed here').hover();
    assert.deepEqual(await marked(page), ['dashed numbers']);
    await words(page, 'may outlive borrowed value').hover();
    assert.deepEqual(await marked(page), ['solid ||']);
    await words(page, '^^^^^^^^^^').hover();
    assert.deepEqual(await marked(page), [`solid ${CALL}`]);
    await page.mouse.move(0, 0);
    assert.deepEqual(await marked(page), []);
});

on_page('a quoted line marks all that it points at', async page => {
    await page.locator('.quoted').first().hover();
    assert.deepEqual(await marked(page), ['solid ||', 'dashed numbers']);
});

on_page('what is marked shows the words about it', async page => {
    await page.locator(`${GROUP} figure:first-child .m2`).first().hover();
    const lined = await page.locator('.pane-diagnostic').first().locator('[class^="m"]').evaluateAll(all => all
        .filter(it => getComputedStyle(it).textDecorationLine === 'underline')
        .map(it => it.textContent));
    assert.ok(lined.some(text => text.includes('`numbers` is borrowed here')), lined.join('\n'));
});

on_page('pointing scrolls nothing', async page => {
    await page.locator('.pane-diagnostic').first().locator('.quoted').last().scrollIntoViewIfNeeded();
    const before = await page.evaluate(() => scrollY);
    await page.locator('.pane-diagnostic').first().locator('.quoted').last().hover();
    assert.equal(await page.evaluate(() => scrollY), before);
});

on_page('by keyboard, a number marks its line and leads there, and back', async page => {
    for (let stop = 0; ; stop += 1) {
        assert.ok(stop < 100, 'Tab comes to a number');
        await page.keyboard.press('Tab');
        if (await page.evaluate(() => document.activeElement.matches('.to-line'))) {
            break;
        }
    }
    assert.deepEqual(await marked(page), ['solid ||', 'dashed numbers']);
    assert.equal(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), 'solid');
    const from = await page.evaluate(() => scrollY);
    await page.keyboard.press('Enter');
    await settled(page);
    const line = page.locator('.line:target');
    const box = await line.boundingBox();
    assert.ok(box.y > 60 && box.y < 800, `at ${box.y}`);
    assert.equal(await line.evaluate(it => getComputedStyle(it, '::before').fontWeight), '700');
    assert.match(await line.innerText(), /let child = thread::spawn/);
    // It is the line now that shows all that is in it.
    assert.equal((await marked(page)).length, 3);
    await page.goBack();
    assert.equal(await page.evaluate(() => scrollY), from);
    assert.deepEqual(await page.locator('.line:target').count(), 0);
}, { reducedMotion: 'reduce' });

for (const [how, options] of [['without scripts', { javaScriptEnabled: false }], ['on a phone', { width: 360 }]]) {
    on_page(`${how} words mark, and numbers lead`, async page => {
        await words(page, '`numbers` is borrowed here').hover();
        assert.deepEqual(await marked(page), ['dashed numbers']);
        await page.locator('.to-line').first().click();
        assert.match(page.url(), /-l5$/);
        assert.ok(await page.locator('.line:target').isVisible());
    }, options);
}

on_page('a hidden line comes out alone', async page => {
    const number = await page.evaluate(() => Array.from(document.querySelectorAll('.to-line')).findIndex(link => {
        const line = document.getElementById(link.hash.slice(1));
        return !link.closest('details') && !line.checkVisibility();
    }));
    assert.ok(number >= 0, 'a message quotes a hidden line');
    const hidden = page.locator('.boring:visible');
    assert.equal(await hidden.count(), 0);
    await page.locator('.to-line').nth(number).click();
    await settled(page);
    assert.equal(await hidden.count(), 1);
    const box = await page.locator('.line:target').boundingBox();
    assert.ok(box.y > 60 && box.y < 800, `at ${box.y}`);
    await page.goBack();
    assert.equal(await hidden.count(), 0);
}, {}, 'threads/futures.html');

on_page('the numbers of lines are no part of the code', async page => {
    const { copied, text } = await page.locator(`${GROUP} figure:first-child code`).first().evaluate(code => {
        getSelection().selectAllChildren(code);
        return { copied: getSelection().toString(), text: code.textContent };
    });
    assert.equal(copied.trim(), text.trim());
    assert.ok(!/\d let/.test(copied));
});

on_page('a quiz has no numbers before its answer is there', async page => {
    const numbers = () => page.locator('.quiz .line:not(.boring)').evaluateAll(all => all
        .filter(it => getComputedStyle(it, '::before').content !== 'none').length);
    assert.ok(await page.locator('.quiz .line').count() > 0);
    assert.equal(await numbers(), 0);
    await page.evaluate(() => document.querySelectorAll('.quiz details').forEach(it => { it.open = true; }));
    assert.ok(await numbers() > 0);
}, {}, 'ownership/copies.html');

for (const state of ['pointed at', 'led to']) {
    test(`code that is ${state} can be read in every theme`, async () => {
        const { page, close } = await visit(browser, site, PAGE, { reducedMotion: 'reduce' });
        if (state === 'led to') {
            await page.locator('.to-line').first().click();
        } else {
            await page.locator('.quoted').nth(1).hover();
        }
        const count = (await marked(page)).length;
        assert.ok(count > 0);
        const faults = await accessibilityFaults(page, THEMES, [1280]);
        assert.equal((await marked(page)).length, count, 'marked all the time');
        await close();
        assert.deepEqual(faults, []);
    });
}

on_page('in forced colours the marks are seen, and of two kinds', async page => {
    await page.locator('.quoted').first().hover();
    assert.deepEqual(await marked(page), ['solid ||', 'dashed numbers']);
    const [line, ground] = await page.locator(`${GROUP} figure:first-child .m1`).first().evaluate(it => [
        getComputedStyle(it).textDecorationColor, getComputedStyle(document.body).backgroundColor,
    ]);
    assert.notEqual(line, ground);
}, { forcedColors: 'active' });
