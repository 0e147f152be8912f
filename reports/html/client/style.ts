/** The style of the report: one column, light or dark as the reader's system is set, and a version for printing. */

const colours = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ground: #f6f6f4; --ink: #1c1e21; --muted: #5a5f66; --line: #e1e1dd; --strong-line: #8b9097;
  --pass: #1a7338; --fail: #b3261e; --warning: #8a5300; --inconclusive: #0b5cad; --ambiguous: #6b3fb5; --skip: #5a5f66;
  --accent: #0b5cad; --mark-want: #d7f0dd; --mark-got: #fbdcd9;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #1b1d21; --ground: #131518; --ink: #e8e8e4; --muted: #a3a8b0; --line: #33363c; --strong-line: #767c85;
    --pass: #7fd197; --fail: #ff948a; --warning: #efc06a; --inconclusive: #8fbcff; --ambiguous: #c8adff; --skip: #a3a8b0;
    --accent: #8fbcff; --mark-want: #1d4a2b; --mark-got: #642a26;
  }
}
[data-tone="pass"] { --tone: var(--pass); }
[data-tone="fail"], [data-tone="harness-error"] { --tone: var(--fail); }
[data-tone="warning"] { --tone: var(--warning); }
[data-tone="inconclusive"] { --tone: var(--inconclusive); }
[data-tone="ambiguous"] { --tone: var(--ambiguous); }
[data-tone="skip"], [data-tone="not-implemented"] { --tone: var(--skip); }
[data-tone="accent"] { --tone: var(--accent); }
[data-verdict="good"] { --tone: var(--pass); }
[data-verdict="bad"] { --tone: var(--fail); }
[data-verdict="open"] { --tone: var(--warning); }
`;

const text = `
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0 auto; padding: 0 1.5rem 3rem; max-width: 66rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif; }
h1, h2, h3, h4, p, li, dd, dt, td, th, summary, label { overflow-wrap: anywhere; unicode-bidi: isolate; }
h1 { margin: .2rem 0 .4rem; font-size: 2rem; line-height: 1.2; letter-spacing: -.01em; }
h2 { margin: 0 0 .6rem; font-size: 1.25rem; line-height: 1.3; }
h3 { margin: 0; font-size: 1rem; line-height: 1.45; font-weight: 600; }
#run h3 { margin: 1.3rem 0 .4rem; }
h4 { margin: 1.3rem 0 .35rem; font-size: .9rem; line-height: 1.4; }
p { margin: 0 0 .6rem; }
code, pre, .id, .story { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
code, .id { font-size: .9em; }
pre { margin: 0; font-size: .8125rem; line-height: 1.5; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 2; }
pre b { font-weight: 500; color: var(--muted); }
a { color: var(--accent); text-underline-offset: .15em; text-decoration-thickness: .06em; }
a:hover { text-decoration-thickness: .12em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
article:focus:not(:focus-visible), h2:focus:not(:focus-visible) { outline: none; }
.muted, .note, .about, .source, .facts, caption, figcaption { color: var(--muted); }
.count { color: var(--muted); font-weight: 400; font-variant-numeric: tabular-nums; }
.label { margin: .9rem 0 .25rem; font-size: .8125rem; color: var(--muted); }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; display: inline-block; padding: .5rem 0; }
`;

const top = `
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0; padding: 1rem 0; list-style: none; font-size: .875rem; }
main > section { margin-top: 2.5rem; }
.masthead { padding: 1.5rem 1.75rem 1.75rem; background: var(--paper); border: 1px solid var(--line); border-top: 4px solid var(--tone);
  border-radius: 6px; }
