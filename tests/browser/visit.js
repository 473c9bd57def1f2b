// A page in a real Chromium, and whatever goes wrong while it is open.

import { after } from 'node:test';
import { chromium } from 'playwright-core';
import { serve } from './site.js';

/** The browser and the served book, for one file of tests; both end with it. */
export async function stage() {
    const [browser, site] = await Promise.all([launch(), serve()]);
    after(async () => {
        await browser.close();
        site.close();
    });
    return { browser, site };
}

export function launch() {
    const executablePath = process.env.CHROME;
    if (!executablePath) {
        throw new Error('CHROME names no browser: run `cargo xtask browse`, which finds one');
    }
    return chromium.launch({ executablePath });
}

/**
 * Opens a page for a reader of its own: nothing is kept from other visits. `options` are
 * Playwright's for a context, `width` and `height`, and `before`, which is called with the page
 * before it goes anywhere. `visit.faults` fills with what goes wrong.
 */
export async function visit(browser, site, address, options = {}) {
    const { width = 1280, height = 800, before = () => {}, ...context } = options;
    const reader = await browser.newContext({ viewport: { width, height }, ...context });
    const page = await reader.newPage();
    const faults = listen(page, site);
    await reader.route(
        url => !url.href.startsWith(site.address),
        route => route.abort(),
    );
    await before(page);
    await page.goto(new URL(address, site.address).href);
    // Without scripts there are no frames to wait for.
    if (context.javaScriptEnabled !== false) {
        await settled(page);
    }
    return { page, faults, close: () => reader.close() };
}

/** Two frames on: what scripts changed has been laid out and painted. */
export async function settled(page) {
    await page.evaluate(() => new Promise(resolve => {
        requestAnimationFrame(() => requestAnimationFrame(resolve));
    }));
}

function listen(page, site) {
    const faults = [];
    // What is asked for as missing is answered as missing.
    const asked = response => response.request().isNavigationRequest();
    page.on('console', message => {
        const missing = message.text().includes('404') && message.location().url === page.url();
        if (['error', 'warning', 'assert'].includes(message.type()) && !missing) {
            faults.push(`console: ${message.text()}`);
        }
    });
    page.on('pageerror', error => faults.push(`error: ${error.message}`));
    page.on('request', request => {
        const { protocol } = new URL(request.url());
        if (!request.url().startsWith(site.address) && !['data:', 'blob:'].includes(protocol)) {
            faults.push(`a request to elsewhere: ${request.url()}`);
        }
    });
    page.on('requestfailed', request => {
        // A page that is left lets go what it still waits for.
        if (request.failure()?.errorText !== 'net::ERR_ABORTED') {
            faults.push(`failed: ${request.url()}: ${request.failure()?.errorText}`);
        }
    });
    page.on('response', response => {
        if (response.status() >= 400 && !asked(response)) {
            faults.push(`${response.status()}: ${response.url()}`);
        }
    });
    return faults;
}
