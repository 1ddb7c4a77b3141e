() => {
  // The panes at the sides are open or closed for the whole page.
  const panes = document.documentElement.dataset;
  const narrow = matchMedia('(max-width: 900px)');
  const toSide = (isOpen) => {
    panes.side = isOpen ? 'open' : 'closed';
    document.querySelector('#menu')?.setAttribute('aria-expanded', String(isOpen));
  };
  toSide(!narrow.matches);
  narrow.addEventListener('change', () => toSide(!narrow.matches));
  document.addEventListener('click', (event) => {
    if (event.target.closest('#menu')) toSide(panes.side === 'closed');
    else if (narrow.matches && event.target.closest('#centre, #history label')) toSide(false);
  });

  // What a chip quotes, beside it.
  const tip = document.createElement('div');
  tip.id = 'tip';
  tip.hidden = true;
  tip.setAttribute('role', 'tooltip');
  document.body.append(tip);
  const tell = (event) => {
    const chip = event.target.closest?.('a.chip');
    if (!chip) return;
    const where = document.createElement('small');
    where.textContent = chip.dataset.where;
    tip.replaceChildren(chip.dataset.quote, where);
    tip.hidden = false;
    const at = chip.getBoundingClientRect();
    const left = Math.min(at.left, innerWidth - tip.offsetWidth - 8);
    const below = at.bottom + 6;
    const fits = below + tip.offsetHeight < innerHeight;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${fits ? below : at.top - tip.offsetHeight - 6}px`;
  };
  const hush = (event) => { if (event.target.closest?.('a.chip')) tip.hidden = true; };
  document.addEventListener('mouseover', tell);
  document.addEventListener('focusin', tell);
  document.addEventListener('mouseout', hush);
  document.addEventListener('focusout', hush);
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') tip.hidden = true; });
  new MutationObserver(() => { if (!document.querySelector('a.chip:hover, a.chip:focus')) tip.hidden = true; })
    .observe(document.body, {childList: true, subtree: true});

  // What is being typed outlives a reload.
  const typed = (event) => {
    if (event.target.matches?.('#question textarea')) sessionStorage.setItem('geungeo-typed', event.target.value);
  };
  document.addEventListener('input', typed);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target.matches?.('#question textarea')) sessionStorage.removeItem('geungeo-typed');
  });
  const retype = () => {
    const field = document.querySelector('#question textarea');
    if (!field) return setTimeout(retype, 200);
    const kept = sessionStorage.getItem('geungeo-typed');
    if (!kept || field.value) return;
    field.value = kept;
    field.dispatchEvent(new Event('input', {bubbles: true}));
  };
  retype();

  // Enter that ends a syllable or a pinyin does not send the question.
  for (const kind of ['keydown', 'keypress']) {
    document.addEventListener(kind, (event) => {
      const typing = event.target.closest?.('#question');
      if (typing && event.key === 'Enter' && (event.isComposing || event.keyCode === 229)) {
        event.stopImmediatePropagation();
      }
    }, true);
  }

  // A slash goes to the question, as on other pages that one asks.
  document.addEventListener('keydown', (event) => {
    const busy = event.target.closest?.('input, textarea, [contenteditable]');
    if (busy || event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    document.querySelector('#question textarea')?.focus();
  });

  // Browsers give the clipboard only to pages over HTTPS or of this machine.
  const copy = (text) => {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const held = document.createElement('textarea');
    held.value = text;
    held.style.position = 'fixed';
    document.body.append(held);
    held.select();
    document.execCommand('copy');
    held.remove();
  };

  const save = ({name, data}) => {
    const link = document.createElement('a');
    link.href = data;
    link.download = name;
    link.click();
  };

  // A link to the last question, for another reader of the same server.
  const share = () => {
    const asked = [...document.querySelectorAll('#talk .q > p:first-child')].pop();
    if (!asked) return;
    const here = location.origin + location.pathname;
    const link = `${here}?q=${encodeURIComponent(asked.textContent)}`;
    copy(link);
    history.replaceState(null, '', link);
  };

  // The address is that of the open conversation.
  const at = (id) => {
    const address = new URL(location);
    if (id) address.searchParams.delete('q');
    if (id) address.searchParams.set('c', id);
    else address.searchParams.delete('c');
    history.replaceState(null, '', address);
  };

  const narrowed = () => { if (narrow.matches) toSide(false); };
  window.geungeo = {at, copy, narrowed, save, share};

  // The dialogue follows its newest turn; where earlier ones come, what was read stays where it is.
  let below = 0;
  document.addEventListener('click', (event) => {
    const talk = event.target.closest?.('.earlier')?.parentElement;
    if (!talk) return;
    below = talk.scrollHeight - talk.scrollTop;
    talk.dataset.whole = '';
  }, true);
  const follow = () => {
    const talk = document.querySelector('#talk .talk');
    if (talk) talk.scrollTop = talk.scrollHeight - ('whole' in talk.dataset ? below : 0);
  };
  const watch = () => {
    const talk = document.querySelector('#talk');
    if (!talk) return setTimeout(watch, 200);
    new MutationObserver(follow).observe(talk, {childList: true, subtree: true});
  };
  watch();
}
