() => {
  // The pane at the right shows the sources of an answer, or one document.
  const panes = document.documentElement.dataset;
  let touched = null;
  const show = (what, from) => {
    // Whoever comes by way of the sources goes back to them.
    panes.from = what === 'document' && panes.evidence === 'sources' ? 'sources' : '';
    if (from && !from.closest('#evidence')) touched = from;
    panes.evidence = what;
  };
  const close = () => {
    if (!panes.evidence) return;
    delete panes.evidence;
    touched?.focus({preventScroll: true});
  };

  // A text goes on, above and below, as far as it is looked at.
  const near = 600;
  const lines = (flow) => flow.querySelectorAll(':scope > .passage');
  const stretch = async (flow, at, side) => {
    const said = document.querySelector('#labels');
    const about = {path: flow.dataset.path, at, side, language: said?.dataset.language || 'ko'};
    const answer = await fetch(`passages?${new URLSearchParams(about)}`);
    const made = document.createElement('template');
    made.innerHTML = answer.ok ? await answer.text() : '';
    return made.content;
  };
  const more = async (flow, side) => {
    const edge = side === 'before' ? lines(flow)[0] : [...lines(flow)].pop();
    const isEnd = side === 'before' ? 'first' : 'last';
    if (!edge || isEnd in edge.dataset || flow.dataset[side]) return;
    flow.dataset[side] = 'coming';
    const found = await stretch(flow, edge.dataset.start, side).catch(() => new DocumentFragment());
    if (!found.firstElementChild) edge.dataset[isEnd] = '';
    const view = flow.closest('.cards');
    const height = view.scrollHeight;
    edge[side](found);
    // What is being read stays where it is.
    if (side === 'before') view.scrollBy({top: view.scrollHeight - height, behavior: 'instant'});
    delete flow.dataset[side];
  };
  // The pages of a PDF go on in the same way, from the one that is cited.
  const picture = (pictures, page) => {
    const {path, page: cited, quote, label} = pictures.dataset;
    const about = {path, page, quote: page === Number(cited) ? quote : ''};
    const img = document.createElement('img');
    img.src = `pages?${new URLSearchParams(about)}`;
    img.alt = label.replace(/\{\}(?!.*\{\})/, page);
    img.dataset.page = page;
    return img;
  };
  const turn = (pictures, view) => {
    const drawn = pictures.querySelectorAll('img');
    const [shown, first, last] = [view, drawn[0], drawn[drawn.length - 1]].map((one) => one.getBoundingClientRect());
    const [from, to] = [drawn[0], drawn[drawn.length - 1]].map((one) => Number(one.dataset.page));
    if (last.bottom < shown.bottom + near && to < Number(pictures.dataset.pages)) pictures.append(picture(pictures, to + 1));
    if (first.top > shown.top - near / 4 && from > 1) {
      const height = view.scrollHeight;
      drawn[0].before(picture(pictures, from - 1));
      view.scrollBy({top: view.scrollHeight - height, behavior: 'instant'});
    }
  };
  const draw = (button) => {
    const part = button.closest('.source, .cards');
    const pictures = part.querySelector('.pictures');
    const isOpen = !('open' in pictures.dataset);
    button.setAttribute('aria-pressed', String(isOpen));
    if (!isOpen) {
      delete pictures.dataset.open;
      part.querySelector('mark')?.scrollIntoView({behavior: 'instant', block: 'center'});
      return;
    }
    pictures.dataset.open = '';
    const at = Number(pictures.dataset.page);
    if (!pictures.firstChild) pictures.append(picture(pictures, at));
    pictures.querySelector(`[data-page="${at}"]`).scrollIntoView({block: 'start', behavior: 'instant'});
    turn(pictures, pictures.closest('.cards'));
  };
  const fill = async (view) => {
    const pictures = [...view.querySelectorAll('[data-open]')].find((one) => one.offsetParent);
    if (pictures) return turn(pictures, view);
    const flow = [...view.querySelectorAll('.flow')].find((one) => one.offsetParent);
    if (!flow) return;
    const [shown, whole] = [view.getBoundingClientRect(), flow.getBoundingClientRect()];
    if (whole.bottom < shown.bottom + near) await more(flow, 'after');
    if (whole.top > shown.top - near) await more(flow, 'before');
  };
  document.addEventListener('scroll', (event) => {
    if (event.target.matches?.('#evidence .cards')) fill(event.target);
  }, {capture: true, passive: true});
  const lead = async (button) => {
    const view = button.closest('.cards');
    const flow = view.querySelector('.flow');
    const pressed = view.querySelector('[data-pictures][aria-pressed="true"]');
    if (pressed) draw(pressed);
    const found = await stretch(flow, button.dataset.at, 'from').catch(() => null);
    if (!found) return;
    flow.replaceChildren(found);
    flow.tabIndex = -1;
    flow.scrollIntoView({block: 'start', behavior: 'instant'});
    flow.focus({preventScroll: true});
    fill(view);
  };

  // A chip brings up its source; those of an earlier answer come from the server first.
  let wanted = null;
  const mark = (source) => (source.querySelector('mark') || source)
    .scrollIntoView({behavior: 'instant', block: 'center'});
  const choose = async (source) => {
    const shown = source.closest('.sources');
    shown.querySelectorAll('.chosen').forEach((one) => one.classList.remove('chosen'));
    source.classList.add('chosen');
    for (const one of shown.querySelectorAll('[data-source]')) {
      if (source.id === `source-${one.dataset.source}`) one.setAttribute('aria-current', 'true');
      else one.removeAttribute('aria-current');
    }
    mark(source);
    source.focus({preventScroll: true});
    const flow = source.querySelector('.flow');
    await more(flow, 'after');
    await more(flow, 'before');
    if (source.isConnected) mark(source);
  };
  const bring = () => {
    const shown = document.querySelector('#sources .sources');
    if (!wanted || shown?.dataset.turn !== wanted.dataset.turn) return;
    const source = shown.querySelector(wanted.getAttribute('href'));
    wanted = null;
    if (source) choose(source);
  };
  const step = (button) => {
    const cards = [...button.closest('.sources').querySelectorAll('.source')];
    const at = cards.findIndex((one) => one.classList.contains('chosen'));
    const to = button.dataset.source
      ? cards.findIndex((one) => one.id === `source-${button.dataset.source}`)
      : (at + Number(button.dataset.step) + cards.length) % cards.length;
    choose(cards[to]);
  };

  const back = () => {
    show('sources');
    const source = document.querySelector('#sources .chosen, #sources .source');
    if (source) choose(source);
  };

  // A document is opened from wherever it is named.
  const open = (button) => {
    if (!button.closest('#panes')) document.querySelector('#tabs [role=tab]')?.click();
    show('document', button);
    window.geungeo.narrowed();
  };
  const opened = () => {
    const shown = document.querySelector('#document .about');
    const isNew = shown && shown !== opened.last && panes.evidence === 'document';
    opened.last = shown;
    if (!isNew) return;
    shown.querySelector('h2').focus({preventScroll: true});
    fill(shown.querySelector('.cards'));
  };

  document.addEventListener('click', (event) => {
    const find = (what) => event.target.closest(what);
    const chip = find('a[data-turn]');
    if (chip) {
      event.preventDefault();
      show('sources', chip);
      wanted = chip;
      bring();
    }
    if (find('[data-close]')) close();
    if (find('[data-back]')) back();
    if (find('[data-document]')) open(find('[data-document]'));
    if (find('[data-pictures]')) draw(find('[data-pictures]'));
    if (find('#document [data-at]')) lead(find('[data-at]'));
    if (find('[data-step], [data-source]')) step(find('[data-step], [data-source]'));
  });
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') close(); });
  const watch = () => {
    const [sources, one] = ['#sources', '#document'].map((id) => document.querySelector(id));
    if (!sources || !one) return setTimeout(watch, 200);
    new MutationObserver(bring).observe(sources, {childList: true, subtree: true});
    new MutationObserver(opened).observe(one, {childList: true, subtree: true});
  };
  watch();
}
