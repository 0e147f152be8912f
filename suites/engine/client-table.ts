/** Collects what the target makes of the request shapes of clients (`--clients`). It is information beside the verdict. */
import type { ClientShape, Settings, TargetFacts } from '../../schemas/types.js';
import type { ClientPack, ShapeReading, ShapeRow } from '../definitions/client-pack.js';
import type { Profile } from '../definitions/profile.js';
import type { HarnessError } from '../errors/errors.js';
import { pathOf } from '../trace/path.js';
import type { Trace } from '../trace/trace.js';
import { unmet } from './unmet.js';

/** The values that decide which shapes are sent. */
export interface ClientOptions {
  readonly profile: Profile;
  readonly facts: TargetFacts;
  readonly settings: Settings;
}

/** The packs that the user chose, in the order of the profile. A replay (`--path`) sends only its one exercise. */
export const chosenPacks = (
  { clients = [] }: Profile,
  { clients: names = [], path }: Pick<Settings, 'clients' | 'path'>,
): readonly ClientPack[] => (path === undefined ? clients.filter(({ name }) => names.includes(name)) : []);

/** Why a shape is not sent, as a sentence; undefined if it is. */
export const whyNotSent = (
  { needs }: ShapeRow,
  { facts, settings }: Pick<ClientOptions, 'facts' | 'settings'>,
): string | undefined => {
  const why = needs.map((need) => unmet(need, facts)).find((reason) => reason !== undefined);
  return why ?? (settings.readOnly ? 'It cannot be tried without writing, which --read-only forbids.' : undefined);
};

const rowOf = (pack: ClientPack, shape: ShapeRow, reading: ShapeReading): ClientShape => ({
  client: pack.name,
  clientTitle: pack.title,
  shape: shape.name,
  title: shape.title,
  request: shape.request,
  source: shape.source,
  ...(shape.isOptional ? { optional: true } : {}),
  ...reading,
});

const keyOf = ({ client, shape }: Pick<ClientShape, 'client' | 'shape'>): string => `${client} ${shape}`;

/** The rows in the order of the profile, each once. */
export const inOrder = ({ clients = [] }: Profile, rows: readonly ClientShape[]): ClientShape[] =>
  clients.flatMap((pack) =>
    pack.shapes.flatMap((shape) => {
      const key = keyOf({ client: pack.name, shape: shape.name });
      const all = rows.filter((row) => keyOf(row) === key);
      return all.find(({ outcome }) => outcome !== 'not-tried') ?? all[0] ?? [];
    }),
  );

export class ClientTable {
  private readonly packs: readonly ClientPack[];
  private readonly readings = new Map<string, ShapeReading & { readonly path: string }>();

  constructor(private readonly options: ClientOptions) {
    this.packs = chosenPacks(options.profile, options.settings);
  }

  /** Whether a trace of this scenario belongs into the table: then no requirement reads it. */
  isOf(scenario: string): boolean {
    return this.packOf(scenario) !== undefined;
  }

  private packOf(scenario: string): ClientPack | undefined {
    return this.packs.find((pack) => pack.scenario.name === scenario);
  }

  private keep({ scenario, binding, path, input }: Omit<Trace, 'target' | 'entries'>, reading: ShapeReading): void {
    const pack = this.packOf(scenario);
    if (pack === undefined || typeof input !== 'string') return;
    this.readings.set(keyOf({ client: pack.name, shape: input }), {
      ...reading,
      path: pathOf(scenario, binding, path),
    });
  }

  add(trace: Trace): void {
    const pack = this.packOf(trace.scenario);
    if (pack !== undefined) this.keep(trace, pack.read(trace));
  }

  /** An error of this tool ended the exercise. */
  addCrash(about: Omit<Trace, 'target' | 'entries'>, { message }: HarnessError): void {
    this.keep(about, { outcome: 'not-tried', reason: `An error of scim-conformance itself ended it: ${message}.` });
  }

  private whyMissing(): string {
    const { shard } = this.options.settings;
    return shard === undefined
      ? 'The run ended before it was tried.'
      : 'Another part of the run tries it (--shard), or the run ended before.';
  }

  /** A row for each shape of the chosen clients; undefined if none was chosen. */
  rows(): ClientShape[] | undefined {
    if (this.packs.length === 0) return undefined;
    return this.packs.flatMap((pack) =>
      pack.shapes.map((shape) => {
        const reading = this.readings.get(keyOf({ client: pack.name, shape: shape.name }));
        const reason = whyNotSent(shape, this.options) ?? this.whyMissing();
        return rowOf(pack, shape, reading ?? { outcome: 'not-tried', reason });
      }),
    );
  }
}
