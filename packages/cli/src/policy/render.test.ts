import { OUTDATED, type EffectivePolicy, type EffectiveScope } from '@artifact-sentinel/core/internal';
import { describe, expect, test } from 'vitest';
import type { PolicyCheck } from './check-report.js';
import { renderCheck } from './render.js';

const EVERYTHING: EffectiveScope = {
  scope: 'everything',
  failOn: { value: ['CRITICAL', 'HIGH'], origin: 'p.yml:1' },
  ticketOn: { value: [], origin: null },
  reach: [],
  owner: { value: null, origin: null },
  retest: { value: 'make scan', origin: 'p.yml:2' },
  fails: ['CRITICAL', 'HIGH'],
  tickets: [],
};
const EFFECTIVE: EffectivePolicy = {
  maxAcceptableSeverity: { value: { level: 1, name: 'POSSIBLY_UNSAFE' }, origin: null },
  paths: [],
  everything: EVERYTHING,
  categories: [],
  rules: [],
  allow: [],
  accept: [],
  sourceComments: { value: [], origin: null },
  warnings: [],
};
const CHECK: PolicyCheck = {
  schemaVersion: 1,
  valid: true,
  file: 'p.yml',
  named: true,
  by: '--policy',
  effective: EFFECTIVE,
  inTree: [],
  files: null,
  notes: [],
  problems: [],
};
const linesOf = (check: Partial<PolicyCheck>): readonly string[] => renderCheck({ ...CHECK, ...check }).split('\n');
const withEffective = (effective: Partial<EffectivePolicy>, check: Partial<PolicyCheck> = {}): readonly string[] =>
  linesOf({ ...check, effective: { ...EFFECTIVE, ...effective } });
/** The lines behind a title, to the next empty one. */
function under(title: string, lines: readonly string[]): readonly string[] {
  const from = lines.indexOf(title);
  return from < 0 ? [] : lines.slice(from + 1, lines.indexOf('', from));
}

test('a policy that says little, line for line', () => {
  const [head, ...lines] = linesOf({});
  expect(head).toMatch(/^Policy: p\.yml, \S/);
  expect(lines).toEqual([
    '',
    'Actions',
    '  everything',
    '    fail_on    CRITICAL, HIGH  [p.yml:1]',
    '    ticket_on  nothing  [built in]',
    "    owner      each rule's own  [built in]",
    '    retest     make scan  [p.yml:2]',
    '    so         CRITICAL, HIGH fail; nothing needs a ticket',
    '',
    'Highest acceptable level',
    '  POSSIBLY_UNSAFE (1)  [built in]',
    '',
    'Comments in source',
    '  accept nothing  [built in]',
    '',
    'VALID',
    '',
  ]);
});

test.each<[Pick<EffectiveScope, 'fails' | 'tickets'>, string]>([
  [{ fails: [], tickets: ['LOW', 'MEDIUM'] }, 'nothing fails; LOW, MEDIUM need a ticket'],
  [{ fails: ['LOW'], tickets: ['MEDIUM'] }, 'LOW fails; MEDIUM needs a ticket'],
])('the verb goes with the number: %j', (actions, said) => {
  const lines = withEffective({ everything: { ...EVERYTHING, ...actions } });
  expect(under('Actions', lines).at(-1)).toBe(`    so         ${said}`);
});

test('reach, and scopes by category and rule', () => {
  const reach = [{ reach: 'rare' as never, value: 'ticket' as const, origin: 'p.yml:3' }];
  const lines = withEffective({
    categories: [{ ...EVERYTHING, scope: 'PICKLE', reach }],
    rules: [{ ...EVERYTHING, scope: 'PICKLE-EXEC', owner: { value: 'us', origin: 'p.yml:4' } }],
  });
  expect(under('Actions', lines).filter((line) => !line.startsWith('    '))).toEqual([
    '  everything',
    '  category PICKLE',
    '  rule PICKLE-EXEC',
  ]);
  expect(lines).toContain('    reach      rare: ticket at most  [p.yml:3]');
  expect(lines).toContain('    owner      us  [p.yml:4]');
});

