// The atlas's search field and checkboxes. Their place is kept by the style sheet, so that nothing
// moves when this script shows them.
document.querySelectorAll('form.atlas-filter').forEach(form => {
    const table = form.nextElementSibling;
    const cells = row => Array.from(row.cells, cell => cell.textContent);
    const groups = Array.from(table.querySelectorAll('tbody'), body => ({
        body,
        rows: Array.from(body.rows).slice(1).map(row => ({ row, cells: cells(row) })),
    }));
    const [search, status] = ['input[type=search]', 'output'].map(it => form.querySelector(it));
    const total = groups.reduce((sum, group) => sum + group.rows.length, 0);

    const update = () => {
        const words = search.value.toLowerCase().split(/\s+/);
        // By column, the answers that are wanted: a cell begins with its answer.
        const wanted = Array.from(form.querySelectorAll('fieldset'), set => ({
            column: Number(set.dataset.column),
            answers: Array.from(set.querySelectorAll('input:checked'), box => box.value),
        }));
        const fits = cells =>
            wanted.every(({ column, answers }) => answers.includes(cells[column].split(' ')[0])) &&
            words.every(word => cells.join(' ').toLowerCase().includes(word));
        let shown = 0;
        for (const { body, rows } of groups) {
            for (const { row, cells } of rows) {
                row.hidden = !fits(cells);
            }
            const left = rows.filter(({ row }) => !row.hidden).length;
            body.hidden = left === 0;
            shown += left;
        }
        status.textContent = `${shown} of ${total} rows`;
    };

    form.addEventListener('input', update);
    form.addEventListener('submit', event => event.preventDefault());
    // mdBook has keys of its own, which would turn the page.
    form.addEventListener('keydown', event => event.stopPropagation());
    form.hidden = false;
});
