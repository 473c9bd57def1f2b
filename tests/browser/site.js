// The built book: its pages, and a server for them on this machine, which compresses as hosts do.

import { createServer } from 'node:http';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

/** The folder with the pages, as `cargo book` leaves it. */
export const BOOK = path.resolve(process.env.BOOK ?? path.join(import.meta.dirname, '../../book'));

/** One page of each kind. What is costly is checked on these alone. */
export const KINDS = {
    prose: 'index.html',
    program: 'threads/scopes.html',
    quiz: 'locks/mutex.html',
    figure: 'ownership/owners.html',
    explored: 'locks/deadlock.html',
    atlas: 'threads/atlas.html',
    exercises: 'reference/exercises.html',
    glossary: 'reference/glossary.html',
    sheet: 'reference/cheat-sheet.html',
    reference: 'reference/your-own-book.html',
    missing: '404.html',
};

const TYPES = {
    '.css': 'text/css',
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript',
    '.json': 'application/json',
    '.png': 'image/png',
    '.svg': 'image/svg+xml',
    '.woff2': 'font/woff2',
};

/** A page that is only ever shown within another one, where there are no scripts. */
export const FRAME = 'toc.html';

/** All of the book on one page. */
export const PRINT = 'print.html';

/** Stands for any address that isn't there, so its files are named from the root. */
export const MISSING = '404.html';

/** Serves a folder on 127.0.0.1; `asked` is the status of the missing page by its own name. */
export async function serve(folder = BOOK, { asked = 404 } = {}) {
    const files = await filesOf(folder);
    const bodies = new Map();
    const server = createServer(async (request, response) => {
        let name = decodeURIComponent(new URL(request.url, 'http://host').pathname).slice(1);
        if (name === '' || name.endsWith('/')) {
            name += 'index.html';
        }
        const found = files.includes(name);
        const status = found ? (name === MISSING ? asked : 200) : 404;
        name = found ? name : MISSING;
        if (!bodies.has(name)) {
            bodies.set(name, gzipSync(await readFile(path.join(folder, name))));
        }
        response.writeHead(status, {
            'content-type': TYPES[path.extname(name)] ?? 'application/octet-stream',
            'content-encoding': 'gzip',
        });
        response.end(bodies.get(name));
    });
    await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
    return {
        ...siteOf(files, `http://127.0.0.1:${server.address().port}/`),
        close() {
            server.closeAllConnections();
            server.close();
        },
    };
}

/** The same pages as files: no server, no host. */
export async function onDisk(folder = BOOK) {
    return { ...siteOf(await filesOf(folder), `${pathToFileURL(folder).href}/`), close() {} };
}

function siteOf(files, address) {
    const html = files.filter(file => file.endsWith('.html'));
    return {
        address,
        files,
        /** What a reader opens. */
        pages: html.filter(file => file !== FRAME),
        /** The pages that have a chapter of their own. */
        chapters: html.filter(file => ![FRAME, PRINT, MISSING].includes(file)),
    };
}

async function filesOf(folder) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries
        .filter(entry => entry.isFile())
        .map(entry => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
        .map(file => file.split(path.sep).join('/'))
        .sort();
    if (!files.includes('index.html')) {
        throw new Error(`no index.html in ${folder}: run \`cargo book\` first`);
    }
    return files;
}
