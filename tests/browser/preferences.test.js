// What a reader has told the browser about motion, colours and sizes.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { accessibilityFaults } from './faults/accessibility.js';
import { widthFaults } from './faults/width.js';
import { KINDS } from './site.js';
import { settled, stage, visit } from './visit.js';

const { browser, site } = await stage();

/** What can be seen on a page: what kind of thing, and whether it is there. */
const seen = page => page.evaluate(() => Array.from(document.querySelectorAll('main *, .menu-bar *'))
    .filter(it => it.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .filter(it => it.getBoundingClientRect().width > 0)
    .map(it => `${it.localName}.${it.getAttribute('class')}`));

describe('nothing disappears', { concurrency: 2 }, () => {
    const wishes = {
        'with less motion': { reducedMotion: 'reduce' },
        'in forced colours': { forcedColors: 'active' },
        'in forced, dark colours': { forcedColors: 'active', colorScheme: 'dark' },
        'with more contrast': { contrast: 'more' },
    };
    for (const [what, wish] of Object.entries(wishes)) {
        test(what, async () => {
            for (const name of [KINDS.quiz, KINDS.figure, KINDS.explored, KINDS.atlas]) {
                const [plain, wished] = await Promise.all([{}, wish].map(async options => {
                    const { page, faults, close } = await visit(browser, site, name, options);
                    const all = await seen(page);
                    await close();
                    assert.deepEqual(faults, []);
                    return all;
                }));
                assert.deepEqual(wished, plain, name);
            }
        });
    }
});

test('with more contrast, text has 7 to 1', async () => {
    const faults = [];
    const rules = { 'color-contrast-enhanced': { enabled: true } };
    for (const name of [KINDS.quiz, KINDS.explored]) {
        const { page, close } = await visit(browser, site, name, { contrast: 'more', reducedMotion: 'reduce' });
        faults.push(...await accessibilityFaults(page, ['light', 'navy'], [1280], { rules }));
        await close();
    }
    assert.deepEqual(faults, []);
});

test('with less motion nothing moves for longer than a moment', async () => {
    const { page, close } = await visit(browser, site, KINDS.quiz, { reducedMotion: 'reduce' });
    const moving = await page.evaluate(() => Array.from(document.querySelectorAll('*'))
        .filter(it => {
            const { transitionDuration, animationDuration, transitionProperty } = getComputedStyle(it);
            const longest = [transitionDuration, animationDuration]
                .flatMap(times => times.split(',').map(parseFloat));
            return transitionProperty !== 'none' && Math.max(...longest) > 0.001;
        })
        .map(it => it.outerHTML.slice(0, 100)));
    await close();
    assert.deepEqual(moving, []);
});

test('in forced colours the kinds of panes are still told apart, and figures drawn', async () => {
    const { page, close } = await visit(browser, site, KINDS.figure, { forcedColors: 'active' });
    const panes = await page.evaluate(() => Array.from(document.querySelectorAll('.pane')).map(pane => {
        const caption = pane.querySelector('figcaption');
        const { backgroundColor, maskImage } = getComputedStyle(caption, '::before');
        const ground = getComputedStyle(document.body).backgroundColor;
        return {
            kind: pane.className,
            caption: caption.textContent.trim(),
            icon: maskImage !== 'none' && backgroundColor !== ground && maskImage,
            line: getComputedStyle(pane).borderInlineStartStyle,
        };
    }));
    const drawn = await page.evaluate(() => Array.from(document.querySelectorAll('.figure svg *'))
        .filter(it => it.getBBox && (it.getBBox().width || it.getBBox().height))
        .filter(it => {
            const { fill, stroke } = getComputedStyle(it);
            const ground = getComputedStyle(document.body).backgroundColor;
            return [fill, stroke].some(paint => paint !== 'none' && paint !== ground);
        }).length);
    await close();
    assert.ok(panes.length > 5 && panes.every(({ caption, icon }) => caption && icon), JSON.stringify(panes));
    const marks = new Set(panes.map(({ icon }) => icon));
    assert.ok(marks.size >= 4, `${marks.size} icons`);
    assert.ok(drawn > 10, `${drawn} parts of figures`);
});

test('text of twice the size stays on the screen', async () => {
    const faults = [];
    for (const name of Object.values(KINDS)) {
        const { page, close } = await visit(browser, site, name, { width: 1280 });
        // mdBook sets the root's size, of which all others are a part.
        await page.addStyleTag({ content: ':root { font-size: 125% !important; }' });
        await settled(page);
        faults.push(...(await widthFaults(page)).map(fault => `${name}: ${fault}`));
        await close();
    }
    assert.deepEqual(faults, []);
});
