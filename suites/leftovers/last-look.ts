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
    else this.succeeded(url, response.status);
  }

  /** Notes a DELETE in a bulk request whose result is a success. */
  noteTogether(url: string): void {
    this.succeeded(url, 204);
  }

  private succeeded(url: string, status: number): void {
    const times = (this.successes.get(url) ?? 0) + 1;
    this.successes.set(url, times);
    // It was shown after the first success.
    if (times > 1) this.urls.set(url, `answered ${status}`);
    else this.urls.delete(url);
  }

  /** A list shows it. */
  shownAgain(url: string): void {
    if (this.successes.has(url) && !this.urls.has(url)) this.urls.set(url, 'answered with success');
  }

  /** Of each endpoint two that were deleted with success and are in no doubt, and all others. */
  private spotChecks(): { readonly sample: readonly string[]; readonly others: readonly string[] }[] {
    const byEndpoint = new Map<string, string[]>();
    for (const url of this.successes.keys()) {
      if (this.urls.has(url)) continue;
      const endpoint = url.slice(0, url.lastIndexOf('/'));
      byEndpoint.set(endpoint, [...(byEndpoint.get(endpoint) ?? []), url]);
    }
    return [...byEndpoint.values()].map((urls) => ({
      sample: [...new Set([...urls.slice(0, 1), ...urls.slice(-1)])],
      others: urls.slice(1, -1),
    }));
  }

  /**
   * Calls `look` for each URL in doubt and for a few others, and returns what is left; if one of the few is there, for all.
   * `look` returns undefined if there was no time.
   */
  async left(
    each: (urls: readonly string[], work: (url: string) => Promise<void>) => Promise<void>,
    look: (url: string) => Promise<Sighting | undefined>,
  ): Promise<string[]> {
    const found = new Map<string, Sighting>();
    const lookAt = (urls: readonly string[]): Promise<void> =>
      each(urls, async (url) => {
        const sighting = await look(url);
        if (sighting !== undefined) found.set(url, sighting);
      });
    const isThere = (url: string): boolean => found.get(url)?.owner === 'this run';
    const urls = [...this.urls.keys()];
    await lookAt(urls);
    const kept: string[] = [];
    for (const { sample, others } of this.spotChecks()) {
      await lookAt(sample);
      if (sample.some(isThere)) await lookAt(others);
      kept.push(...[...sample, ...others].filter(isThere));
    }
    return [...urls.flatMap((url) => this.described(url, found.get(url))), ...kept];
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
