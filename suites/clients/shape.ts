/**
 * The request shapes of a client as data. Texts may contain placeholders in braces, which are replaced by names and ids of
 * the resources that the scenario creates: see `names.ts`.
 */
import { urn } from '../../schemas/names.js';
import type { Needs } from '../contract/needs.js';

/** An attribute that the read afterwards has to show. */
export type Effect =
  | {
      /** As in a PATCH request (RFC 7644 §3.10), such as `emails[type eq "work"].value`. */
      readonly path: string;
      readonly is: string | boolean;
    }
  /** Exactly these members. */
  | { readonly members: readonly string[] };

export type Expectation =
  /** The resource shows the effects, and its members are the same if `keepsMembers`. */
  | { readonly kind: 'changed'; readonly effects: readonly Effect[]; readonly keepsMembers?: true }
  | { readonly kind: 'created'; readonly effects: readonly Effect[] }
  /** The list holds exactly the resources with these ids. `or404`: the client takes a 404 for an empty list. */
  | { readonly kind: 'found'; readonly ids: readonly string[]; readonly or404?: true; readonly withoutMembers?: true }
  /** The answer shows the resource without its members. */
  | { readonly kind: 'read-without-members' }
  /** At most so many resources, with numbers that are JSON numbers. */
  | { readonly kind: 'page'; readonly count: number };

/**
 * What exists before the request: nothing, so that the request uses a new name; a user; or a group and two users, of whom
 * these are members.
 */
export type Start =
  | { readonly kind: 'new-user' }
  | { readonly kind: 'new-group' }
  | { readonly kind: 'user'; readonly with?: Readonly<Record<string, unknown>> }
  | { readonly kind: 'group'; readonly members: 'none' | 'user' | 'both' };

export interface ShapeRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** Under the base URL. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The body is the resource as it was read, with these attributes instead of its own. */
  readonly asReadWith?: Readonly<Record<string, unknown>>;
}

export interface Shape {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly start: Start;
  readonly request: ShapeRequest;
  readonly expects: Expectation;
  readonly needs: readonly Needs[];
  readonly isOptional?: true;
}

export interface Client {
  readonly name: string;
  readonly title: string;
  readonly shapes: readonly Shape[];
}

export const patchOf = (
  path: ShapeRequest['path'],
  ...Operations: readonly Readonly<Record<string, unknown>>[]
): ShapeRequest => ({ method: 'PATCH', path, body: { schemas: [urn.patchOp], Operations } });

export const patches: Needs = { capability: 'patch' };
export const filters: Needs = { capability: 'filter' };
export const groups: Needs = { capability: 'groups' };
