() => {
  // Beside each row of a list a button that opens it; the list itself belongs to Gradio.
  const beside = (list, label, made) => {
    const rows = [...list.querySelectorAll('label')];
    const said = document.querySelector('#labels')?.dataset[label] || '';
    const isDone = rows.every((row) => {
      const button = row.nextElementSibling;
      return button?.matches('.beside') && button.dataset.of === row.textContent + said;
    });
    if (isDone && list.querySelectorAll('.beside').length === rows.length) return;
    list.querySelectorAll('.beside').forEach((one) => one.remove());
    for (const row of rows) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'beside';
      button.dataset.of = row.textContent + said;
      button.setAttribute('aria-label', `${row.innerText.split('\n')[0].trim()}: ${said}`);
      button.hidden = row.hidden;
      made(button, row);
      row.after(button);
    }
  };
  const documents = () => {
    const list = document.querySelector('#chosen .wrap:not(.hide)');
    if (list) beside(list, 'open', (button, row) => {
      button.textContent = 'ⓘ';
      button.dataset.document = row.querySelector('input').name;
    });
  };
  const watch = () => {
    const side = document.querySelector('#side');
    if (!side) return setTimeout(watch, 200);
    new MutationObserver(documents).observe(side, {childList: true, subtree: true, characterData: true});
    new MutationObserver(documents).observe(document.querySelector('#head'), {childList: true, subtree: true});
    documents();
  };
  watch();
}
