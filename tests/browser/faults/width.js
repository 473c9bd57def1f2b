// What is wider than the screen, and can't be scrolled to by itself.

/** Elements that reach out of the screen without a box of their own that scrolls. */
export function widthFaults(page) {
    return page.evaluate(() => {
        const width = document.documentElement.clientWidth;
        const scrolls = element => {
            for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
                if (getComputedStyle(box).overflowX !== 'visible') {
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
        const all = document.documentElement.scrollWidth;
        if (all > width) {
            faults.push(`the page is ${all} px wide, on a screen of ${width}`);
        }
        return faults;
    });
}
