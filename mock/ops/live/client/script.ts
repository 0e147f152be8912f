/**
 * The script of the live page. It is a constant, because the content security policy of the page contains its hash. All
 * text is set as text. Screen readers are told the state and the depth of the queue in one sentence that nobody sees, at most
 * every ten seconds, and when the reader pauses; the tables change in silence.
 */

export const script = `
(() => {
  'use strict';
  const byId = (id) => document.getElementById(id);
  const state = byId('state');
  const status = byId('status');
  const button = byId('pause');
  const announcing = 10000;
  const kept = 120;
  const depths = [];
  let source;
  let said = -Infinity;

  const write = (place, text) => {
    if (place.textContent !== text) place.textContent = text;
  };

  const say = (text) => {
    write(status, text);
    said = performance.now();
  };

  /** What everybody is told. */
  const tell = (text) => {
    write(state, text);
    say(text);
  };

  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className !== undefined) made.className = className;
    return made;
  };

  const head = (text) => {
    const made = element('th', text);
    made.scope = 'row';
    return made;
  };

  const bar = (label, value, max) => {
    const made = element('progress');
    made.max = Math.max(1, max);
    made.value = value;
    made.setAttribute('aria-label', label);
    const cell = element('td');
    cell.append(made);
    return cell;
  };

  /** Replaces the rows only if they differ, so that a selection of text survives. */
  const shown = new Map();
  const fill = (id, values, rowOf, empty) => {
    const key = JSON.stringify(values);
    if (shown.get(id) === key) return;
    shown.set(id, key);
    const rows = values.map((value) => {
      const row = element('tr');
      row.append(...rowOf(value));
      return row;
    });
    if (rows.length === 0) {
      const row = element('tr');
      const cell = element('td', empty, 'empty');
      cell.colSpan = byId(id).parentElement.querySelectorAll('thead th').length;
      row.append(cell);
      rows.push(row);
    }
    byId(id).replaceChildren(...rows);
  };

  const tones = { waiting: undefined, running: 'busy', done: 'good', cancelled: undefined };

  const requestRow = ({ id, client, state, total, success, failed }) => [
    head(id),
    element('td', client),
    element('td', state, failed > 0 ? 'bad' : tones[state]),
    element('td', String(total), 'number'),
    element('td', String(success), 'number'),
    element('td', String(failed), failed > 0 ? 'number bad' : 'number'),
    bar('Finished operations of request ' + id, success + failed, total),
  ];

  const limitRow = ({ client, tokens, capacity }) => [
    head(client),
    element('td', tokens + ' of ' + capacity, 'number'),
    bar('Tokens of ' + client, tokens, capacity),
  ];

  const toneOf = (code) => (code === undefined || code >= 500 ? 'bad' : code >= 400 ? undefined : 'good');

  const exchangeRow = ({ time, method, path, status: code, ms }) => [
    head(new Date(time).toLocaleTimeString()),
    element('td', method, 'code'),
    element('td', code === undefined ? 'closed' : String(code), toneOf(code)),
    element('td', String(ms), 'number'),
    element('td', path === undefined ? 'no such endpoint' : path, path === undefined ? 'empty' : 'code'),
  ];

  const draw = () => {
    const top = Math.max(1, ...depths);
    const points = depths.map((depth, place) => (kept - depths.length + place) + ',' + (39 - (38 * depth) / top));
    byId('curve').setAttribute('points', points.join(' '));
  };

  const show = ({ queue, requests, limits, exchanges }) => {
    byId('pending').textContent = String(queue.pending);
    byId('statuses').textContent = String(queue.statuses);
    depths.push(queue.pending);
    if (depths.length > kept) depths.shift();
    draw();
    fill('requests', requests, requestRow, 'No request was accepted yet.');
    fill('limits', limits ?? [], limitRow, 'There is no rate limit.');
    fill('exchanges', exchanges, exchangeRow, 'No request has arrived yet.');
    write(state, 'Connected.');
    if (performance.now() - said < announcing) return;
    const running = requests.filter((each) => each.state === 'running').length;
    say('Connected. Operations that wait or run: ' + queue.pending + '. Requests that run: ' + running + '.');
  };

  const connect = () => {
    said = -Infinity;
    source = new EventSource('live/events');
    source.addEventListener('shown', ({ data }) => show(JSON.parse(data)));
    source.addEventListener('away', ({ data }) => {
      tell(JSON.parse(data));
      said = -Infinity;
    });
    source.addEventListener('error', () => {
      const isOver = source.readyState === EventSource.CLOSED;
      tell(isOver ? 'Not connected: too many pages are open. Close one and reload this one.' : 'Not connected. Trying again.');
      said = -Infinity;
    });
  };

  const pause = () => {
    const isPaused = document.body.classList.toggle('paused');
    button.textContent = isPaused ? 'Resume' : 'Pause';
    source.close();
    if (isPaused) tell('Paused. What is shown does not change.');
    else connect();
  };

  button.addEventListener('click', pause);
  button.hidden = false;
  tell('Connecting.');
  connect();
})();
`;
