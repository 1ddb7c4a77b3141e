() => {
  // What Gradio says in English by itself, over its messages and where the server is gone, in the
  // language of the page.
  const SAID = {Error: 'error', Warning: 'warning', Info: 'info', Success: 'info'};
  const translate = () => {
    // Most changes of the page bring no message.
    if (!document.getElementsByClassName('toast-body').length) return;
    const said = document.querySelector('#labels')?.dataset;
    if (!said) return;
    for (const title of document.querySelectorAll('.toast-body .toast-title')) {
      const text = [...title.childNodes].find((node) => SAID[node.data?.trim()]);
      if (text) text.data = said[SAID[text.data.trim()]];
    }
    for (const text of document.querySelectorAll('.toast-body [data-testid="toast-text"]')) {
      if (text.textContent.trim().startsWith('Connection to the server was lost')) text.textContent = said.lost;
    }
  };
  new MutationObserver(translate).observe(document.body, {childList: true, subtree: true});
}