.product { margin: 0; font-size: .875rem; font-weight: 600; }
.product .muted, h1 .muted { font-weight: 400; }
.verdict { color: var(--tone); }
.lead { font-size: 1.0625rem; margin-bottom: 1.25rem; }
.pairs { display: grid; grid-template-columns: minmax(11rem, max-content) 1fr; gap: .3rem 1.5rem; margin: 0; font-size: .9rem; }
.pairs > div { display: contents; }
.pairs dt { color: var(--muted); }
.pairs dd { margin: 0; min-width: 0; }
.gate, .notice { padding: 1rem 1.75rem; background: var(--paper); border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: 6px; }
.gate h2, .notice h2 { font-size: 1.0625rem; margin-bottom: .25rem; }
.notice ul { margin: 0; padding-left: 1.2rem; font-size: .875rem; }
.short { margin: 0; padding: 0; list-style: none; }
.short > li { padding: .75rem 0; border-top: 1px solid var(--line); }
.short .head { margin: 0; font-weight: 500; }
.short .head a { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: .9em; font-weight: 600; margin-right: .35rem; }
.short .head .level { margin-left: .35rem; font-weight: 400; }
.brief { display: grid; grid-template-columns: 6rem 1fr; gap: .1rem 1rem; margin: .35rem 0 0; font-size: .9rem; }
.brief > div { display: contents; }
.brief dt { color: var(--muted); }
.brief dd { margin: 0; min-width: 0; }
footer { margin-top: 3rem; font-size: .8125rem; color: var(--muted); }
`;

const tables = `
table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding-bottom: .5rem; }
th, td { padding: .3rem .6rem; text-align: right; border-bottom: 1px solid var(--line); font-weight: 400; vertical-align: bottom; }
th[scope="row"], thead th:first-child { text-align: left; }
thead th { color: var(--muted); }
.matrix { width: 100%; background: var(--paper); border: 1px solid var(--line); }
.matrix th[scope="row"] { width: 40%; }
.matrix th:first-child { padding-left: 1rem; }
.matrix thead th[data-tone] { color: var(--tone); }
.matrix td a { display: inline-block; min-width: 2rem; padding: .1rem .4rem; color: var(--tone); font-weight: 600; text-align: center;
  text-decoration: none; border-radius: 4px; background: color-mix(in srgb, var(--tone) 8%, transparent); }
.matrix td[data-tone="pass"] a, .matrix td[data-tone="not-implemented"] a, .matrix td[data-tone="skip"] a { background: none; font-weight: 400; }
.matrix td a:hover { text-decoration: underline; }
.matrix td .none { display: inline-block; min-width: 2rem; text-align: center; color: var(--muted); }
.matrix td, .matrix thead th[data-tone] { text-align: center; }
.matrix tfoot th, .matrix tfoot td { border-bottom: 0; }
.matrix .sign { display: block; }
.about { font-size: .8125rem; margin-left: .35rem; }
.legend, .numbers { margin-top: .75rem; font-size: .875rem; }
.legend dl { margin: .5rem 0 0; }
.legend dl > div { display: grid; grid-template-columns: 9rem 1fr; gap: 1rem; padding: .15rem 0; }
.legend dd { margin: 0; }
.clients { width: 100%; margin-top: 1rem; background: var(--paper); border: 1px solid var(--line); }
.clients th, .clients td { text-align: left; vertical-align: top; }
.outcome-word { color: var(--tone); font-weight: 600; }
.wide { overflow-x: auto; }
.wide table { min-width: 46rem; }
summary { cursor: pointer; }
`;

const requirements = `
.filter { margin-bottom: 1rem; padding: 1rem 1.25rem; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; font-size: .875rem; }
.filter fieldset { display: flex; flex-wrap: wrap; gap: .4rem; margin: 0 0 .8rem; padding: 0; border: 0; }
.filter legend { padding: 0 0 .3rem; color: var(--muted); }
.chip { display: inline-flex; align-items: center; gap: .35rem; padding: .2rem .7rem; border: 1px solid var(--strong-line); border-radius: 99px; cursor: pointer; color: var(--tone); }
.chip input { margin: 0; accent-color: var(--tone); }
.chip:has(:checked) { border-color: var(--tone); background: color-mix(in srgb, var(--tone) 9%, transparent); }
.chip:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px; }
.fields { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; }
.fields label { display: grid; gap: .2rem; color: var(--muted); min-width: 0; }
.fields .grow { flex: 1 1 12rem; }
select, input[type="search"], button { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--strong-line); border-radius: 4px;
  padding: .3rem .6rem; min-height: 2.1rem; max-width: 100%; }
