// One page of each kind, in every theme and at every width: what would take too long on all pages.

import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, test } from 'node:test';
import { THEMES, accessibilityFaults } from './faults/accessibility.js';
import { LAYOUTS, layoutFaults } from './faults/layout.js';
import { holdScripts, shiftFaults } from './faults/shift.js';
import { KINDS } from './site.js';
import { settled, stage, visit } from './visit.js';

const { browser, site } = await stage();
const kinds = Object.entries(KINDS);

describe('in every theme, at 320, 768 and 1280 px, accessible', { concurrency: 2 }, () => {
    for (const [kind, name] of kinds) {
        test(`${kind}: ${name}`, async () => {
            const { page, close } = await visit(browser, site, name, { reducedMotion: 'reduce' });
            const faults = await accessibilityFaults(page, THEMES, [320, 768, 1280]);
            await close();
            assert.deepEqual(faults, []);
        });
    }
});

describe('opened, still accessible', { concurrency: 2 }, () => {
    const openings = {
        'the answers and the tables below figures': async page => {
            await page.evaluate(() => {
                document.querySelectorAll('main details').forEach(it => { it.open = true; });
                document.querySelectorAll('.quiz-check button').forEach(it => it.click());
                for (const [i, quiz] of document.querySelectorAll('.quiz').entries()) {
                    const { answer } = quiz.querySelector('[data-answer]').dataset;
                    const right = input => (input.value === answer) === (i % 2 === 0);
                    Array.from(quiz.querySelectorAll('input')).find(right).click();
                    quiz.querySelector('.quiz-check button').click();
                }
            });
            assert.ok(await page.locator('[data-state=right]').count() > 0);
        },
        'the steps of an explored program': async page => {
            await page.goto(new URL(KINDS.explored, site.address).href);
            await page.locator('details.stepper > summary').first().click();
            await page.locator('details.stepper td button').first().waitFor();
        },
        'the hidden lines': async page => {
            await page.evaluate(() => document.querySelectorAll('.buttons [aria-label="Show hidden lines"]')
                .forEach(button => button.click()));
            assert.ok(await page.locator('.boring').first().isVisible());
        },
        'the search and its results': async page => {
            await page.keyboard.press('s');
            await page.waitForFunction(() => document.activeElement.id === 'mdbook-searchbar');
            await page.keyboard.type('mutex');
            await page.locator('#mdbook-searchresults li').first().waitFor();
        },
        'the theme menu': page => page.locator('#mdbook-theme-toggle').click(),
        'the help': page => page.keyboard.press('?'),
        'the contents, on a phone': async page => {
            await page.setViewportSize({ width: 320, height: 800 });
            await page.reload();
            await page.locator('button[aria-controls=mdbook-sidebar]').click();
            await page.locator('#mdbook-sidebar a').first().waitFor();
        },
    };
    for (const [what, open] of Object.entries(openings)) {
        test(what, async () => {
            const { page, faults, close } = await visit(browser, site, KINDS.quiz, { reducedMotion: 'reduce' });
            await open(page);
            await settled(page);
            const { width } = page.viewportSize();
            const widths = width === 320 ? [320] : [1280, 320];
            // The menu of themes closes when one is chosen, so this theme alone for it.
            const themes = what === 'the theme menu' ? [null] : ['light', 'navy'];
            faults.push(...await accessibilityFaults(page, themes, widths, { fresh: false }));
            await close();
            assert.deepEqual(faults, []);
        });
    }
});

for (const [where, width, height] of [['a phone', 390, 844], ['a tablet', 820, 1180], ['a desk', 1280, 800], ['a large desk', 1920, 1080]]) {
    test(`nothing moves while a page loads on ${where}`, async () => {
        const faults = [];
        for (const [kind, name] of kinds) {
            const { page, close } = await visit(browser, site, name, { width, height, before: holdScripts });
            faults.push(...(await shiftFaults(page)).map(fault => `${kind}: ${fault}`));
            await close();
        }
        assert.deepEqual(faults, []);
    });
}

describe('the parts of the page stand where they stood', { concurrency: 2 }, () => {
    for (const [kind, name] of kinds) {
        test(`${kind}: ${name}`, async () => {
            const { page, close } = await visit(browser, site, name, { reducedMotion: 'reduce' });
            const { BLESS: bless, PICTURES: pictures } = process.env;
            const faults = await layoutFaults(page, kind, { bless, pictures });
            await close();
            assert.deepEqual(faults, [], `if this is meant: cargo xtask browse --bless writes ${path.basename(LAYOUTS.pathname)}`);
        });
    }
});
