/** What variants need to describe their attributes at /Schemas, and to change what is written before the mock reads it. */
import { isJson, type Json } from '../../../mock/json.js';
import type { Operation } from '../../../mock/operation.js';
import type { Transaction } from '../../../mock/ports.js';
import { withSeams, type Change, type Variant } from './variant.js';

/** Changes the attributes that /Schemas lists for one schema. */
export const inSchema = (id: string, change: (attributes: readonly Json[]) => readonly Json[]): Change => {
  const inEntry = (entry: Json): Json =>
    entry.id === id && Array.isArray(entry.attributes)
      ? { ...entry, attributes: change(entry.attributes.filter(isJson)) }
      : entry;
  return (answer, { path }) => {
    const { body } = answer;
    if (answer.status !== 200 || !isJson(body) || !/^\/Schemas(?:\/|$)/.test(path)) return answer;
    const { Resources } = body;
    return {
      ...answer,
      body: Array.isArray(Resources) ? { ...body, Resources: Resources.filter(isJson).map(inEntry) } : inEntry(body),
    };
  };
};

/** Describes one attribute of a schema in another way. */
export const describing = (id: string, name: string, characteristics: Json): Change =>
  inSchema(id, (attributes) =>
    attributes.map((attribute) => (attribute.name === name ? { ...attribute, ...characteristics } : attribute)),
  );

/** One change after the other. */
export const inTurn =
  (...changes: readonly Change[]): Change =>
  async (answer, request) => {
    let last = answer;
    for (const change of changes) last = await change(last, request);
    return last;
  };

export const editsIn = ({ method, data }: Operation): readonly Json[] =>
  method === 'PATCH' && isJson(data) && Array.isArray(data.Operations) ? data.Operations.filter(isJson) : [];

/** What a write says about users: the body of a POST or PUT, or each edit of a PATCH. */
interface Writing {
  readonly inBody?: (user: Json) => Json;
  readonly inEdit?: (edit: Json) => Json;
}

export const writtenOtherwise = (operation: Operation, { inBody, inEdit }: Writing): Operation => {
  const { method, path, data } = operation;
  if (!path.startsWith('/Users') || !isJson(data)) return operation;
  if (method !== 'PATCH') return inBody === undefined ? operation : { ...operation, data: inBody(data) };
  return inEdit === undefined || editsIn(operation).length === 0
    ? operation
    : { ...operation, data: { ...data, Operations: editsIn(operation).map(inEdit) } };
};

/** Changes each operation, or throws a Problem, before it is applied. */
export const before =
  (
    change: (operation: Operation, transaction: Transaction) => Operation | Promise<Operation>,
  ): NonNullable<ReturnType<Variant['make']>['seams']> =>
  ({ apply }) => ({
    apply: async (operation, transaction) => apply(await change(operation, transaction), transaction),
  });

export const writing = (change: Parameters<typeof before>[0]): Variant['make'] => withSeams(before(change));
