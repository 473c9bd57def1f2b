// The book by keyboard alone: nothing here touches a mouse.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KINDS } from './site.js';
import { settled, stage, visit } from './visit.js';

const { browser, site } = await stage();

/** Opens a page, does something there by keyboard, and sees that nothing went wrong. */
function by_keyboard(what, name, act, options = {}) {
    test(what, async () => {
        const { page, faults, close } = await visit(browser, site, name, options);
        await act(page, page.keyboard);
        await close();
        assert.deepEqual(faults, []);
    });
}

/** Goes on by Tab until this has the focus. */
async function tabTo(page, selector) {
    for (let stop = 0; stop < 300; stop += 1) {
        await page.keyboard.press('Tab');
        if (await page.evaluate(it => document.activeElement.matches(it), selector)) {
            return;
        }
    }
    assert.fail(`Tab never comes to ${selector}`);
}

/** As one who looks on would say it. */
const focused = page => page.evaluate(() => document.activeElement.outerHTML.slice(0, 120));

by_keyboard('the first stop leads past the contents to the text', KINDS.program, async (page, keys) => {
    await keys.press('Tab');
    assert.match(await focused(page), /Skip to the text/);
    await keys.press('Enter');
    await keys.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement.closest('main')), await focused(page));
});

by_keyboard('the skip link of a missing page stays on it', 'no/such/page.html', async (page, keys) => {
    await keys.press('Tab');
    await keys.press('Enter');
    assert.match(page.url(), /no\/such\/page\.html#/);
    assert.match(await focused(page), /^<main/);
});

for (const kind of ['prose', 'quiz', 'figure', 'explored', 'atlas']) {
    const what = `every stop is on the screen and shows that it is one: ${kind}`;
    by_keyboard(what, KINDS[kind], async (page, keys) => {
        const faults = [];
        let stops = 0;
        for (; stops < 500; stops += 1) {
            await keys.press('Tab');
            const stop = await page.evaluate(() => {
                const element = document.activeElement;
                if (element === document.body) {
                    return null;
                }
                // A choice shows it by its whole line.
                const shown = element.closest('label') ?? element;
                const box = shown.getBoundingClientRect();
                const styles = [getComputedStyle(shown), getComputedStyle(element)];
                const ring = styles.some(style => style.outlineStyle !== 'none' || style.boxShadow !== 'none');
                const seen = box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight
                    && box.right > 0 && box.left < innerWidth && element.checkVisibility({ visibilityProperty: true });
                return { ring, seen, html: element.outerHTML.slice(0, 120) };
            });
            if (!stop) {
                break;
            }
            if (!stop.ring || !stop.seen) {
                faults.push(`${stop.ring ? 'not on the screen' : 'no ring'}: ${stop.html}`);
            }
        }
        assert.ok(stops > 10 && stops < 500, `${stops} stops`);
        assert.deepEqual(faults, []);
    });
}

by_keyboard('the contents are opened, read and followed', KINDS.program, async (page, keys) => {
    await tabTo(page, 'button[aria-controls=mdbook-sidebar]');
    await keys.press('Enter');
    await page.waitForFunction(() => document.documentElement.classList.contains('sidebar-visible'));
    await page.locator('#mdbook-sidebar').waitFor();
    await keys.press('Shift+Tab');
    await page.waitForFunction(() => document.activeElement.matches('#mdbook-sidebar a'));
    const address = await page.evaluate(() => document.activeElement.href);
    await keys.press('Enter');
    await page.waitForURL(address);
}, { width: 700, reducedMotion: 'reduce' });

by_keyboard('contents that are put away are no stops', KINDS.program, async (page, keys) => {
    await tabTo(page, 'button[aria-controls=mdbook-sidebar]');
    assert.equal(await page.locator('button[aria-controls=mdbook-sidebar]').getAttribute('aria-expanded'), 'true');
    await keys.press('Space');
    await page.waitForFunction(() => getComputedStyle(document.getElementById('mdbook-sidebar')).display === 'none');
    await keys.press('Shift+Tab');
    assert.ok(await page.evaluate(() => !document.activeElement.closest('#mdbook-sidebar')), await focused(page));
}, { reducedMotion: 'reduce' });

by_keyboard('a search is opened, and its first result too', KINDS.prose, async (page, keys) => {
    await keys.press('s');
    await page.waitForFunction(() => document.activeElement.id === 'mdbook-searchbar');
    await keys.type('deadlock');
    await page.locator('#mdbook-searchresults a').first().waitFor();
    await keys.press('Enter');
    await page.waitForURL(/locks\/deadlock\.html/);
    assert.match(await page.locator('main').innerText(), /deadlock/i);
    assert.ok(await page.locator('main mark').count() > 0, 'the word is marked');
});

by_keyboard('results are walked through, and a search is left', KINDS.prose, async (page, keys) => {
    await keys.press('/');
    await page.waitForFunction(() => document.activeElement.id === 'mdbook-searchbar');
    await keys.type('channel');
    await page.locator('#mdbook-searchresults a').nth(2).waitFor();
    await keys.press('ArrowDown');
    await keys.press('ArrowDown');
    assert.ok(await page.evaluate(() => document.activeElement.closest('li.focus, li:has(:focus)')
        ?? document.querySelector('#mdbook-searchresults li.focus')), await focused(page));
    await keys.press('Escape');
    await page.locator('#mdbook-searchbar').waitFor({ state: 'hidden' });
});

by_keyboard('a theme is chosen, and kept', KINDS.program, async (page, keys) => {
    await tabTo(page, '#mdbook-theme-toggle');
    await keys.press('Enter');
    await page.locator('#mdbook-theme-list').waitFor();
    await tabTo(page, '#mdbook-theme-coal');
    await keys.press('Enter');
    await page.waitForFunction(() => document.documentElement.classList.contains('coal'));
    await page.reload();
    assert.ok(await page.evaluate(() => document.documentElement.classList.contains('coal')));
    await tabTo(page, '#mdbook-theme-toggle');
    await keys.press('Enter');
    await page.locator('#mdbook-theme-list').waitFor();
    await keys.press('Escape');
    await page.locator('#mdbook-theme-list').waitFor({ state: 'hidden' });
});

by_keyboard('a quiz is answered, wrong and right, and the page is not turned', KINDS.quiz, async (page, keys) => {
    const address = page.url();
    await tabTo(page, '.quiz input');
    const quiz = page.locator('.quiz').first();
    const right = Number(await quiz.locator('[data-answer]').getAttribute('data-answer'));
    const values = await quiz.locator('input').evaluateAll(all => all.map(it => Number(it.value)));
    const told = quiz.locator('[role=status]');
    const choose = async wanted => {
        for (let i = 0; i <= values.length; i += 1) {
            if (await quiz.locator('input:checked').count() > 0
                && wanted(Number(await quiz.locator('input:checked').inputValue()))) {
                return;
            }
            await keys.press('ArrowRight');
        }
        assert.fail('the arrows never come to that choice');
    };
    await keys.press('Enter');
    assert.match(await told.innerText(), /choose/i);
    await choose(value => value !== right);
    await keys.press('Enter');
    assert.match(await told.innerText(), /not that one/i);
    assert.ok(!await quiz.locator('details').evaluate(it => it.open));
    await choose(value => value === right);
    await keys.press('Tab');
    assert.match(await focused(page), /Check/);
    await keys.press('Space');
    assert.match(await told.innerText(), /right/i);
    assert.ok(await quiz.locator('details').evaluate(it => it.open));
    assert.equal(page.url(), address);
});

by_keyboard('an explored program is stepped, and the page is not turned', KINDS.explored, async (page, keys) => {
    const address = page.url();
    await tabTo(page, 'details.stepper > summary');
    await keys.press('Enter');
    const steps = page.locator('details.stepper').first();
    const told = steps.getByRole('status');
    const before = await told.innerText();
    await tabTo(page, 'details.stepper td button:not([aria-disabled=true])');
    await keys.press('Space');
    assert.notEqual(await told.innerText(), before);
    assert.equal(await steps.locator('.explorer-log li').count() > 0, true);
    await keys.press('ArrowRight');
    assert.equal(page.url(), address);
});

by_keyboard('the atlas is filtered, and the page is not turned', KINDS.atlas, async (page, keys) => {
    const address = page.url();
    const rows = page.locator('.atlas tbody tr:not(:first-child)').filter({ visible: true });
    const all = await rows.count();
    await tabTo(page, '.atlas-filter [type=search]');
    await keys.type('Rc');
    const some = await rows.count();
    assert.ok(some > 0 && some < all, `${some} of ${all}`);
    assert.equal(await page.locator('.atlas-filter output').innerText(), `${some} of ${all} rows`);
    await keys.press('ArrowLeft');
    await tabTo(page, '.atlas-filter [type=checkbox][value=never]');
    await keys.press('Space');
    assert.ok(await rows.count() < some);
    assert.equal(page.url(), address);
});

by_keyboard('arrows turn the pages', KINDS.prose, async (page, keys) => {
    await keys.press('ArrowRight');
    await page.waitForURL(/ownership\/owners\.html/);
    await keys.press('ArrowLeft');
    await page.waitForURL(/introduction\.html|index\.html/);
});

by_keyboard('code that is too wide is scrolled to, and the page is not turned', KINDS.program, async (page, keys) => {
    const address = page.url();
    await tabTo(page, 'main pre > code');
    await keys.press('ArrowRight');
    await page.waitForFunction(() => document.activeElement.scrollLeft > 0);
    assert.equal(page.url(), address);
    const unreachable = await page.evaluate(() => Array.from(document.querySelectorAll('main *'))
        .filter(it => ['auto', 'scroll'].includes(getComputedStyle(it).overflowX) && it.checkVisibility())
        .filter(it => it.scrollWidth > it.clientWidth && it.tabIndex < 0)
        .map(it => it.outerHTML.slice(0, 120)));
    assert.deepEqual(unreachable, []);
}, { width: 320 });
