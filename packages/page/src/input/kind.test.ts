import { expect, test } from 'vitest';
import type { Given } from './dropped.js';
import { kindOfGiven } from './kind.js';

const REPORT = '{"schemaVersion":5,"tool":{"name":"sentinel"';
const given = (paths: Readonly<Record<string, string>>, roots = Object.keys(paths)): Given =>
  ({
    files: Object.entries(paths).map(([path, text]) => ({ path, file: new Blob([text]) })),
    roots,
  }) as unknown as Given;

test.each<readonly [string, Given, string]>([
  ['a report', given({ 'r.json': `${REPORT}}}` }), 'report'],
  ['a report with a mark and spaces', given({ 'r.JSON': `\ufeff ${REPORT.replaceAll(':', ' : ')}` }), 'report'],
  ['another document', given({ 'r.json': '{"a":1}' }), 'files'],
  ['a report that begins too late', given({ 'r.json': `${' '.repeat(512)}${REPORT}` }), 'files'],
  ['a report that begins in time', given({ 'r.json': `${' '.repeat(512 - REPORT.length)}${REPORT}` }), 'report'],
  ['a report of another name', given({ 'r.txt': REPORT }), 'files'],
  ['a policy', given({ 'sentinel-policy.yml': '' }), 'policy'],
  ['a policy of another name', given({ 'sentinel-policy-strict.YAML': '' }), 'policy'],
  ['a policy in a folder', given({ 'm/sentinel-policy.yml': '' }, ['m']), 'files'],
  ['a report in a folder', given({ 'm/r.json': REPORT }, ['m']), 'files'],
  ['a policy among files', given({ 'sentinel-policy.yml': '', 'a.pkl': '' }), 'files'],
  ['a report among files', given({ 'r.json': REPORT, 'a.pkl': '' }), 'files'],
  ['nothing', given({}), 'files'],
])('%s', async (_what, one, kind) => expect(await kindOfGiven(one)).toBe(kind));