test('paths, with how many files each decides where files were looked at', () => {
  const level = { level: 2, name: 'SUSPICIOUS' } as EffectivePolicy['maxAcceptableSeverity']['value'];
  const paths = [
    { match: ['a/**', 'b'], maxAcceptableSeverity: level, why: 'not ours', origin: 'p.yml:5' },
    { match: ['c'], maxAcceptableSeverity: level, why: null, origin: 'p.yml:6' },
  ] as EffectivePolicy['paths'];
  expect(under('Highest acceptable level', withEffective({ paths })).slice(1)).toEqual([
    '  SUSPICIOUS (2) for a/** b; not ours  [p.yml:5]',
    '  SUSPICIOUS (2) for c  [p.yml:6]',
  ]);
  const counted = withEffective({ paths }, { files: { total: 3, byPath: [2, 0] } });
  expect(under('Highest acceptable level', counted).slice(1)).toEqual([
    '  SUSPICIOUS (2) for a/** b; decides 2 of 3 files; not ours  [p.yml:5]',
    '  SUSPICIOUS (2) for c; decides 0 of 3 files  [p.yml:6]',
  ]);
  const one = withEffective({ paths: paths.slice(1) }, { files: { total: 1, byPath: [1] } });
  expect(under('Highest acceptable level', one)[1]).toBe('  SUSPICIOUS (2) for c; decides 1 of 1 file  [p.yml:6]');
});

describe('entries', () => {
  const ALLOW = {
    entry: 'my.Net',
    why: null,
    owner: null,
    expires: null,
    sha256: null,
    origin: 'p.yml:7',
    state: 'counts',
    detail: null,
  } as EffectivePolicy['allow'][number];
  const PIN = 'a1'.repeat(32);

  test.each<[Partial<EffectivePolicy['allow'][number]>, string]>([
    [{}, 'counts'],
    [{ expires: '2099-12-31' }, 'counts; until 2099-12-31'],
    [
      { state: 'expired', expires: '2020-01-31', detail: 'its last day was 2020-01-31' },
      'expired (its last day was 2020-01-31)',
    ],
    [{ sha256: PIN, owner: 'me', why: 'w' }, `counts; for the artifact with SHA-256 ${PIN} only; owner: me; why: w`],
  ])('allow %j', (item, said) => {
    const lines = withEffective({ allow: [{ ...ALLOW, ...item }] });
    expect(under('Allow entries', lines)).toEqual([`  my.Net: ${said}  [p.yml:7]`]);
    expect(lines).not.toContain('Accepted risks');
  });

  const ACCEPT = {
    fingerprint: 'v2-00',
    owner: 'board',
    why: 'w',
    expires: null,
    sha256: null,
    origin: 'p.yml:8',
    state: 'counts',
  } as EffectivePolicy['accept'][number];
  const EVERYWHERE = 'in every artifact of this name in which the same would run; sha256 pins it to one';

  test.each<[Partial<EffectivePolicy['accept'][number]>, string]>([
    [{}, `counts; ${EVERYWHERE}`],
    [{ expires: '2099-12-31' }, `counts until 2099-12-31; ${EVERYWHERE}`],
    [{ state: 'expired', expires: '2020-01-31' }, `expired; its last day was 2020-01-31; ${EVERYWHERE}`],
    [{ sha256: PIN }, `counts; in the artifact with SHA-256 ${PIN} only`],
    [{ state: 'outdated', expires: '2020-01-31' }, `outdated: ${OUTDATED}`],
  ])('accept %j', (item, said) => {
    const lines = withEffective({ accept: [{ ...ACCEPT, ...item }] });
    expect(under('Accepted risks', lines)).toEqual([`  v2-00: ${said}; owner: board; why: w  [p.yml:8]`]);
    expect(lines).not.toContain('Allow entries');
    // An empty line stands before what comes next.
    expect(lines[lines.indexOf('Comments in source') - 1]).toBe('');
  });

  test('both, one behind the other', () => {
    const lines = withEffective({ allow: [ALLOW], accept: [ACCEPT] });
    expect(lines.indexOf('Accepted risks') - lines.indexOf('Allow entries')).toBe(3);
    expect(lines.indexOf('Comments in source') - lines.indexOf('Accepted risks')).toBe(3);
  });
});

