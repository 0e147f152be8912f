/** Faults in what the answers to writes of groups show: CORE-03. */
import { answering, bodyOf, on, without } from './answers.js';
import type { Fault } from './fault.js';

const group = /^\/Groups\/[^/]+$/;

/** A fault that answers writes by this method with the members that the last read of the group has shown. */
const withFormerMembers = (method: 'PUT' | 'PATCH'): Fault['seams'] =>
  answering(() => {
    const read = new Map<string, unknown>();
    const [isRead, isWrite] = [on(200, 'GET', group), on(200, method, group)];
    return (answer, request) => {
      const body = bodyOf(answer);
      if (isRead(answer, request)) read.set(request.path, body.members);
      if (!isWrite(answer, request) || !read.has(request.path)) return answer;
      const members = read.get(request.path);
      return { ...answer, body: members === undefined ? without(body, 'members') : { ...body, members } };
    };
  });

export const groupAnswerFaults: readonly Fault[] = [
  {
    name: 'group-patch-answers-with-former-members',
    title: 'a PATCH of a group whose answer shows the members from before it',
    breaks: ['CORE-03'],
    seams: withFormerMembers('PATCH'),
  },
  {
    name: 'group-put-answers-with-former-members',
    title: 'a PUT of a group whose answer shows the members from before it',
    breaks: ['CORE-03'],
    seams: withFormerMembers('PUT'),
  },
];
