/** The style of the live page: one column, light or dark as the reader's system is set. */

export const style = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ground: #f6f6f4; --ink: #1c1e21; --muted: #5a5f66; --line: #e1e1dd; --strong-line: #8b9097;
  --good: #1a7338; --bad: #b3261e; --busy: #0b5cad; --accent: #0b5cad;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #1b1d21; --ground: #131518; --ink: #e8e8e4; --muted: #a3a8b0; --line: #33363c; --strong-line: #767c85;
    --good: #7fd197; --bad: #ff948a; --busy: #8fbcff; --accent: #8fbcff;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0 auto; padding: 1.25rem 1.5rem 3rem; max-width: 66rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif; }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; letter-spacing: -.01em; }
h2 { margin: 0; font-size: 1.0625rem; line-height: 1.3; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; justify-content: space-between; }
#state { margin: .25rem 0 1.25rem; min-height: 1.5em; color: var(--muted); }
#status { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
button { min-width: 6.5rem; padding: .4rem 1rem; border: 1px solid var(--strong-line); border-radius: 4px;
  background: var(--paper); color: var(--ink); font: inherit; cursor: pointer; transition: border-color .15s; }
button:hover { border-color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
section { margin-top: 1.25rem; padding: 1rem 1.25rem 1.1rem; background: var(--paper); border: 1px solid var(--line);
  border-radius: 6px; }
.queue { display: grid; grid-template-columns: auto auto minmax(0, 1fr); gap: .5rem 2.5rem; align-items: end; }
.queue h2 { grid-column: 1 / -1; }
dl { margin: 0; }
dt { color: var(--muted); font-size: .875rem; }
dd { margin: 0; font-size: 2rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
svg { display: block; width: 100%; height: 3.5rem; }
svg line { stroke: var(--line); }
svg polyline { fill: none; stroke: var(--busy); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; font-variant-numeric: tabular-nums; }
caption { max-width: calc(100vw - 5rem); padding: 0 0 .5rem; color: var(--muted); font-size: .875rem; text-align: left; }
th, td { padding: .3rem 1rem .3rem 0; border-top: 1px solid var(--line); text-align: left; font-weight: 400;
  white-space: nowrap; }
thead th { border-top: 0; color: var(--muted); font-size: .875rem; }
th.number, td.number { text-align: right; }
tbody th, .code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: .875rem; }
td.empty { color: var(--muted); }
td:last-child, th:last-child { padding-right: 0; width: 99%; }
td.number:last-child, th.number:last-child { width: auto; }
.good { color: var(--good); } .bad { color: var(--bad); } .busy { color: var(--busy); }
progress { width: 100%; min-width: 6rem; height: .625rem; vertical-align: middle; accent-color: var(--accent); }
.paused section { opacity: .75; }
noscript p { padding: 1rem 1.25rem; background: var(--paper); border: 1px solid var(--strong-line); border-radius: 6px; }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
@media (max-width: 40rem) {
  body { padding: 1rem; }
  .queue { grid-template-columns: auto auto; }
  .queue svg { grid-column: 1 / -1; }
}
`;
