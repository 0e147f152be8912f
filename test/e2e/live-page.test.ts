import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { startMock, type Mock, type StartOptions } from '../../mock/index.js';
import { asynchronous, bulk, clientOf, user } from '../contract/mock/client.js';
import { startBrowser, whyNoBrowser } from './browser.js';

t.setTimeout(300_000);

/** A folder for pictures of the page, for people who want to look at them. */
const pictures = process.env.PICTURES;

const originOf = ({ url }: Mock): string => new URL(url).origin;

interface Visit {
  readonly mock: Mock;
  readonly page: Page;
  /** What the page complained of: errors and refusals of its policy. */
  readonly complaints: string[];
  /** Addresses asked for at other places than the mock. */
  readonly foreign: string[];
}

type VisitOptions = StartOptions & { readonly context?: BrowserContextOptions };

const visit = async (t: Test, browser: Browser, { context = {}, ...options }: VisitOptions = {}): Promise<Visit> => {
  const mock = await startMock({ operations: true, ...options });
  const opened = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...context });
  t.teardown(async () => {
    await opened.close();
    await mock.stop();
  });
  const page = await opened.newPage();
  const [complaints, foreign]: [string[], string[]] = [[], []];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== originOf(mock)) foreign.push(request.url());
  });
  await page.goto(`${originOf(mock)}/`);
  return { mock, page, complaints, foreign };
};

/** Expressions are text: the tests are compiled without the types of a browser. */
const evaluate = <T>(page: Page, expression: string): Promise<T> => page.evaluate<T>(expression);

const sendBulk = async (mock: Mock, count: number): Promise<string> => {
  const Operations = Array.from({ length: count }, (_, place) => ({
    method: 'POST',
    path: '/Users',
    bulkId: `b${place}`,
    data: user(),
  }));
  const wrong = { method: 'DELETE', path: '/Users/nobody' };
  const { body } = await clientOf(mock)('POST', '/Bulk', {
    headers: asynchronous,
    body: bulk([...Operations, wrong]),
  });
  return String(body.id).slice(0, 8);
};

const rowOf = (page: Page, id: string) => page.locator('#requests tr', { hasText: id });

const proveMotion = (browser: Browser): void => {
  void t.test('a bulk request goes from pending to done while one looks', async (t) => {
    const { mock, page, complaints, foreign } = await visit(t, browser, { workers: 1, operationMillis: 50 });
    await page.locator('#status', { hasText: 'Connected.' }).waitFor();
    t.equal(await page.locator('#pending').textContent(), '0');
    t.equal(await page.locator('#requests').textContent(), 'No request was accepted yet.');
    const row = rowOf(page, await sendBulk(mock, 40));
    await row.getByText('running').waitFor();
    t.ok(Number(await page.locator('#pending').textContent()) > 0);
    await row.getByText('done').waitFor();
    t.strictSame((await row.locator('td').allTextContents()).slice(0, 5), ['primary', 'done', '41', '40', '1']);
    t.equal(await evaluate(page, "document.querySelector('#requests progress').value"), 41);
    await page.locator('#pending', { hasText: /^0$/ }).waitFor();
    t.ok(await evaluate<boolean>(page, "document.getElementById('curve').points.length > 2"));
    t.match(await page.locator('#exchanges tr').first().textContent(), /POST202\d+\/scim\/v2\/Bulk$/);
    t.strictSame(complaints, []);
    t.strictSame(foreign, []);
  });

  void t.test('without a limit and after a restart the page says so, and goes on', async (t) => {
    const { mock, page } = await visit(t, browser, { rateLimit: false });
    await page.locator('#limits', { hasText: 'There is no rate limit.' }).waitFor();
    await mock.restart();
    const row = rowOf(page, await sendBulk(mock, 1));
    await row.getByText('done').waitFor();
    t.match(await page.locator('#state').textContent(), 'Connected.');
  });
};

