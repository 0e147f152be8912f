import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { htmlReport } from '../../reports/html/html-report.js';
import type { Report } from '../../schemas/types.js';
import { startBrowser } from './browser.js';
import { hostile, hostileTexts } from '../unit/reports/hostile-report.js';
import { conformantRun, failingRun, mixedRun } from '../unit/reports/sample-run.js';

t.setTimeout(300_000);

const reports = {
  conformant: conformantRun(),
  mixed: mixedRun(),
  failing: failingRun(),
  hostile: hostile(),
} satisfies Record<string, Report>;

type Name = keyof typeof reports;

const pages = Object.fromEntries(Object.entries(reports).map(([name, report]) => [name, htmlReport(report)])) as Record<
  Name,
  string
>;

const folder = await mkdtemp(path.join(tmpdir(), 'scim-conformance-html-'));
const urlOf = (name: Name): string => pathToFileURL(path.join(folder, `${name}.html`)).href;
for (const [name, html] of Object.entries(pages)) await writeFile(path.join(folder, `${name}.html`), html);
const browser = await startBrowser();
t.teardown(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

interface Visit {
  readonly page: Page;
  /** Addresses asked for, apart from the file itself. */
  readonly requests: string[];
  /** What the page complained of: errors, refusals of its policy, dialogs. */
  readonly complaints: string[];
}

const visit = async (t: Test, name: Name, fragment = '', options: BrowserContextOptions = {}): Promise<Visit> => {
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, ...options });
  t.teardown(() => context.close());
  const page = await context.newPage();
  const [requests, complaints]: [string[], string[]] = [[], []];
  page.on('request', (request) => {
    if (!request.url().startsWith(urlOf(name))) requests.push(request.url());
  });
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(urlOf(name) + fragment);
  return { page, requests, complaints };
};

/** Expressions are text: the tests are compiled without the types of a browser. */
const evaluate = <T>(page: Page, expression: string): Promise<T> => page.evaluate<T>(expression);

const shownIds = (page: Page): Promise<string[]> =>
  evaluate(page, "[...document.querySelectorAll('article')].filter((a) => a.checkVisibility()).map((a) => a.id)");

const count = (page: Page): Promise<string | null> => page.locator('#count').textContent();

/** Waits until the number shown is announced so. */
const announced = (page: Page, text: string): Promise<void> =>
  page.locator('#count', { hasText: text }).waitFor({ timeout: 10_000 });

const idsWith = (report: Report, outcome: string): string[] =>
  report.requirements.filter((result) => result.outcome === outcome).map(({ id }) => id);

void t.test('axe finds nothing, in light and in dark, wide and narrow', async (t) => {
  for (const name of ['conformant', 'mixed', 'hostile'] as const) {
    for (const [colorScheme, width] of [
      ['light', 1200],
      ['dark', 390],
    ] as const) {
      const { page } = await visit(t, name, '', { colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
      await page.evaluate(axe.source);
      await evaluate(page, "for (const details of document.querySelectorAll('details')) details.open = true;");
      const violations = await evaluate<{ id: string; nodes: { html: string }[] }[]>(
        page,
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ html }) => ({ html: html.slice(0, 200) })) })))',
      );
      t.strictSame(violations, [], `${name}, ${colorScheme}`);
    }
  }
});

void t.test('an honest report keeps its own policy and asks for nothing', async (t) => {
  for (const name of ['conformant', 'mixed', 'failing'] as const) {
    const { page, requests, complaints } = await visit(t, name);
    await page.locator('#count').waitFor();
    t.strictSame(requests, [], name);
    t.strictSame(complaints, [], name);
  }
});

void t.test('text from a hostile target stays text', async (t) => {
  const { page, requests, complaints } = await visit(t, 'hostile');
  await announced(page, `All ${reports.hostile.requirements.length} requirements`);
  await page.locator('#toggle').click();
  t.equal(await evaluate(page, 'String(window.harmed)'), 'undefined', 'no script of the target ran');
  t.strictSame(requests, []);
  t.strictSame(complaints, []);
  t.equal(await page.locator('script').count(), 1);
  t.equal(await page.locator('style').count(), 1);
  t.equal(await page.locator('img, iframe, link, object, embed, h1:has-text("owned")').count(), 0);
  t.equal(
    await evaluate(
      page,
      "[...document.querySelectorAll('*')].filter((e) => [...e.attributes].some((a) => /^(on|style$)/.test(a.name))).length",
    ),
    0,
  );
  const hrefs = await evaluate<string[]>(page, '[...document.links].map((a) => a.protocol)');
  t.strictSame([...new Set(hrefs)].toSorted(), ['file:', 'https:'], 'only addresses of the web become links');
  const text = (await page.locator('#STAT-01 .expected dd').textContent()) ?? '';
  t.equal(text, hostileTexts[0], 'the text is shown as it was sent');
});

