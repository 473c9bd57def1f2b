// What is wrong with how a page hands its programs to the Playground, which is played here.

import { visit } from '../visit.js';

export const EXECUTE = 'https://play.rust-lang.org/execute';

/** A program's end as the Playground tells it, cargo's words first. */
export const CARGO = [
    '   Compiling playground v0.0.1 (/playground)',
    '    Finished `dev` profile [unoptimized + debuginfo] target(s) in 0.62s',
    '     Running `target/debug/playground`',
    '',
].join('\n');

export const ENDED = { success: true, exitDetail: 'Exited with status 0', stdout: 'said\n', stderr: CARGO };

/** Answers for the Playground; what it was asked is kept in `asked`. `answer` may be a function. */
export async function playground(page, answer = ENDED, status = 200) {
    const asked = [];
    await page.route('https://play.rust-lang.org/**', async route => {
        const request = route.request();
        asked.push({
            address: request.url(),
            method: request.method(),
            referrer: request.headers().referer,
            ...JSON.parse(request.postData() ?? '{}'),
        });
        const body = typeof answer === 'function' ? await answer(asked.length) : answer;
        if (body === null) {
            await route.abort('internetdisconnected');
            return;
        }
        await route.fulfill({
            status,
            contentType: 'application/json',
            headers: { 'access-control-allow-origin': '*' },
            body: typeof body === 'string' ? body : JSON.stringify(body),
        });
    });
    return asked;
}

/**
 * The layout apart, what two texts of a program may differ in: what rustdoc puts before a program
 * about lints. That lines keep their numbers is a matter of mdbook-verdict's own tests.
 */
const squeezed = program => program.replace(/#!\[allow\(unused\)\]|#\[allow\(non_snake_case\)\]|\s+/g, '');

/** Of a page whose blocks are `blocks`, as the verifier compiled them. */
export async function runFaults(browser, site, name, blocks) {
    const faults = [];
    let asked = [];
    const { page, close } = await visit(browser, site, name, {
        before: async page => {
            asked = await playground(page);
        },
    });
    const wanted = blocks.filter(block => block.playable);
    // A quiz's answer would be told.
    const quizzes = await page.locator('.verdict.quiz').evaluateAll(all => all.map(it => it.id));
    const ids = wanted.map(({ id }) => id).filter(id => !quizzes.includes(id));
    const buttons = page.locator('main .run-button');
    const owners = await buttons.evaluateAll(all => all.map(it => it.closest('.verdict').id));
    if (owners.join() !== ids.join()) {
        const odd = [...ids.filter(id => !owners.includes(id)), ...owners.filter(id => !ids.includes(id))];
        faults.push(`a button too few or too many: ${odd.join(', ')}`);
    }
    faults.push(...await buttons.evaluateAll(all => all
        .filter(it => it.getBoundingClientRect().height < 24 || it.getBoundingClientRect().width < 24)
        .map(it => `too small for a finger: ${it.closest('.verdict').id}`)));
    faults.push(...await buttons.evaluateAll(all => all
        .filter(it => !it.ariaLabel.startsWith(it.textContent) || !it.ariaLabel.includes('play.rust-lang.org'))
        .map(it => `doesn't say whom it asks: ${it.closest('.verdict').id}`)));
    if (owners.length > 0) {
        await buttons.first().hover();
        await buttons.first().focus();
        // What was asked before this has been seen once this is answered.
        await page.evaluate(() => fetch(location.href));
    }
    if (asked.length > 0) {
        faults.push(`asked before a click: ${asked.map(({ address }) => address).join(', ')}`);
    }
    for (const [i, id] of owners.entries()) {
        const before = asked.length;
        const button = buttons.nth(i);
        await button.evaluate(it => it.click());
        await page.waitForFunction(([all, i]) => {
            const button = document.querySelectorAll(all)[i];
            return button.ariaDisabled === 'false' && button.closest('.verdict').querySelector('.ran a');
        }, ['main .run-button', i]);
        const [first, ...others] = asked.slice(before);
        if (!first || others.length > 0) {
            faults.push(`${others.length + Number(Boolean(first))} requests for a click: ${id}`);
        }
        const block = wanted.find(it => it.id === id);
        if (first && block) {
            const { code = '', ...rest } = first;
            const told = {
                address: EXECUTE,
                method: 'POST',
                referrer: undefined,
                channel: 'stable',
                mode: 'debug',
                edition: block.edition,
                crateType: 'bin',
                tests: false,
            };
            if (JSON.stringify(rest) !== JSON.stringify(told)) {
                faults.push(`asked otherwise: ${JSON.stringify(rest)}: ${id}`);
            }
            if (squeezed(code) !== squeezed(block.program)) {
                faults.push(`what is sent isn't what is checked: ${id}: ${code}`);
            }
        }
    }
    await close();
    return faults;
}
