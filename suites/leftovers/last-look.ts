/**
 * Looks, when everything is deleted, at what may still be there: an answer to DELETE does not prove it. A target may answer
 * 500 and delete, answer 204 and keep, or delete a moment later.
 */
import type { Exchange } from '../../schemas/types.js';
import type { Sighting } from './ownership.js';

/** The resources whose deletion is in doubt, each with what the last DELETE was answered. */
export class InDoubt {
  private readonly urls = new Map<string, string>();
  /** How often each URL was answered with success. */
  private readonly successes = new Map<string, number>();

  /** Notes the answer to a DELETE. */
  note(url: string, { response, failure }: Pick<Exchange, 'response' | 'failure'>): void {
    if (response === undefined) this.urls.set(url, `not answered (${failure?.message ?? 'no reason'})`);
    else if (response.status >= 300) this.urls.set(url, `answered ${response.status}`);
    else {
      const times = (this.successes.get(url) ?? 0) + 1;
      this.successes.set(url, times);
      // It was shown after the first success.
      if (times > 1) this.urls.set(url, `answered ${response.status}`);
      else this.urls.delete(url);
    }
  }

  /** A list shows it. */
  shownAgain(url: string): void {
    if (this.successes.has(url) && !this.urls.has(url)) this.urls.set(url, 'answered with success');
  }

  /** Calls `look` for each URL, and returns what is left. `look` returns undefined if there was no time. */
  async left(
    each: (urls: readonly string[], work: (url: string) => Promise<void>) => Promise<void>,
    look: (url: string) => Promise<Sighting | undefined>,
  ): Promise<string[]> {
    const found = new Map<string, Sighting>();
    const urls = [...this.urls.keys()];
    await each(urls, async (url) => {
      const sighting = await look(url);
      if (sighting !== undefined) found.set(url, sighting);
    });
    return urls.flatMap((url) => this.described(url, found.get(url)));
  }

  private described(url: string, sighting: Sighting | undefined): string[] {
    const answered = `DELETE was ${this.urls.get(url) ?? 'not sent'}`;
    if (sighting === undefined) return [`${url} (may be left: ${answered}, and there was no time to look)`];
    switch (sighting.owner) {
      case 'this run':
        return [url];
      case 'unknown':
        return [`${url} (may be left: ${answered}, and it could not be read: ${sighting.why})`];
      case 'none':
      case 'other':
        return [];
    }
  }
}