void t.test('characters that cannot be seen are written as their numbers, and long strings are cut', (t) => {
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  t.notMatch(pages.hostile, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200f\u202e\ud800-\udfff]/);
  t.match(pages.hostile, String.raw`\u001b[31mred\u001b[0m \u009b31m`);
  t.match(pages.hostile, String.raw`left \u202eright-to-left\u202c \u200f مرحبا`);
  t.match(pages.hostile, String.raw`lone \ud800 and \udc00 halves`);
  t.match(pages.hostile, '… (1000005 characters)');
  t.ok(pages.hostile.length < 2_000_000, `${pages.hostile.length} characters`);
  t.end();
});

void t.test('200 failures with four exchanges each stay in the low megabytes', (t) => {
  t.ok(Buffer.byteLength(pages.failing) < 3_500_000, `${Buffer.byteLength(pages.failing)} bytes`);
  t.end();
});

void t.test('the top shows the verdict, the gate, the failures and the command to run it again', async (t) => {
  const { page } = await visit(t, 'mixed');
  t.match(await page.locator('h1').textContent(), 'Verdict: Not conformant');
  t.match(await page.locator('.gate').textContent(), 'Gate failed');
  t.match(await page.locator('.notice').textContent(), 'scimc-55ddb159-77@example.com');
  t.equal(
    await page.locator('.masthead [data-copy]').textContent(),
    'scim-conformance --target https://provider.example/scim/v2 --seed 42 --suite ACC STAT --runs 50 --timeout 10 --deadline 90 --concurrency 8 --burst 1500 --binding auto --observe auto --max-rps 20',
  );
  const failed = page.locator('section[aria-labelledby="failed-title"]');
  t.match(await failed.textContent(), /ACC-02.*Expected.*What came.*What to do.*STAT-03/s);
});

