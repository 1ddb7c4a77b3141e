() => {
  // Files that are dropped anywhere go where files are chosen; a field for files keeps its own.
  const panes = document.documentElement.dataset;
  const isOfFiles = (event) => event.dataTransfer?.types.includes('Files');
  const isElsewhere = (event) => !event.target.closest?.('#upload, #upload-folder');
  const end = () => { delete panes.drop; };
  document.addEventListener('dragover', (event) => {
    if (!isOfFiles(event)) return;
    if (isElsewhere(event)) event.preventDefault();
    panes.drop = document.querySelector('#labels')?.dataset.drop || '';
  });
  document.addEventListener('dragleave', (event) => { if (!event.relatedTarget) end(); });
  document.addEventListener('drop', (event) => {
    end();
    if (!isOfFiles(event) || !isElsewhere(event)) return;
    event.preventDefault();
    const field = document.querySelector('#side input[type=file]');
    const given = new DataTransfer();
    for (const one of event.dataTransfer.items) {
      if (one.webkitGetAsEntry?.()?.isDirectory) continue;
      const file = one.getAsFile();
      if (file) given.items.add(file);
    }
    if (!field || !given.files.length) return;
    document.querySelector('#tabs [role=tab]')?.click();
    field.files = given.files;
    field.dispatchEvent(new Event('change', {bubbles: true}));
  });
}
