import t from 'tap';
import { InDoubt } from '../../../suites/leftovers/last-look.js';
import type { Sighting } from '../../../suites/leftovers/ownership.js';

const answered = (status: number) => ({ response: { status, headers: [], body: '', truncated: false } });

const ours: Sighting = { owner: 'this run', name: 'scimc-1-1' };

const lookAt =
  (shown: Readonly<Record<string, Sighting | undefined>>, looks: string[] = []) =>
  (url: string): Promise<Sighting | undefined> => {
    looks.push(url);
    return Promise.resolve(url in shown ? shown[url] : { owner: 'none' });
  };

const oneByOne = async (urls: readonly string[], work: (url: string) => Promise<void>): Promise<void> => {
  for (const url of urls) await work(url);
};

void t.test('what is there is listed, and what is gone is not, whatever DELETE was answered', async (t) => {
  const doubt = new InDoubt();
  for (const status of [404, 410, 500]) {
    doubt.note(`/gone/${status}`, answered(status));
    doubt.note(`/there/${status}`, answered(status));
  }
  doubt.note('/cut', { failure: { code: 'connection', message: 'it was reset' } });
  const shown = { '/there/404': ours, '/there/410': ours, '/there/500': ours, '/cut': ours };
  t.strictSame(await doubt.left(oneByOne, lookAt(shown)), ['/there/404', '/there/410', '/there/500', '/cut']);
});

void t.test('what DELETE was answered with success is looked at if a list shows it again', async (t) => {
  const doubt = new InDoubt();
  const looks: string[] = [];
  for (const url of ['/deleted', '/shown', '/shown-and-gone', '/twice']) doubt.note(url, answered(204));
  doubt.shownAgain('/shown');
  doubt.shownAgain('/shown-and-gone');
  doubt.note('/twice', answered(204));
  doubt.shownAgain('/never-deleted');
  t.strictSame(await doubt.left(oneByOne, lookAt({ '/shown': ours, '/twice': ours }, looks)), ['/shown', '/twice']);
  t.strictSame(looks, ['/shown', '/shown-and-gone', '/twice', '/deleted']);
});

void t.test(
  'of what was deleted, alone or together, two of each endpoint are looked at, and all if one is there',
  async (t) => {
    const deleted = (there: readonly string[]) => {
      const doubt = new InDoubt();
      const looks: string[] = [];
      for (const id of [1, 2, 3, 4]) doubt.noteTogether(`/Groups/${id}`);
      for (const id of [1, 2, 3, 4]) doubt.note(`/Users/${id}`, answered(204));
      const shown = Object.fromEntries(there.map((url) => [url, ours]));
      return doubt.left(oneByOne, lookAt(shown, looks)).then((left) => ({ left, looks }));
    };
    const samples = ['/Groups/1', '/Groups/4', '/Users/1', '/Users/4'];
    t.strictSame(await deleted([]), { left: [], looks: samples });
    const kept = ['/Groups/1', '/Groups/3', '/Groups/4'];
    t.strictSame(await deleted(kept), {
      left: ['/Groups/1', '/Groups/4', '/Groups/3'],
      looks: ['/Groups/1', '/Groups/4', '/Groups/2', '/Groups/3', '/Users/1', '/Users/4'],
    });
  },
);

void t.test('what could not be looked at says so, and what belongs to somebody else is not listed', async (t) => {
  const doubt = new InDoubt();
  for (const url of ['/no-time', '/unreadable', '/of-another']) doubt.note(url, answered(503));
  const shown = {
    '/no-time': undefined,
    '/unreadable': { owner: 'unknown', why: 'it was answered 500' },
    '/of-another': { owner: 'other' },
  } as const;
  t.strictSame(await doubt.left(oneByOne, lookAt(shown)), [
    '/no-time (may be left: DELETE was answered 503, and there was no time to look)',
    '/unreadable (may be left: DELETE was answered 503, and it could not be read: it was answered 500)',
  ]);
});
