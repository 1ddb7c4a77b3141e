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
    const focused = [...list.querySelectorAll('.beside')].indexOf(document.activeElement);
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
    if (focused >= 0) list.querySelectorAll('.beside')[focused]?.focus();
  };
  // A conversation is renamed where it stands: Enter keeps the new name, Escape the old one.
  const rename = (row, button) => {
    const field = document.createElement('input');
    const before = row.innerText.trim();
    field.value = before;
    field.maxLength = 80;
    field.className = 'renaming';
    field.setAttribute('aria-label', button.getAttribute('aria-label'));
    let isOver = false;
    const end = (isKept, isByKey) => {
      if (isOver) return;
      isOver = true;
      const name = field.value.trim();
      row.hidden = false;
      field.remove();
      if (isByKey) button.focus();
      const conversation = row.querySelector('input').value;
      if (isKept && name && name !== before) document.dispatchEvent(new CustomEvent('geungeo-renamed', {detail: {conversation, name}}));
    };
    field.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (!['Enter', 'Escape'].includes(event.key) || event.isComposing) return;
      // Else the button that has the focus then is pressed by the same key.
      event.preventDefault();
      end(event.key === 'Enter', true);
    });
    field.addEventListener('blur', () => end(true, false));
    row.hidden = true;
    row.before(field);
    field.select();
  };
  const conversations = () => {
    const list = document.querySelector('#history .wrap:not(.hide)');
    if (list) beside(list, 'rename', (button, row) => {
      button.textContent = '✎';
      button.addEventListener('click', () => rename(row, button));
    });
  };
  // Of the documents to choose from those that hold each word, as they are told now.
  const narrow = () => {
    const sought = document.querySelector('#find input, #find textarea')?.value ?? '';
    const words = sought.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of document.querySelectorAll('#chosen label')) {
      const told = row.textContent.normalize('NFC').toLowerCase();
      row.hidden = !words.every((word) => told.includes(word));
      if (row.nextElementSibling?.matches('.beside')) row.nextElementSibling.hidden = row.hidden;
    }
  };
  document.addEventListener('input', (event) => { if (event.target.closest?.('#find')) narrow(); });
  // The title is told apart from what stands under it; the text of the row stays as it is. A row
  // may be given another document's text, and what stood under its title goes then.
  const title = (row) => {
    const told = row.querySelector('span').firstChild;
    const below = told?.parentElement.querySelector('small');
    if (!told?.data || below?.dataset.of === told.data) return;
    below?.remove();
    const end = told.data.indexOf('\n');
    if (end < 0) return;
    const under = document.createElement('small');
    under.append(told.splitText(end));
    under.dataset.of = told.data;
    told.after(under);
  };
  const documents = () => {
    const list = document.querySelector('#chosen .wrap:not(.hide)');
    list?.querySelectorAll('label').forEach(title);
    if (list) beside(list, 'open', (button, row) => {
      button.textContent = 'ⓘ';
      button.dataset.document = row.querySelector('input').name;
    });
    narrow();
  };
  const watch = () => {
    const side = document.querySelector('#side');
    if (!side) return setTimeout(watch, 200);
    const both = () => { documents(); conversations(); };
    new MutationObserver(both).observe(side, {childList: true, subtree: true, characterData: true});
    new MutationObserver(both).observe(document.querySelector('#head'), {childList: true, subtree: true});
    both();
  };
  watch();
}
