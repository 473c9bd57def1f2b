// What axe finds, in the themes and widths that are asked for.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { settled } from '../visit.js';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const THEMES = ['light', 'rust', 'coal', 'navy', 'ayu'];

/** One line for each rule that is broken and combination that breaks it; `null` for a theme leaves
 * the one that is there. */
export async function accessibilityFaults(page, themes, widths, rules = {}) {
    await page.evaluate(axe);
    const faults = [];
    for (const width of widths) {
        await page.setViewportSize({ width, height: 800 });
        for (const theme of themes) {
            if (theme) {
                await choose(page, theme);
            }
            for (const { id, nodes } of await run(page, rules)) {
                const { html, failureSummary } = nodes[0];
                faults.push(`${id} in ${theme ?? 'this theme'} at ${width} px, ${nodes.length} times: `
                    + `${html.slice(0, 200)}\n${failureSummary}`);
            }
        }
    }
    return faults;
}

/** As the theme menu does. */
async function choose(page, theme) {
    await page.evaluate(name => document.getElementById(`mdbook-theme-${name}`).click(), theme);
    await page.waitForFunction(name => document.documentElement.classList.contains(name), theme);
    await settled(page);
}

async function run(page, rules) {
    const { violations } = await page.evaluate(
        rules => globalThis.axe.run(document, { preload: false, resultTypes: ['violations'], rules }),
        rules,
    );
    return violations;
}
