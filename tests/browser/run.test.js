// Programs that are handed to the Rust Playground. Nothing here leaves the machine: the Playground
// is played.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { THEMES, accessibilityFaults } from './faults/accessibility.js';
import { CARGO, ENDED, EXECUTE, playground, runFaults } from './faults/run.js';
import { widthFaults } from './faults/width.js';
import { KINDS, PRINT, onDisk } from './site.js';
import { settled, stage, visit } from './visit.js';

const { browser, site } = await stage();
const programs = JSON.parse(await readFile(process.env.PROGRAMS, 'utf8'));

const PAGE = KINDS.program;
const accepted = page => page.locator('main .pane-accepted[data-run]').first().locator('xpath=..');
const rejected = page => page.locator('main .pane-rejected[data-run]').first().locator('xpath=..');
const ran = verdict => verdict.locator('.ran');

/** Opens a page before a Playground that answers so, and acts there; `asked` is what it was asked. */
async function with_playground(answer, act, { status, name = PAGE, at = site, ...options } = {}) {
    let asked;
    const before = async page => {
        asked = await playground(page, answer, status);
        await options.before?.(page);
    };
    const { page, faults, close } = await visit(browser, at, name, { ...options, before });
    await act(page, asked);
    await close();
    // The browser says itself when a request has failed.
    const others = faults.filter(fault => !fault.includes(EXECUTE) && !/^console: Failed to load/.test(fault));
    assert.deepEqual(others, []);
    return faults;
}

const ended = async (verdict) => {
    await ran(verdict).locator('a').waitFor();
    return ran(verdict).innerText();
};

describe('what a page sends, once a click, is what was checked', { concurrency: 2 }, () => {
    for (const [name, blocks] of Object.entries(programs)) {
        test(name, async () => {
            assert.deepEqual(await runFaults(browser, site, name, blocks), []);
        });
    }
});

