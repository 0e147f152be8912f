/**
 * Makes one asynchronous write of each kind, and reads its effect as soon as its completion is seen. The same write is
 * made synchronously as well: a write that the provider does not support at all is no finding.
 */
import { plainGroup, wordedUser, wordPatch } from '../../generators/worded.js';
import { createUser } from '../building-blocks/create-user.js';
import { defineScenario } from '../../definitions/scenario.js';
import { pathOfResult, readBack, searchFor } from '../building-blocks/look-again.js';

export const eachEffect = defineScenario({
  name: 'each-effect',
  title: 'reads the effect of one asynchronous write of each kind',
  needs: { binding: 'any' },
  inputs: ({ capabilities }) => [
    'create a user',
    ...(capabilities.groups ? ['create a group'] : []),
    'replace',
    ...(capabilities.patch ? ['patch'] : []),
    'delete',
  ],
  exercise: async (kind, session) => {
    if (kind.startsWith('create')) {
      const endpoint = kind === 'create a user' ? 'Users' : 'Groups';
      if (endpoint === 'Users') await createUser(session, (other) => wordedUser(other, session.word()));
      else {
        const other = plainGroup(session.groupName());
        await session.attempt({ method: 'POST', url: '/Groups', purpose: 'create', body: other });
      }
      const name = endpoint === 'Users' ? session.userName() : session.groupName();
      // A provider with a cache may answer the later search with the list of this one.
      await session.find(name, 'search', endpoint);
      const { results } = await session.complete({
        method: 'POST',
        url: `/${endpoint}`,
        body: endpoint === 'Users' ? wordedUser(name, session.word()) : plainGroup(name),
        subject: name,
        operations: [{ method: 'POST', path: `/${endpoint}`, expected: 'success', userName: name }],
      });
      const path = pathOfResult(session, results[0]);
      if (path !== undefined) await readBack(session, path);
      await searchFor(session, name, results[0]?.status === '201' ? 1 : 0, endpoint);
      return;
    }
    const { userName, path } = await createUser(session, (name) => wordedUser(name, session.word()));
    const method = kind === 'replace' ? 'PUT' : kind === 'patch' ? 'PATCH' : 'DELETE';
    const body =
      method === 'PUT'
        ? { body: wordedUser(userName, session.word()) }
        : method === 'PATCH'
          ? { body: wordPatch(session.word()) }
          : {};
    const submitted = await session.submit({
      method,
      url: path,
      subject: userName,
      ...body,
      operations: [{ method, path, expected: 'success' }],
    });
    if (submitted.submission.accepted) await session.settle(submitted);
    await readBack(session, path);
    if (method === 'DELETE') {
      const other = await createUser(session);
      await session.attempt({ method, url: other.path, purpose: 'delete', subject: other.userName });
      return;
    }
    // If the asynchronous write is done a second time, it overwrites this one.
    await session.attempt({
      method,
      url: path,
      purpose: method === 'PUT' ? 'replace' : 'patch',
      subject: userName,
      body: method === 'PUT' ? wordedUser(userName, session.word()) : wordPatch(session.word()),
    });
    await readBack(session, path, 'after another write');
  },
});
