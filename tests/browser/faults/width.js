// What is wider than the screen.

/** What reaches out of the text without a box of its own that scrolls. */
export function widthFaults(page) {
    return page.evaluate(() => {
        const width = document.documentElement.clientWidth;
        const main = document.querySelector('main');
        const scrolls = element => {
            for (let box = element; box && box !== main && box !== document.body; box = box.parentElement) {
                if (box !== element && getComputedStyle(box).overflowX !== 'visible') {
                    return true;
                }
            }
            return false;
        };
        const faults = Array.from(document.querySelectorAll('main, main *, .menu-bar *'))
            .filter(element => element.checkVisibility({ visibilityProperty: true }))
            .filter(element => element.getBoundingClientRect().right > width + 1 && !scrolls(element))
            .map(element => `${element.localName}.${element.className} reaches to `
                + `${Math.round(element.getBoundingClientRect().right)} of ${width} px: `
                + element.textContent.trim().slice(0, 60));
        // mdBook lets what holds the text scroll: also there nothing may be out of sight.
        for (let box = main.parentElement; box; box = box.parentElement) {
            if (box.scrollWidth > box.clientWidth + 1) {
                faults.push(`what is in ${box.localName}.${box.className} takes ${box.scrollWidth} `
                    + `of ${box.clientWidth} px`);
            }
        }
        return faults;
    });
}
