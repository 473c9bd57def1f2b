// Asides: beside their paragraphs where there is room, below them where there is none.

/** A pane may begin this many lines later than it would without an aside. */
const PUSHED = 1.5;

/**
 * What is wrong with the asides of a page; `beside` says whether there is room for them in the
 * margin. `counted` gets the number of asides that were looked at.
 */
export async function asideFaults(page, { beside, counted = () => {} }) {
    const { asides, faults } = await page.evaluate(look, { beside, allowed: PUSHED });
    counted(asides);
    return faults;
}

function look({ beside, allowed }) {
    const main = document.querySelector('main');
    const asides = Array.from(main.querySelectorAll('.admonish-aside'));
    const faults = [];
    const box = element => element.getBoundingClientRect();
    const says = element => `"${element.textContent.trim().replace(/\s+/g, ' ').slice(0, 50)}"`;
    const need = (holds, aside, fault) => holds || faults.push(`${says(aside)} ${fault}`);

    const line = parseFloat(getComputedStyle(main).lineHeight);
    const text = main.parentElement.getBoundingClientRect();
    for (const aside of asides) {
        const before = aside.previousElementSibling;
        const its = box(aside);
        need(aside.getAttribute('role') === 'note' && aside.ariaLabel, aside, 'has no role or no name');
        if (!before?.matches('main > p')) {
            faults.push(`${says(aside)} stands behind no paragraph`);
            continue;
        }
        need(its.left >= text.left && its.right <= Math.min(text.right, document.documentElement.clientWidth),
            aside, `leaves the page, from ${its.left} to ${its.right} of ${text.right} px`);
        if (beside) {
            need(its.left > box(before).right, aside, 'is not beside the text');
            need(Math.abs(its.top - box(before).top) < line / 2, aside, 'begins at another height than its paragraph');
        } else {
            need(its.top >= box(before).bottom, aside, 'is not below its paragraph');
            need(Math.abs(its.left - box(main).left) < line, aside, 'is not in the text');
        }
        for (const other of main.children) {
            const theirs = box(other);
            const apart = theirs.right <= its.left || theirs.left >= its.right
                || theirs.bottom <= its.top || theirs.top >= its.bottom;
            need(other === aside || apart, aside, `lies on ${other.localName}.${other.className} ${says(other)}`);
        }
    }

    // How much further down each part begins than the one before it: with asides in the margin, and
    // with their paragraphs as all others and the asides out of the way.
    const steps = () => Array.from(main.children)
        .filter(element => !element.matches('.admonish-aside') && box(element).height > 0)
        .map(element => ({ element, top: box(element).top }))
        .map(({ element, top }, i, all) => ({ element, step: i === 0 ? 0 : top - all[i - 1].top }));
    if (beside) {
        const there = steps();
        for (const aside of asides) {
            aside.style.position = 'absolute';
            aside.previousElementSibling.style.cssText = 'float: none; margin-block: 1em';
        }
        const plain = steps();
        for (const it of asides.flatMap(aside => [aside, aside.previousElementSibling])) {
            it.style.cssText = '';
        }
        there.forEach(({ element, step }, i) => {
            const pushed = (step - plain[i].step) / line;
            const where = `above ${element.localName}.${element.className} ${says(element)}`;
            if (pushed > allowed) {
                faults.push(`${pushed.toFixed(1)} lines are left empty ${where}, for an aside that is too long for its place`);
            } else if (pushed < -0.4) {
                faults.push(`${(-pushed).toFixed(1)} lines too few ${where}, beside an aside`);
            }
        });
    }
    return { asides: asides.length, faults };
}
