// A button that checks the reader's choice. Without this script a quiz is a plain question whose
// answer is folded.
(() => {
    for (const quiz of document.querySelectorAll('.quiz')) {
        const fieldset = quiz.querySelector('fieldset[data-answer]');
        const details = quiz.querySelector('details');
        if (!fieldset || !details) {
            continue;
        }
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = 'Check';
        // There from the start: only what changes in it is read out.
        const told = document.createElement('p');
        told.setAttribute('role', 'status');
        told.setAttribute('aria-live', 'polite');
        const row = document.createElement('div');
        row.className = 'quiz-check';
        row.append(button, told);
        fieldset.append(row);

        const tell = (state, icon, words) => {
            const sign = document.createElement('span');
            sign.setAttribute('aria-hidden', 'true');
            sign.textContent = icon;
            told.replaceChildren(...icon ? [sign, ' ', words] : [words]);
            fieldset.dataset.state = state;
        };
        button.addEventListener('click', () => {
            const chosen = fieldset.querySelector('input:checked');
            if (!chosen) {
                tell('none', '', 'Choose an answer first.');
            } else if (chosen.value === fieldset.dataset.answer) {
                tell('right', '✓', 'Right. The reason is below.');
                details.open = true;
            } else {
                tell('wrong', '✗', 'Not that one. Try again, or unfold the answer.');
            }
        });
        fieldset.addEventListener('change', () => tell('', '', ''));
        fieldset.addEventListener('keydown', event => {
            // mdBook would turn the page, where the reader means to choose.
            if (event.key.startsWith('Arrow')) {
                event.stopPropagation();
            }
            if (event.key === 'Enter' && event.target.type === 'radio') {
                button.click();
            }
        });
    }
})();
