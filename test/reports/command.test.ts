import t from 'tap';
import { replayCommand, runCommand } from '../../reports/command.js';
import { conformantReport, evidenceOf } from './sample-report.js';

void t.test('a run is repeated with what the user said of the target', (t) => {
  const { settings } = conformantReport();
  const told = { ...settings, serves: ['respond-async' as const], features: ['cancel', 'statusToken'] };
  const said = / --serves respond-async --feature cancel statusToken( |$)/;
  t.match(runCommand(told), said);
  t.match(replayCommand(told, 'CNCL-01', evidenceOf()), said);
  t.notMatch(runCommand(settings), /--serves|--feature/);
  t.end();
});

void t.test('a run that a target file described is repeated with it', (t) => {
  const { settings } = conformantReport();
  t.match(
    runCommand({ ...settings, targetFile: 'my target.json' }),
    /^scim-conformance --config 'my target.json' --target \S+ /,
  );
  t.match(runCommand(settings), /^scim-conformance --target \S+ /);
  t.end();
});