test('comments in source, warnings, notes and problems', () => {
  const sourceComments = { value: ['a/**', 'b'], origin: 'p.yml:9' };
  const lines = withEffective({ sourceComments, warnings: ['one', 'two'] }, { notes: ['x is not read'] });
  expect(under('Comments in source', lines)).toEqual(['  accept findings in a/** b  [p.yml:9]']);
  expect(under('Warnings', lines)).toEqual(['  one', '  two']);
  expect(lines.slice(1, 3)).toEqual(['x is not read', '']);
  expect(lines).not.toContain('Problems');
  const problem = (message: string) => ({ file: 'p.yml', line: 1, column: null, message });
  const broken = linesOf({ valid: false, effective: null, problems: [problem('bad'), problem('worse\u001b[2J')] });
  expect(broken.slice(1)).toEqual([
    '',
    'Problems',
    '  bad',
    '  worse\\x1b[2J',
    '',
    'INVALID: 2 problems; a scan ends with exit code 2.',
    '',
  ]);
});

test('one problem is said as well', () => {
  const problems = [{ file: 'p.yml', line: 1, column: 2, message: 'p.yml:1:2: bad' }];
  expect(linesOf({ valid: false, effective: null, problems }).slice(1)).toEqual([
    '',
    'Problems',
    '  p.yml:1:2: bad',
    '',
    'INVALID: 1 problem; a scan ends with exit code 2.',
    '',
  ]);
});

test('nothing that a policy says moves a cursor', () => {
  const evil = 'x\u001b[2J\ny';
  const shown = 'x\\x1b[2J\\ny';
  const level = { level: 2, name: 'SUSPICIOUS' } as EffectivePolicy['maxAcceptableSeverity']['value'];
  const lines = withEffective(
    {
      everything: { ...EVERYTHING, owner: { value: evil, origin: evil } },
      paths: [{ match: [evil], maxAcceptableSeverity: level, why: evil, origin: evil }] as EffectivePolicy['paths'],
      sourceComments: { value: [evil], origin: evil },
      warnings: [evil],
    },
    {
      file: evil,
      notes: [evil],
      inTree: [
        { file: evil, keys: [{ key: evil, origin: evil, used: true, detail: evil }] },
      ] as unknown as PolicyCheck['inTree'],
    },
  );
  expect(lines.join('\n')).not.toContain('\u001b');
  expect(lines[0]?.startsWith(`Policy: ${shown}, `)).toBe(true);
  expect(lines[1]).toBe(shown);
  expect(lines).toContain(`    owner      ${shown}  [${shown}]`);
  expect(lines).toContain(`  SUSPICIOUS (2) for ${shown}; ${shown}  [${shown}]`);
  expect(lines).toContain(`  accept findings in ${shown}  [${shown}]`);
  expect(lines).toContain(`  used     ${shown}: ${shown}  [${shown}]`);
  expect(under('Warnings', lines)).toEqual([`  ${shown}`]);
});

test('a policy of the tree, key by key', () => {
  const keys = [
    { key: 'fail_on', origin: 'm/p.yml:1', used: true, detail: 'LOW fails' },
    { key: 'owner', origin: 'm/p.yml:2', used: false, detail: 'ignored here' },
  ] as PolicyCheck['inTree'][number]['keys'];
  const lines = linesOf({
    inTree: [
      { file: 'm/p.yml', keys },
      { file: 'n/p.yml', keys: [] },
    ],
  });
  const from = lines.findIndex((line) => line.startsWith('m/p.yml lies in what is scanned'));
  expect(lines.slice(from + 1, from + 7)).toEqual([
    '  used     fail_on: LOW fails  [m/p.yml:1]',
    '  ignored  owner: ignored here  [m/p.yml:2]',
    '',
    expect.stringMatching(/^n\/p\.yml lies in what is scanned/),
    '  it says nothing',
    '',
  ]);
});

test('without a policy', () => {
  expect(linesOf({ file: null, by: null })[0]).toBe('No policy was found; the built-in policy applies.');
});

test('a text of a file is cut', () => {
  const why = 'w'.repeat(5_000);
  const lines = withEffective({ warnings: [why] });
  const [shown = ''] = under('Warnings', lines);
  expect(shown.startsWith('  www')).toBe(true);
  expect(shown.length).toBeLessThan(1_100);
});