void t.test('a failure shows the difference, the story, the exchange and the commands', async (t) => {
  const { page } = await visit(t, 'mixed', '#ACC-02');
  const card = page.locator('#ACC-02');
  t.strictSame(await card.locator('.expected mark').allTextContents(), ['scim+']);
  t.strictSame(await card.locator('.actual mark').allTextContents(), []);
  t.match(await card.locator('.story').first().textContent(), '#1 POST /Bulk');
  t.match(await card.locator('.exchange').textContent(), /"operationsCount": \{\n\s+"total": 1/);
  const [replay, curl] = await card.locator('[data-copy]').allTextContents();
  t.equal(
    replay,
    'scim-conformance --target https://provider.example/scim/v2 --only ACC-02 --seed 42 --path async-create/0:0:0:0 --timeout 10 --deadline 90 --concurrency 8 --burst 1500 --binding auto --observe auto --max-rps 20',
  );
  t.match(curl, /^curl -i --path-as-is -X POST .*Bearer \$SCIM_TOKEN/);
  t.match(await card.locator('.guide').textContent(), /Why it matters.*What to do/s);
  t.match(await page.locator('#LIFE-06').textContent(), /it did not happen.*settled: completed after 1004 ms/s);
});

void t.test('filters work by keyboard, announce the number of results, and can be shared', async (t) => {
  const { page } = await visit(t, 'mixed');
  await announced(page, `All ${reports.mixed.requirements.length} requirements are shown.`);
  await page.getByRole('checkbox', { name: /^✗? ?fail/ }).focus();
  await page.keyboard.press('Space');
  await announced(page, `2 of ${reports.mixed.requirements.length} requirements are shown.`);
  t.strictSame(await shownIds(page), idsWith(reports.mixed, 'fail'));
  await page.getByLabel('Text').focus();
  await page.keyboard.type('PENDING stat-03');
  await announced(page, '1 of');
  t.strictSame(await shownIds(page), ['STAT-03']);
  const fragment = await evaluate<string>(page, 'location.hash');
  t.equal(fragment, '#?outcome=fail&text=PENDING+stat-03');
  const other = await visit(t, 'mixed', fragment);
  t.strictSame(await shownIds(other.page), ['STAT-03'], 'the link shows the same');
  await page.getByRole('button', { name: 'Clear filter' }).focus();
  await page.keyboard.press('Enter');
  await announced(page, 'All');
  await page.getByLabel('Level').selectOption('SHOULD');
  await page.getByLabel('Group').selectOption('ACC');
  const expected = reports.mixed.requirements.filter(({ id, level }) => id.startsWith('ACC') && level === 'SHOULD');
  await announced(page, `${expected.length} of`);
  t.strictSame((await shownIds(page)).toSorted(), expected.map(({ id }) => id).toSorted());
});

void t.test('a cell of the overview filters, and the way back leads back', async (t) => {
  const { page } = await visit(t, 'mixed');
  await page.getByRole('link', { name: '1 fail, STAT' }).focus();
  await page.keyboard.press('Enter');
  await announced(page, '1 of');
  t.strictSame(await shownIds(page), ['STAT-03']);
  t.equal(await evaluate(page, 'document.activeElement.id'), 'requirements-title');
  await page.goBack();
  await announced(page, 'All');
});

void t.test('a link leads to a requirement and opens it, even if a filter hides it', async (t) => {
  const { page } = await visit(t, 'failing', '#STAT-20');
  t.equal(await page.locator('#STAT-20 > details').getAttribute('open'), '');
  t.equal(await page.locator('#STAT-21 > details').getAttribute('open'), null);
  await page.locator('#STAT-20 summary').first().waitFor();
  t.ok(await evaluate<boolean>(page, "Math.abs(document.getElementById('STAT-20').getBoundingClientRect().top) < 100"));
  const hidden = await visit(t, 'mixed', '#CORE-01?outcome=fail');
  t.strictSame((await shownIds(hidden.page)).toSorted(), ['ACC-02', 'CORE-01', 'STAT-03']);
  t.match(await count(hidden.page), 'and CORE-01, which the link names');
  t.equal(await evaluate(hidden.page, 'location.hash'), '#CORE-01?outcome=fail');
  await hidden.page.locator('section[aria-labelledby="flaky-title"] a').first().click();
  await announced(hidden.page, 'and LIFE-06');
  t.strictSame((await shownIds(hidden.page)).toSorted(), ['ACC-02', 'LIFE-06', 'STAT-03']);
  t.equal(await evaluate(hidden.page, "document.activeElement.closest('article').id"), 'LIFE-06');
});

void t.test('a fragment that means nothing does no harm', async (t) => {
  for (const fragment of ['#%E0%A4%A', '#?outcome=%zz&group=NONE', '#toString', '#STAT-01"><script>']) {
    const { page, complaints } = await visit(t, 'mixed', fragment);
    await page.locator('#count').waitFor();
    t.strictSame(complaints, [], fragment);
  }
});

void t.test('no page is wider than a phone', async (t) => {
  for (const name of ['conformant', 'mixed', 'failing', 'hostile'] as const) {
    const { page } = await visit(t, name, '', { viewport: { width: 390, height: 800 } });
    t.equal(await evaluate(page, 'document.documentElement.scrollWidth'), 390, name);
  }
});

void t.test('without the script everything can be read', async (t) => {
  const { page } = await visit(t, 'mixed', '', { javaScriptEnabled: false });
  t.equal(await page.locator('#filter').isVisible(), false);
  t.equal(await page.locator('article > details:not([open]), .exchange:not([open])').count(), 0);
  t.equal(await page.locator('article:visible').count(), reports.mixed.requirements.length);
});

void t.test('the plots use the colours of the page, and are also described in words and numbers', async (t) => {
  const { page } = await visit(t, 'mixed');
  const timeline = page.getByRole('img', { name: 'Timeline of the asynchronous requests, one line each' });
  const burst = page.getByRole('img', { name: 'Requests admitted by the rate limiter over time' });
  t.ok(await timeline.isVisible());
  t.ok(await burst.isVisible());
  t.equal(await timeline.locator('[data-mark="rule"] line').count(), 180, 'asked to accepted, accepted to the end');
  t.equal(await burst.locator('circle').count(), 845 - (reports.mixed.rateLimit?.throttled ?? 0));
  t.equal(await burst.locator('[stroke-dasharray] path, path[stroke-dasharray]').count(), 1, 'the estimated bucket');
  t.match(await page.locator('#burst > p').textContent(), 'Estimated: about 534 at once, then 80 a second.');
  t.match(
    await page.locator('#timeline > p').textContent(),
    /^90 accepted requests: 81 completed, 3 not completed by the deadline, 3 not readable, 3 not followed to the end/,
  );
  t.equal(await page.locator('#timeline tbody tr').count(), 90);
  t.equal(await page.locator('#burst tbody tr').count(), 10);
  t.notMatch(pages.mixed, /<svg[^>]*>[^]*?(#[0-9a-f]{6}|rgb\()[^]*?<\/svg>/, 'no colour is fixed');
});

void t.test('a report without plots, target and requirements is a page, too', (t) => {
  const report: Report = { ...conformantRun(), verdict: 'unreachable', exitCode: 3, requirements: [] };
  delete report.target;
  delete report.timeline;
  delete report.rateLimit;
  const html = htmlReport(report);
  t.match(html, 'Unreachable');
  t.match(html, 'The target was not reached');
  t.notMatch(html, 'id="timeline"');
  t.end();
});