test('programs that have their main around them, their lines hidden, or their lints named are among these', () => {
    const all = Object.values(programs).flat().filter(block => block.playable);
    assert.ok(all.length > 400, `${all.length} programs`);
    assert.deepEqual([...new Set(all.map(({ promise }) => promise))].sort(), ['panics', 'rejected', 'runs']);
    assert.ok(all.some(({ program }) => /^#!\[allow\(unused\)\]\n#!\[deny.*\] .*fn main\(\) \{/.test(program)));
});

test('programs that need a crate, and those that may not end, have no button', async () => {
    const { page, close } = await visit(browser, site, 'beyond/libraries.html');
    const code = await page.locator('.pane:has(.run-button) > pre > code').allTextContents();
    const without = await page.locator('.pane:is(.pane-accepted, .pane-rejected):not(:has(.run-button)) > pre > code').allTextContents();
    await close();
    assert.ok(without.length > 5 && without.every(it => /\b(crossbeam|rayon|parking_lot|tokio)/.test(it)));
    assert.ok(code.every(it => !/\b(use|extern crate) (crossbeam|rayon|parking_lot|tokio)/.test(it)));
    let endless = 0;
    for (const name of Object.keys(programs)) {
        const { page, close } = await visit(browser, site, name);
        endless += await page.locator('.pane > pre > code.no_run').count();
        assert.equal(await page.locator('.pane:has(> pre > code.no_run) .run-button').count(), 0, name);
        await close();
    }
    assert.ok(endless > 5);
});

test('what a program prints is shown, with a link that holds it', async () => {
    const stderr = `${CARGO}and this\n     Running \`itself\`\n`;
    await with_playground({ ...ENDED, stdout: 'one\n  two\n', stderr }, async (page, asked) => {
        const verdict = accepted(page);
        assert.equal(await ran(verdict).getAttribute('role'), 'status');
        assert.equal(await ran(verdict).innerText(), '');
        await verdict.getByRole('button', { name: /^Run/ }).click();
        await ended(verdict);
        assert.equal(await ran(verdict).locator('.pane-output figcaption').innerText(), 'Output, from the Playground just now');
        assert.equal(await ran(verdict).locator('.pane-output code').innerText(), 'one\n  two');
        assert.equal(await ran(verdict).locator('.pane-stderr code').innerText(), 'and this\n     Running `itself`');
        const link = new URL(await ran(verdict).getByRole('link', { name: 'Change it in the Playground' }).getAttribute('href'));
        assert.equal(link.origin, 'https://play.rust-lang.org');
        assert.deepEqual(Object.fromEntries(link.searchParams), {
            version: 'stable', mode: 'debug', edition: '2024', code: asked[0].code,
        });
    });
});

test('a program that prints nothing is said to have ended', async () => {
    await with_playground({ ...ENDED, stdout: '' }, async page => {
        await accepted(page).locator('.run-button').click();
        assert.match(await ended(accepted(page)), /It ran to its end, and printed nothing\./);
    });
});

test('a panic is shown behind what was printed before', async () => {
    const stderr = `${CARGO}\nthread 'main' panicked at src/main.rs:2:5:\nno\n`;
    const answer = { success: false, exitDetail: 'Exited with status 101', stdout: 'first\n', stderr };
    await with_playground(answer, async page => {
        await accepted(page).locator('.run-button').click();
        const text = await ended(accepted(page));
        assert.match(text, /^Output.*first\s+Error output.*panicked at src\/main\.rs:2:5:\s+no\s+Exited with status 101\./s);
        assert.doesNotMatch(text, /Compiling|Finished|Running/);
    });
});

test('a rejected program is compiled, and the message shown right below it', async () => {
    const message = 'error[E0373]: closure may outlive\n --> src/main.rs:5:31\n';
    const stderr = `   Compiling playground v0.0.1 (/playground)\n${message}\nerror: could not compile \`playground\` (bin "playground") due to 1 previous error\nFor more information about this error, try \`rustc --explain E0373\`.\n`;
    const answer = { success: false, exitDetail: 'Exited with status 101', stdout: '', stderr };
    await with_playground(answer, async page => {
        await rejected(page).getByRole('button', { name: /^Compile/ }).click();
        await ended(rejected(page));
        assert.equal(await ran(rejected(page)).locator('.pane-diagnostic code').innerText(), message.trim());
        assert.doesNotMatch(await ran(rejected(page)).innerText(), /Exited/);
        assert.ok(await rejected(page).evaluate(it => it.children[1].matches('.ran')));
    });
});

test('a rejected program that is accepted there is said to be', async () => {
    await with_playground(ENDED, async page => {
        await rejected(page).locator('.run-button').click();
        assert.match(await ended(rejected(page)), /may be a newer one, accepts it\.\s+Output.*said/s);
    });
});

describe('what went wrong is said, and the button works again', () => {
    const wrong = {
        'no network': [null, 200, /can’t be reached\. Are you online\?/],
        'a program that took too long there': [{ error: 'The operation timed out' }, 500, /couldn’t do it: The operation timed out\./],
        'a refusal without words': [{}, 429, /couldn’t do it: HTTP 429\./],
        'an answer that isn\'t one': ['<h1>Sorry</h1>', 502, /can’t be read: HTTP 502\./],
        'an answer of another kind': [{ result: 'said' }, 200, /couldn’t do it: HTTP 200\./],
    };
    for (const [what, [answer, status, wording]] of Object.entries(wrong)) {
        test(what, async () => {
            await with_playground(answer, async (page, asked) => {
                const button = accepted(page).locator('.run-button');
                await button.click();
                assert.match(await ended(accepted(page)), wording);
                await button.click();
                await page.waitForFunction(() => document.querySelector('.run-button[aria-disabled=false]'));
                await ended(accepted(page));
                assert.equal(asked.length, 2);
            }, { status });
        });
    }

    test('no answer at all', async () => {
        const never = new Promise(() => {});
        await with_playground(() => never, async page => {
            await accepted(page).locator('.run-button').click();
            assert.match(await ran(accepted(page)).innerText(), /Running…/);
            await page.clock.fastForward(19_000);
            assert.match(await ran(accepted(page)).innerText(), /Running…/);
            await page.clock.fastForward(2_000);
            assert.match(await ended(accepted(page)), /didn’t answer within 20 seconds\./);
            assert.equal(await accepted(page).locator('.run-button').getAttribute('aria-disabled'), 'false');
        }, { before: page => page.clock.install() });
    });
});

test('while a program runs, a click asks nothing; afterwards one runs it again', async () => {
    const answers = [];
    const answer = () => new Promise(resolve => answers.push(resolve));
    await with_playground(answer, async (page, asked) => {
        const button = accepted(page).locator('.run-button');
        const asking = () => page.waitForRequest(EXECUTE);
        await Promise.all([asking(), button.click()]);
        // One that is marked as disabled Playwright would wait for.
        await button.evaluate(it => it.click());
        await settled(page);
        assert.match(await ran(accepted(page)).innerText(), /^Running…$/);
        assert.equal(asked.length, 1);
        answers[0]({ ...ENDED, stdout: 'once\n' });
        assert.match(await ended(accepted(page)), /once/);
        await Promise.all([asking(), button.click()]);
        assert.doesNotMatch(await ran(accepted(page)).innerText(), /once/);
        answers[1]({ ...ENDED, stdout: 'twice\n' });
        assert.match(await ended(accepted(page)), /twice/);
        assert.equal(asked.length, 2);
    });
});

test('by keyboard a program is run, and what came is read and left', async () => {
    const stdout = `${'a line that is wider than the page '.repeat(9)}\n`;
    await with_playground({ ...ENDED, stdout }, async page => {
        const address = page.url();
        const tabTo = async selector => {
            for (let stop = 0; stop < 300; stop += 1) {
                await page.keyboard.press('Tab');
                if (await page.evaluate(it => document.activeElement.matches(it), selector)) {
                    return;
                }
            }
            assert.fail(`Tab never comes to ${selector}`);
        };
        await tabTo('.pane-accepted .run-button');
        const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
        assert.notEqual(ring, 'none');
        await page.keyboard.press('Enter');
        await ended(accepted(page));
        assert.ok(await page.evaluate(() => document.activeElement.matches('.run-button')), 'the focus stays');
        await tabTo('.ran code');
        await page.keyboard.press('ArrowRight');
        await page.waitForFunction(() => document.activeElement.scrollLeft > 0);
        await tabTo('.ran a');
        assert.equal(page.url(), address);
    });
});

test('what came is accessible in every theme, and fits a phone', async () => {
    const stderr = `${CARGO}\nthread 'main' panicked at src/main.rs:2:5:\n${'no '.repeat(80)}\n`;
    const answer = { success: false, exitDetail: 'Exited with status 101', stdout: 'first\n', stderr };
    await with_playground(answer, async page => {
        for (const verdict of [accepted(page), rejected(page)]) {
            await verdict.locator('.run-button').click();
            await ended(verdict);
        }
        assert.deepEqual(await accessibilityFaults(page, THEMES, [1280, 320], { fresh: false }), []);
        assert.deepEqual(await widthFaults(page), []);
    }, { reducedMotion: 'reduce' });
});

test('by touch a program is run', async () => {
    await with_playground(ENDED, async page => {
        await accepted(page).locator('.run-button').tap();
        assert.match(await ended(accepted(page)), /said/);
    }, { width: 360, hasTouch: true, isMobile: true });
});

test('from a folder a program is run', async () => {
    await with_playground(ENDED, async (page, asked) => {
        await accepted(page).locator('.run-button').click();
        assert.match(await ended(accepted(page)), /said/);
        assert.equal(asked.length, 1);
    }, { at: await onDisk() });
});

test('a program that is too long for a link has another way on', async () => {
    await with_playground(ENDED, async (page, asked) => {
        const lengths = await page.locator('.pane[data-run] > pre > code').evaluateAll(all => all.map(it => it.textContent.length));
        const longest = lengths.indexOf(Math.max(...lengths));
        const verdict = page.locator('.pane[data-run]').nth(longest).locator('xpath=..');
        await verdict.locator('.run-button').click();
        assert.match(await ended(verdict), /show its hidden lines, copy it and paste it into the Playground: it is too long for a link/);
        assert.equal(await ran(verdict).locator('a').getAttribute('href'), 'https://play.rust-lang.org/');
        assert.ok(asked[0].code.length > 5000);
    }, { name: 'messages/protocols.html' });
});

test('without scripts there is no button, and on paper neither button nor what came', async () => {
    const { page, close } = await visit(browser, site, PAGE, { javaScriptEnabled: false });
    assert.equal(await page.locator('.run-button, .ran').count(), 0);
    await close();
    await with_playground(ENDED, async page => {
        await accepted(page).locator('.run-button').click();
        await ended(accepted(page));
        await page.emulateMedia({ media: 'print' });
        assert.equal(await page.locator('.run-button, .ran').filter({ visible: true }).count(), 0);
    });
    const whole = await visit(browser, site, PRINT);
    await whole.page.emulateMedia({ media: 'print' });
    assert.equal(await whole.page.locator('.run-button, .ran').filter({ visible: true }).count(), 0);
    await whole.close();
    assert.deepEqual(whole.faults, []);
});
