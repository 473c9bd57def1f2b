// The book on paper.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KINDS, PRINT } from './site.js';
import { settled, stage, visit } from './visit.js';

const { browser, site } = await stage();

/** Grounds that would take a lot of ink, and what can't be read on paper. */
const inky = page => page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const light = colour => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = '#fff';
        canvas.fillRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
        return (red * 0.2126 + green * 0.7152 + blue * 0.0722) / 255;
    };
    return Array.from(document.querySelectorAll('html, body, main, main *:not(svg *)'))
        .filter(it => it.checkVisibility())
        .flatMap(it => {
            const { backgroundColor, color } = getComputedStyle(it);
            const faults = [];
            if (light(backgroundColor) < 0.8) {
                faults.push(`a ground of ${backgroundColor}: ${it.outerHTML.slice(0, 80)}`);
            }
            if (light(color) > 0.45) {
                faults.push(`text of ${color}: ${it.outerHTML.slice(0, 80)}`);
            }
            return faults;
        });
});

for (const [what, name] of [['a chapter', KINDS.quiz], ['the whole book', PRINT]]) {
    test(`${what} prints: its text, dark on white, whatever the theme, and no controls`, async () => {
        const { page, close } = await visit(browser, site, name, { colorScheme: 'dark' });
        assert.ok(await page.evaluate(() => document.documentElement.classList.contains('navy')));
        await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
        await settled(page);
        assert.deepEqual((await inky(page)).slice(0, 20), []);
        const controls = page.locator('button, .nav-wrapper, #mdbook-sidebar, .skip-link').filter({ visible: true });
        assert.deepEqual(await controls.evaluateAll(all => all.map(it => it.outerHTML.slice(0, 80))), []);
        const folded = page.locator('.quiz details p').first();
        assert.ok(await folded.isVisible(), 'paper can\'t be unfolded');
        await close();
    });
}

const margin = { top: '10mm', right: '10mm', bottom: '10mm', left: '10mm' };

/** How many pages a PDF has; Chromium leaves their objects uncompressed. */
async function printed(page) {
    const pdf = (await page.pdf({ format: 'A4', margin })).toString('latin1');
    return pdf.match(/\/Type\s*\/Page\b/g).length;
}

test('the cheat sheet is one printed page', async () => {
    const { page, close } = await visit(browser, site, KINDS.sheet);
    const rows = await page.locator('.cheat-sheet tbody tr').count();
    assert.ok(rows >= 40, `${rows} rows`);
    assert.equal(await printed(page), 1);
    // Half as much again doesn't fit.
    await page.evaluate(() => {
        const table = document.querySelector('.cheat-sheet tbody');
        table.append(...Array.from(table.rows, row => row.cloneNode(true)));
    });
    const more = await printed(page);
    await close();
    assert.ok(more > 1, 'a sheet that is too long still counts as one page');
});

test('a chapter becomes a PDF with pages and text', async () => {
    const { page, close } = await visit(browser, site, KINDS.program);
    const pdf = (await page.pdf({ format: 'A4', tagged: true })).toString('latin1');
    await close();
    const pages = pdf.match(/\/Type\s*\/Page\b/g).length;
    assert.ok(pages >= 4 && pages <= 30, `${pages} pages`);
    assert.match(pdf, /\/Font\b/);
    // A picture of a page would have neither.
    assert.match(pdf, /\/StructTreeRoot\b/);
});
