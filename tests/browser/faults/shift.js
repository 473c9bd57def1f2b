// What moves while a page loads: the browser's own measure of it.

import { settled } from '../visit.js';

/** For `visit`'s `before`: holds the page's deferred scripts back until it has been painted. */
export async function holdScripts(page) {
    await page.addInitScript(() => {
        globalThis.shifts = [];
        new PerformanceObserver(list => {
            for (const entry of list.getEntries()) {
                const moved = entry.sources.map(({ node }) => node?.outerHTML ?? node?.textContent);
                globalThis.shifts.push(`${entry.value.toFixed(4)}: ${moved.join(' ').slice(0, 300)}`);
            }
        }).observe({ type: 'layout-shift', buffered: true });
        globalThis.painted = new Promise(resolve => {
            new PerformanceObserver(resolve).observe({ type: 'paint', buffered: true });
        });
    });
    // Not the sidebar's, which the page waits for.
    await page.route(/\/script-[^/]*\.js$/, async route => {
        await page.evaluate(() => globalThis.painted.then(() => {}));
        await settled(page);
        await route.continue();
    });
}

/** The shifts so far, each with what moved. */
export async function shiftFaults(page) {
    await settled(page);
    return page.evaluate(() => globalThis.shifts);
}
