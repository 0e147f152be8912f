/** What a trace shows of lists: their pages, and what is known about a list when a page of it comes. */
import { listPagesOf, type ListPage } from '../../../judging/list-page.js';
import type { TraceView } from '../../../judging/trace-view.js';
import { ownListSteps } from '../../../scenarios/building-blocks/own-list.js';
import { listPagesSteps } from '../../../scenarios/synchronous/list-pages.js';
import { succeeded } from '../../../trace/answers.js';
import { responseObject } from '../../../trace/message.js';
import { isStep } from '../../../trace/step.js';

/** What is known about the list when a page of it comes. */
export interface KnownList {
  /** Number of own resources that the filter can find; undefined if the list has others, too. */
  readonly size: number | undefined;
  /** Number of own resources that this page and earlier ones have shown. */
  readonly seen: number;
  /** Whether pages by index are denied, so that startIndex has no meaning. */
  readonly hasNoIndex: boolean;
  /** Whether the page shows what an earlier one has shown, so that its place is wrong anyway. */
  readonly isRepeated: boolean;
}

export interface ListsRead {
  /** In order, without those of trials and invalid filters. */
  readonly judged: readonly ListPage[];
  /** Number of own resources. */
  readonly size: number;
  /** The own resources that answers to the same query have shown before this page, with the page or without it. */
  readonly shownBy: (page: ListPage, including: 'with' | 'without') => ReadonlySet<string>;
  readonly known: (page: ListPage) => KnownList;
}

const ownIdsIn = (trace: TraceView): ReadonlySet<string> =>
  new Set(
    trace
      .answered('create')
      .filter(succeeded)
      .flatMap((create) => {
        const id = responseObject(create)?.id;
        return typeof id === 'string' ? [id] : [];
      }),
  );

/** The ids that this page has in common with the pages of the list before it. */
export const repeatedOn = (page: ListPage, pages: readonly ListPage[]): readonly string[] => {
  const before = new Set(pages.filter(({ exchange }) => exchange.n < page.exchange.n).flatMap(({ ids }) => ids));
  return page.ids.filter((id) => before.has(id));
};

export const listsIn = (trace: TraceView): ListsRead => {
  const own = ownIdsIn(trace);
  const all = listPagesOf(
    trace.answered('search').filter((search) => listPagesSteps.invalidFilter.valueOf(search) === undefined),
  );
  const traversal = all.filter(({ exchange }) => isStep(exchange, listPagesSteps.page));
  const shownBy = (page: ListPage, including: 'with' | 'without'): ReadonlySet<string> =>
    new Set(
      all
        .filter(({ asked }) => asked.filter === page.asked.filter)
        .filter(({ exchange: { n } }) => n < page.exchange.n || (including === 'with' && n === page.exchange.n))
        .flatMap(({ ids }) => ids.filter((id) => own.has(id))),
    );
  return {
    judged: all.filter(({ exchange }) => !isStep(exchange, ownListSteps.trial)),
    size: own.size,
    shownBy,
    known: (page) => ({
      size: page.asked.filter === undefined ? undefined : own.size,
      seen: shownBy(page, 'with').size,
      hasNoIndex: trace.target.capabilities.index === false,
      isRepeated: traversal.includes(page) && repeatedOn(page, traversal).length > 0,
    }),
  };
};
