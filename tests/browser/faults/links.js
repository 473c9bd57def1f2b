// Links that lead nowhere: every page's links and anchors, as its HTML has them.

import { visit } from '../visit.js';
import { FRAME } from '../site.js';

/** Links and files that aren't there, in all of a site's pages. */
export async function linkFaults(browser, site) {
    const pages = new Map();
    for (const name of [...site.pages, FRAME]) {
        // As written: without scripts nothing is added and nothing has run.
        const written = await visit(browser, site, name, { javaScriptEnabled: false });
        pages.set(name, await written.page.evaluate(read));
        await written.close();
    }
    const faults = [];
    for (const [name, { links }] of pages) {
        for (const link of new Set(links)) {
            const fault = faultOf(site, pages, link);
            if (fault) {
                faults.push(`${name}: ${link.replace(site.address, '')} ${fault}`);
            }
        }
    }
    return faults;
}

function read() {
    const all = (selector, of) => Array.from(document.querySelectorAll(selector), of);
    return {
        links: [
            ...all('a[href]', it => it.href),
            ...all('[src]', it => it.src),
            ...all('link[href]', it => it.href),
            ...all('[data-search]', it => new URL(it.dataset.search, document.baseURI).href),
        ],
        ids: all('[id]', it => it.id),
    };
}

function faultOf(site, pages, link) {
    if (!link.startsWith(site.address)) {
        // Other hosts' pages are not ours to check here, their spelling is.
        return /^(https:\/\/[^/]+\.|data:)/.test(link) ? '' : 'is no address';
    }
    const [file, anchor] = link.slice(site.address.length).split('#');
    const name = decodeURIComponent(file.split('?')[0]) || 'index.html';
    if (!site.files.includes(name)) {
        return 'is not there';
    }
    const found = !anchor || pages.get(name)?.ids.includes(decodeURIComponent(anchor));
    return found ? '' : 'has no such anchor';
}
