/** ERR-08. An error may repeat what the client sent, but it must not show what only the server knows. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { type Leak, leakedInternals } from '../../judging/leaked-internals.js';
import { errorsIn } from './errors-in.js';

const codes = {
  'stack-trace-shown': 'an error shows a stack trace',
  'file-path-shown': 'an error shows a path of the server',
  'query-shown': 'an error shows a database query',
};

const codeOfKind: Readonly<Record<Leak['kind'], keyof typeof codes>> = {
  'a stack trace': 'stack-trace-shown',
  'a file path': 'file-path-shown',
  'a query': 'query-shown',
};

export const err08 = defineRequirement({
  id: 'ERR-08',
  since: '1.0',
  level: 'SHOULD',
  title: 'no error shows a stack trace, a file path or a query',
  source: cite('P-Sec'),
  needs: {},
  guide: {
    why: [
      'Stack traces, file paths and queries tell an attacker which versions run, where files are and what the tables are called.',
      'A client can do nothing with them.',
    ],
    tested: [
      'Every answer of 400 or more, and every SCIM error in a result or completion event, is searched for stack traces (JavaScript, Java, Kotlin, Scala, Python, Go, .NET), file paths (`/usr/…`, `/home/…`, `C:\\…`, `node_modules/`) and SQL statements.',
      'Text that only repeats the URL or body of the request is not a finding.',
      'It is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Do not send the message of an exception: write your own `detail` for errors that you know, and a general one for all others.',
      'Log the details under an id, and put that id into `detail`.',
      'Turn the framework’s debug or development error page off in production.',
    ],
  },
  codes,
  from: 'every',
  looksAt: 'any',
  judge: (trace) =>
    judgeEach(
      trace.answered().filter((exchange) => exchange.response.status >= 400 || errorsIn(trace, exchange).length > 0),
      (exchange) => {
        const shown =
          exchange.response.status >= 400 ? exchange.response.body : JSON.stringify(errorsIn(trace, exchange));
        const leak = leakedInternals(shown, `${exchange.request.url} ${exchange.request.body ?? ''}`);
        return leak === undefined
          ? undefined
          : {
              code: codeOfKind[leak.kind],
              expected: 'no internals in an error',
              actual: `it shows ${leak.kind}: «${leak.text}»`,
              exchanges: [exchange],
            };
      },
    ),
});