button { cursor: pointer; }
button:hover { border-color: var(--ink); }
.shown { display: flex; justify-content: space-between; align-items: center; gap: 1rem; min-height: 2.2rem; font-size: .875rem; }
.shown p { margin: 0; color: var(--muted); }
.outcome { margin-top: 1.75rem; }
.outcome > h2 { color: var(--tone); margin-bottom: .1rem; font-size: 1.125rem; }
.outcome > p { font-size: .875rem; }
article { padding: .7rem 1.25rem; background: var(--paper); border: 1px solid var(--line); border-bottom-width: 0; scroll-margin-top: 1rem; }
.outcome > p + article { border-radius: 6px 6px 0 0; }
article:last-child { border-bottom-width: 1px; border-radius: 0 0 6px 6px; }
article:has(> details) { padding: 0; }
article.linked { box-shadow: inset 3px 0 0 var(--accent); }
.line { display: grid; grid-template-columns: 1fr auto auto auto; gap: 0 .9rem; align-items: baseline; }
summary.line { padding: .8rem 1.25rem; list-style: none; }
summary.line::-webkit-details-marker { display: none; }
summary.line h3::before { content: "▸"; display: inline-block; width: 1.1em; color: var(--muted); }
details[open] > summary.line h3::before { content: "▾"; }
summary.line:hover { background: color-mix(in srgb, var(--ink) 3%, transparent); }
.line h3 { font-weight: 500; }
.line h3 .id { font-weight: 600; margin-right: .35rem; }
.level { font-size: .75rem; color: var(--muted); letter-spacing: .02em; }
.badge { display: inline-block; min-width: 5.5rem; font-size: .8125rem; color: var(--tone); white-space: nowrap; text-align: right; }
.standing { padding: 0 .45rem; border: 1px solid var(--strong-line); border-radius: 99px; font-size: .75rem; color: var(--muted); white-space: nowrap; }
.gist { grid-column: 1 / -1; padding-left: 1.1rem; font-size: .875rem; color: var(--muted); }
details[open] > summary .gist { display: none; }
.facts { margin: .15rem 0 0; font-size: .8125rem; display: flex; flex-wrap: wrap; gap: 0 1.1rem; }
.facts a { color: inherit; }
.permalink { margin-left: auto; }
.reason { margin: .25rem 0 0; font-size: .9rem; }
`;

const evidence = `
.inside { font-size: .9375rem; padding: 0 1.25rem 1.25rem 2.35rem; }
.difference { margin: .9rem 0 0; display: grid; gap: .5rem; }
.difference > div { display: grid; grid-template-columns: 6.5rem 1fr; gap: 1rem; padding: .5rem .8rem; border-left: 3px solid var(--pass); background: color-mix(in srgb, var(--pass) 5%, transparent); }
.difference > .actual { border-color: var(--fail); background: color-mix(in srgb, var(--fail) 5%, transparent); }
.difference dt { font-size: .875rem; color: var(--muted); }
.difference dd { margin: 0; min-width: 0; white-space: pre-line; }
mark { color: inherit; background: var(--mark-want); border-bottom: 2px solid var(--pass); }
.actual mark { background: var(--mark-got); border-color: var(--fail); }
.guide p { margin: 0; white-space: pre-line; max-width: 44rem; }
.story { margin: 0; padding: 0; list-style: none; font-size: .8125rem; line-height: 1.6; }
.story li { padding-left: 1.2rem; text-indent: -1.2rem; }
.exchange { border: 1px solid var(--line); border-radius: 4px; margin-top: .4rem; }
.exchange > summary { padding: .35rem .7rem; font-size: .875rem; }
.place { color: var(--muted); font-size: .8125rem; }
.sides { display: grid; grid-template-columns: 1fr 1fr; border-top: 1px solid var(--line); }
.sides > div { padding: .1rem .8rem .8rem; min-width: 0; }
.sides > div + div { border-left: 1px solid var(--line); }
.sides .label { margin-top: .5rem; }
.input { margin-top: .8rem; font-size: .875rem; }
.input pre { margin-top: .4rem; padding-left: 1rem; }
.command { display: flex; gap: .6rem; align-items: start; padding: .55rem .75rem; background: var(--ground); border: 1px solid var(--line); border-radius: 4px; }
.command pre { flex: 1; min-width: 0; }
.command pre span { white-space: nowrap; }
.command + .note { margin: .3rem 0 0; font-size: .8125rem; }
.command button { flex: none; min-height: 0; padding: .1rem .55rem; font-size: .8125rem; }
`;

const drawings = `
figure { margin: .5rem 0 0; }
figcaption { display: flex; flex-wrap: wrap; gap: .2rem 1.25rem; font-size: .8125rem; margin-top: .5rem; }
.drawing { overflow-x: auto; padding: .75rem; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; }
.drawing svg { display: block; width: 100%; min-width: 34rem; height: auto; color: var(--muted); }
.drawing text { white-space: pre; font-size: 11px; }
.key::before { content: ""; display: inline-block; width: .55rem; height: .55rem; margin-right: .4rem; border-radius: 50%; background: var(--tone); }
.key-small::before { width: .3rem; height: .3rem; background: var(--muted); vertical-align: .1rem; }
.key-ring::before { background: var(--paper); border: 1px solid var(--muted); }
.key-cross::before, .key-triangle::before { content: "×"; width: auto; height: auto; background: none; color: var(--tone); font-weight: 700; }
.key-triangle::before { content: "▲"; font-size: .7rem; }
.key-dash::before { width: 1.4rem; height: 0; border-radius: 0; background: none; border-top: 2px dashed var(--tone); vertical-align: .2rem; }
.numbers table { margin-top: .5rem; }
.numbers td:nth-child(2), .numbers td:nth-child(3), .numbers td:last-child { white-space: nowrap; }
`;

const narrow = `
@media (max-width: 44rem) {
  body { padding: 0 .9rem 2rem; }
  h1 { font-size: 1.5rem; }
  .masthead { padding: 1rem 1rem 1.25rem; }
  .gate, .notice { padding: .8rem 1rem; }
  .pairs, .brief { grid-template-columns: 1fr; gap: 0; }
  .pairs dd, .brief dd { margin-bottom: .5rem; }
  .matrix th, .matrix td { padding: .3rem .1rem; }
  .matrix th:first-child { padding-left: .6rem; }
  .matrix th[scope="row"] { width: auto; }
  .matrix .about { display: none; }
  .matrix thead th[data-tone] > span { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; }
  .matrix td a, .matrix td .none { min-width: 1.7rem; padding: .1rem; }
  .legend dl > div { grid-template-columns: 1fr; gap: 0; padding: .3rem 0; }
  article { padding: .7rem .9rem; }
  summary.line { padding: .8rem .9rem; }
  .line { grid-template-columns: auto 1fr; }
  .line h3, .gist { grid-column: 1 / -1; }
  .badge { text-align: left; }
  .gist { padding-left: 0; }
  .inside { font-size: .9375rem; padding: 0 .9rem 1.1rem; }
  .difference > div { grid-template-columns: 1fr; gap: .1rem; }
  .sides { grid-template-columns: 1fr; }
  .sides > div + div { border-left: 0; border-top: 1px solid var(--line); }
}
`;

const paper = `
@media print {
  :root { --paper: #fff; --ground: #fff; --ink: #000; --muted: #444; --line: #bbb; --pass: #14532d; --fail: #8b1a13; --warning: #6b4000;
    --inconclusive: #083f7a; --ambiguous: #4a2a85; --skip: #444; --accent: #083f7a; --mark-want: #e3f5e7; --mark-got: #fde6e4; color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, .skip, .filter, .shown, .permalink, button { display: none !important; }
  details::details-content { content-visibility: visible; block-size: auto; }
  article, figure, .short > li, tr { break-inside: avoid; }
  article:has(> details) { break-inside: auto; }
  h2, h3, h4, summary, .label { break-after: avoid; }
  a { color: inherit; }
  .source a::after { content: " <" attr(href) ">"; font-size: .85em; overflow-wrap: anywhere; }
  .drawing svg { min-width: 0; }
}
`;

export const style = [colours, text, top, tables, requirements, evidence, drawings, narrow, paper].join('');
