/** Renames that would not come back when they are translated twice are refused. */
import t from 'tap';
import { mistakesInRenames } from '../../../../schemas/wire/mistakes.js';
import type { Renames } from '../../../../schemas/wire/renames.js';
import { renamed } from './renamed.js';

const refused = (renames: Renames): string[] => mistakesInRenames(renames).map(({ group, name }) => `${group} ${name}`);

void t.test('renames that can be undone have no mistakes', (t) => {
  t.strictSame(mistakesInRenames({}), []);
  t.strictSame(mistakesInRenames(renamed), []);
  t.end();
});

void t.test('a name is used once: as a new name, or as that of another rename', (t) => {
  t.strictSame(refused({ fields: { 'X-A': 'X-C', 'X-B': 'x-c' } }), ['fields X-B']);
  t.strictSame(refused({ members: { a: 'b', b: 'c' } }), ['members b']);
  t.strictSame(refused({ members: { a: 'A' } }), ['members a']);
  t.strictSame(refused({ members: { a: '' } }), ['members a']);
  t.strictSame(refused({ urns: { 'urn:a:b': 'urn:x:y', 'urn:a:b:c': 'urn:x:z' } }), ['urns urn:a:b:c']);
  t.strictSame(refused({ mediaTypes: { 'a/b': 'c/d', 'e/f': 'C/D' } }), ['mediaTypes e/f']);
  t.strictSame(refused({ fields: { 'Content-Length': 'X-Length' } }), ['fields Content-Length']);
  t.end();
});

void t.test('a path keeps its names in braces, and fits no path of another rename', (t) => {
  for (const paths of [
    { '/a/{id}': '/b' },
    { '/a/{id}': '/b/{other}' },
    { '/a/{id}/{id}': '/b/{id}/{id}' },
    { 'a/{id}': '/b/{id}' },
    { '/a': '/b?c' },
    { '/a/{id}': '/{id}/b' },
  ])
    t.strictSame(refused({ paths }), [`paths ${Object.keys(paths).join()}`]);
  t.strictSame(refused({ paths: { '/a/{id}': '/b/{id}', '/{x}/c': '/d/{x}/e' } }), ['paths /{x}/c']);
  t.strictSame(refused({ paths: { '/a/{id}': '/b/{id}', '/a/{id}/c': '/b/{id}/c' } }), []);
  t.end();
});
