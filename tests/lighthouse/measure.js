// What Lighthouse and axe say of pages, as JSON: `cargo xtask lighthouse` asks, judges and writes.
//
// It reads JSON from standard input: `runs`, of which the medians are taken; `quick`, which leaves
// out what timing moves and what takes minutes; and `beside`, other books, each with its `name`, its
// `folder`, and the `page` that is measured.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { launch as launchChrome } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { accessibilityFaults } from '../browser/faults/accessibility.js';
import { BOOK, KINDS, PRINT, serve } from '../browser/site.js';
import { launch, visit } from '../browser/visit.js';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];

const { runs, quick, beside } = JSON.parse(await text(process.stdin));
const chrome = await launchChrome({
    chromePath: process.env.CHROME,
    chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu'],
});
const browser = quick ? null : await launch();
let versions;
// The gate looks at all kinds, the table at those that differ in what they move.
const { prose, program, explored, atlas, exercises, reference, missing } = KINDS;
const table = { prose, 'rejected code': program, explored, atlas, exercises, reference, missing, print: PRINT };
const pages = await measure(BOOK, quick ? KINDS : table);
const others = [];
for (const { name, folder, page } of beside) {
    others.push(...await measure(folder, { [name]: page }));
}
const planted = await faulty();
await browser?.close();
chrome.kill();
process.stdout.write(`${JSON.stringify({ versions, pages, others, planted }, null, 1)}\n`);

/** What a page loses in which all is wrong: with nothing found there, nothing found means nothing. */
async function faulty() {
    const folder = await mkdtemp(path.join(tmpdir(), 'planted-'));
    await writeFile(path.join(folder, '404.html'), 'none');
    await writeFile(path.join(folder, 'index.html'), `<!DOCTYPE html><html><head><title>A</title></head>
        <body><p style="color: #bbb; background: #fff">faint</p><input type="text">
        <script>planted()</script></body></html>`);
    const site = await serve(folder);
    const { lost } = await scores(site.address);
    site.close();
    await rm(folder, { recursive: true });
    return lost;
}

async function measure(folder, kinds) {
    // The page for what is missing is measured as a page: that its status is 404 is no fault.
    const site = await serve(folder, { asked: 200 });
    const measured = [];
    for (const [kind, name] of Object.entries(kinds)) {
        process.stderr.write(`${kind}: ${name}\n`);
        const print = name === PRINT;
        const page = await scores(new URL(name, site.address).href, print);
        measured.push({ kind, name, ...page, axe: quick ? null : await broken(site, name, print) });
    }
    site.close();
    return measured;
}

/**
 * The medians of each category, of what was moved, and what was sent; with what lost points. The
 * whole book on one page is not timed, and Lighthouse gives up before axe has been through it.
 */
async function scores(address, print = false) {
    const asked = CATEGORIES.slice(print ? 2 : quick ? 1 : 0);
    const results = [];
    for (let run = 0; run < (print ? 1 : runs); run += 1) {
        const options = { port: chrome.port, output: 'json', logLevel: 'error', onlyCategories: asked };
        const { lhr } = await lighthouse(address, options);
        if (lhr.runtimeError) {
            throw new Error(`${address}: ${lhr.runtimeError.message}`);
        }
        results.push(lhr);
        const { hostUserAgent, credits } = lhr.environment;
        const [chromium] = hostUserAgent.match(/Chrome\/[\d.]+/);
        versions = { lighthouse: lhr.lighthouseVersion, chromium: chromium.slice(7), axe: credits['axe-core'] };
    }
    const [{ audits, categories }] = results;
    const per = Object.fromEntries(asked.map(category => [
        category,
        Math.round(median(results.map(lhr => lhr.categories[category].score)) * 100),
    ]));
    const lost = asked.filter(category => category !== 'performance').flatMap(category => categories[category].auditRefs
        .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1)
        .map(({ id }) => `${id}: ${audits[id].title}`));
    // A page's address and favicon are requests as well; what a page holds in itself is none.
    const requests = (audits['network-requests']?.details?.items ?? [])
        .filter(({ url }) => !/^(data|blob):/.test(url));
    return {
        scores: per,
        lost,
        bytes: requests.reduce((sum, { transferSize }) => sum + (transferSize || 0), 0),
        requests: requests.length,
        shift: quick || print ? null : median(results.map(lhr => lhr.audits['cumulative-layout-shift'].numericValue)),
    };
}

/** The rules that axe finds broken, by theme. Of the whole book, contrast takes too long. */
async function broken(site, name, print) {
    const rules = print ? { 'color-contrast': { enabled: false } } : {};
    const { page, close } = await visit(browser, site, name, { reducedMotion: 'reduce' });
    const found = {};
    for (const theme of ['light', 'navy']) {
        const faults = await accessibilityFaults(page, [theme], [1280], { rules });
        found[theme] = faults.map(fault => fault.split(' ')[0]);
    }
    await close();
    return found;
}

function median(numbers) {
    return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
