// Letters that the book's fonts lack: the browser takes them from another one, and a word looks
// patched.

/** What the book sets in type of its own, and what of it is shown in another. */
export async function letterFaults(page) {
    await page.evaluate(() => {
        const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
            const { parentElement: element, data } = texts.currentNode;
            if (data.trim() && /^"?(Literata|JetBrains Mono)/.test(getComputedStyle(element).fontFamily)) {
                element.dataset.type = '';
            }
        }
    });
    const client = await page.context().newCDPSession(page);
    await client.send('DOM.enable');
    await client.send('CSS.enable');
    const { root } = await client.send('DOM.getDocument', { depth: 0 });
    const { nodeIds } = await client.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: '[data-type]' });
    const faults = [];
    for (const nodeId of nodeIds) {
        const { fonts } = await client.send('CSS.getPlatformFontsForNode', { nodeId });
        for (const { familyName, isCustomFont, glyphCount } of fonts) {
            if (!isCustomFont) {
                const { outerHTML } = await client.send('DOM.getOuterHTML', { nodeId });
                faults.push(`${glyphCount} letters in ${familyName}: ${outerHTML.slice(0, 200)}`);
            }
        }
    }
    await client.detach();
    return nodeIds.length > 0 ? faults : ['nothing is set in the book\'s own type'];
}
