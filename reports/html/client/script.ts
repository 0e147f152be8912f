/**
 * The script of the page: the filter, links to requirements, and buttons that copy. The page can be read without it. It
 * is a constant, because the content security policy of the page contains its hash. The state is kept in the fragment,
 * the only part of the address that a page opened from a file can change: `#STAT-03`, `#?outcome=fail&group=STAT`, or
 * both.
 */

export const script = `
(() => {
  'use strict';
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const form = byId('filter');
  const toggle = byId('toggle');
  const articles = all('article[data-outcome]');
  const cards = all('article > details');
  const openAtFirst = 3;
  const texts = new Map();
  let linked = '';

  const textOf = (article) => {
    if (!texts.has(article)) texts.set(article, article.textContent.toLowerCase());
    return texts.get(article);
  };

  const filter = () => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value.trim() !== '') query.append(name, value.trim());
    return query;
  };

  const setFilter = (query) => {
    for (const box of all('input[name=outcome]', form)) box.checked = query.getAll('outcome').includes(box.value);
    for (const name of ['level', 'group', 'text']) {
      const field = form.elements[name];
      field.value = query.get(name) ?? '';
      if (field.selectedIndex === -1) field.value = '';
    }
  };

  const matches = (article, query) => {
    const { outcome, level, group } = article.dataset;
    const wanted = query.getAll('outcome');
    return (wanted.length === 0 || wanted.includes(outcome))
      && (!query.has('level') || query.get('level') === level)
      && (!query.has('group') || query.get('group') === group)
      && (query.get('text') ?? '').toLowerCase().split(/\\s+/).every((word) => textOf(article).includes(word));
  };

  const apply = () => {
    const query = filter();
    let count = 0;
    let beside = '';
    for (const article of articles) {
      const match = matches(article, query);
      if (match) count += 1;
      else if (article.id === linked) beside = ', and ' + linked + ', which the link names';
      article.hidden = !match && article.id !== linked;
      article.classList.toggle('linked', article.id === linked);
    }
    for (const section of all('section.outcome')) section.hidden = all('article:not([hidden])', section).length === 0;
    byId('nothing').hidden = count > 0 || beside !== '';
    const whole = query.size === 0;
    const said = (whole ? 'All ' + count : count + ' of ' + articles.length) + ' requirements are shown' + beside + '.';
    if (byId('count').textContent !== said) byId('count').textContent = said;
    return query;
  };

  const remember = () => {
    const query = apply();
    const state = linked + (query.size > 0 ? '?' + query : '');
    if (location.hash !== '#' + state) history.replaceState(null, '', '#' + state);
  };

  const label = () => {
    const visible = cards.filter((card) => !card.parentElement.hidden);
    toggle.hidden = visible.length < 2;
    toggle.textContent = visible.some((card) => !card.open) ? 'Open all' : 'Close all';
  };

  const follow = () => {
    const [id, query] = location.hash.slice(1).split(/\\?(.*)/s);
    const article = articles.find((candidate) => candidate.id === id);
    const other = id !== '' && article === undefined;
    if (query !== undefined) setFilter(new URLSearchParams(query));
    else if (id === '') setFilter(new URLSearchParams());
    linked = article === undefined ? '' : id;
    apply();
    if (article !== undefined) {
      const card = article.querySelector(':scope > details');
      if (card) card.open = true;
      article.scrollIntoView();
      (card ? card.querySelector('summary') : article).focus({ preventScroll: true });
      remember();
    } else if (!other && query !== undefined) {
      byId('requirements').scrollIntoView();
      byId('requirements-title').focus({ preventScroll: true });
    }
    label();
  };

  const begin = () => {
    form.hidden = false;
    byId('shown').hidden = false;
    for (const card of cards.slice(openAtFirst)) card.open = false;
    for (const card of cards) for (const exchange of all('.exchange', card).slice(0, -1)) exchange.open = false;
    for (const anchor of all('[data-filter]')) anchor.href = '#?' + anchor.dataset.filter;
    for (const block of all('[data-copy]')) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = 'Copy';
      button.setAttribute('aria-label', 'Copy: ' + block.dataset.copy);
      button.addEventListener('click', () => navigator.clipboard.writeText(block.textContent).then(
        () => { button.textContent = 'Copied'; setTimeout(() => { button.textContent = 'Copy'; }, 2000); },
        () => { getSelection().selectAllChildren(block); },
      ));
      if (navigator.clipboard) block.after(button);
    }
  };

  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', () => { linked = ''; remember(); label(); });
  form.addEventListener('reset', () => setTimeout(() => { linked = ''; remember(); label(); }));
  toggle.addEventListener('click', () => {
    const visible = cards.filter((card) => !card.parentElement.hidden);
    const open = visible.some((card) => !card.open);
    for (const card of visible) card.open = open;
    label();
  });
  for (const card of cards) card.addEventListener('toggle', label);
  addEventListener('hashchange', follow);
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = all('details:not([open])');
    for (const details of closed) details.open = true;
  });
  addEventListener('afterprint', () => { for (const details of closed) details.open = false; });

  begin();
  if (location.hash.length > 1) follow();
  else { apply(); label(); }
})();
`;