const proveAccess = (browser: Browser): void => {
  void t.test('it can be paused and resumed by keyboard', async (t) => {
    const { mock, page } = await visit(t, browser);
    await page.locator('#status', { hasText: 'Connected.' }).waitFor();
    await page.keyboard.press('Tab');
    t.equal(await evaluate(page, 'document.activeElement.id'), 'pause', 'the first stop of Tab');
    await page.keyboard.press('Space');
    await page.locator('#status', { hasText: 'Paused.' }).waitFor();
    const button = page.getByRole('button');
    t.equal(await button.textContent(), 'Resume');
    const id = await sendBulk(mock, 1);
    // Another page has seen it by now, and this one has not.
    const other = await page.context().newPage();
    await other.goto(`${originOf(mock)}/`);
    await rowOf(other, id).getByText('done').waitFor();
    await other.close();
    t.equal(await rowOf(page, id).count(), 0);
    await page.keyboard.press('Enter');
    await rowOf(page, id).getByText('done').waitFor();
    t.equal(await button.textContent(), 'Pause');
    t.equal(await evaluate(page, 'document.activeElement.id'), 'pause', 'the focus stays');
  });

  void t.test('axe finds nothing, in light and in dark, wide and narrow', async (t) => {
    for (const [colorScheme, width] of [
      ['light', 1200],
      ['dark', 1200],
      ['dark', 390],
    ] as const) {
      const context: BrowserContextOptions = { colorScheme, viewport: { width, height: 900 }, bypassCSP: true };
      const { mock, page } = await visit(t, browser, { context, workers: 1, operationMillis: 20 });
      const done = rowOf(page, await sendBulk(mock, 3));
      await done.getByText('done').waitFor();
      const running = rowOf(page, await sendBulk(mock, 300));
      await running.getByText('running').waitFor();
      await clientOf(mock)('GET', '/Nothing');
      await page.locator('#exchanges', { hasText: 'no such endpoint' }).waitFor();
      await page.evaluate(axe.source);
      const violations = await evaluate<{ id: string; nodes: string[] }[]>(
        page,
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html.slice(0, 200)) })))',
      );
      t.strictSame(violations, [], `${colorScheme} ${width}`);
      t.equal(await evaluate(page, 'document.documentElement.scrollWidth'), width, 'no wider than the window');
      if (pictures === undefined) continue;
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: join(pictures, `live-${colorScheme}-${width}.png`), fullPage: true });
    }
  });

  void t.test('screen readers hear one sentence, seldom, and tables have names', async (t) => {
    const { page } = await visit(t, browser);
    await page.locator('#status', { hasText: 'Connected.' }).waitFor();
    t.equal(await page.locator('[aria-live], [role=status], [role=alert]').count(), 1);
    t.strictSame(await page.locator('h1, h2').allTextContents(), [
      'Mock, live',
      'Queue',
      'Accepted requests',
      'Rate limits',
      'HTTP requests',
    ]);
    t.equal(await page.locator('table > caption').count(), 3);
    for (const name of ['Accepted requests', 'Rate limits', 'HTTP requests'])
      t.equal(await page.getByRole('region', { name }).count(), 1, name);
  });

  void t.test('nothing moves by itself for readers who asked for less motion', async (t) => {
    const { page } = await visit(t, browser, { context: { reducedMotion: 'reduce' } });
    t.equal(await evaluate(page, "getComputedStyle(document.getElementById('pause')).transitionProperty"), 'none');
  });

  void t.test('without JavaScript the page says where the figures are', async (t) => {
    const { page } = await visit(t, browser, { context: { javaScriptEnabled: false } });
    t.match(await page.locator('noscript').textContent(), 'This page needs JavaScript');
    t.equal(await page.locator('#pause').isVisible(), false);
    t.equal(await page.locator('noscript a').getAttribute('href'), 'metrics');
  });
};

const reason = whyNoBrowser();
if (reason === undefined) {
  const browser = await startBrowser();
  t.teardown(() => browser.close());
  proveMotion(browser);
  proveAccess(browser);
} else t.plan(0, reason);
