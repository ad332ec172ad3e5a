import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Cli, PICKLES } from './kit.js';

const cli = new Cli();

const POLICY = `fail_on: [CRITICAL, HIGH]
max_acceptable_severity: moderate
rules:
  PICKLE-STRUCT:
    owner: "ML platform"
    ticket_on: [HIGH]
    fail_on: [CRITICAL]
paths:
  - match: ["models/vendor/**"]
    max_acceptable_severity: permissive
    why: "not ours"
allow:
  - {entry: mylib.Net, why: "plain", owner: "me", expires: 2099-12-31}
  - {entry: mylib.Net, why: "plain", sha256: ${'a'.repeat(64)}}
  - {entry: mylib.Old, why: "plain", expires: 2020-01-31}
accept:
  - {fingerprint: 'v2-${'0'.repeat(31)}a', owner: board, why: sandboxed, expires: 2099-12-31}
  - {fingerprint: 'v2-${'0'.repeat(31)}b', owner: board, why: sandboxed, expires: 2020-01-31}
---
category: ARCHIVE
fail_on: [CRITICAL, HIGH, MEDIUM]
retest: "make scan"
`;
const IN_TREE = `fail_on: [LOW]
owner: somebody
max_acceptable_severity: strict
allow: [{entry: a.B, why: x}]
paths:
  - {match: ["x/**"], max_acceptable_severity: permissive}
`;
const FILES = {
  'sentinel-policy.yml': POLICY,
  'models/vendor/m.pkl': PICKLES.clean,
  'models/own/m.pkl': PICKLES.clean,
  'models/own/sentinel-policy.yml': IN_TREE,
};

interface Check {
  readonly valid: boolean;
  readonly file: string | null;
  readonly effective: Record<string, unknown> | null;
  readonly inTree: readonly {
    file: string;
    keys: readonly { key: string; used: boolean; detail: string; origin: string }[];
  }[];
  readonly files: { total: number; byPath: readonly number[] } | null;
  readonly problems: readonly { file: string; line: number | null; column: number | null; message: string }[];
}
const check = (folder: string, ...args: string[]): Check & { code: number | null } => {
  const run = cli.run(folder, ['policy', 'check', ...args, '-f', 'json']);
  return { ...(JSON.parse(run.stdout) as Check), code: run.code };
};

describe('sentinel policy check', () => {
  test('says what an acceptance covers, and that one of an earlier version counts no more', () => {
    const entry = (fingerprint: string, more = ''): string =>
      `  - {fingerprint: '${fingerprint}', owner: board, why: w, expires: 2099-12-31${more}}\n`;
    const print = '0123456789abcdef'.repeat(2);
    const pin = 'a1'.repeat(32);
    const folder = cli.folder({
      'p.yml': `accept:\n${entry(`v2-${print}`)}${entry(`v2-${print}`, `, sha256: ${pin}`)}${entry(print)}`,
    });
    const { code, stdout } = cli.run(folder, ['policy', 'check', '--policy', 'p.yml']);
    expect(code).toBe(0);
    expect(stdout).toContain('counts until 2099-12-31; in every artifact of this name in which the same would run');
    expect(stdout).toContain(`counts until 2099-12-31; in the artifact with SHA-256 ${pin} only`);
    expect(stdout).toContain(`${print}: outdated: its fingerprint is of an earlier version of Sentinel`);
  });

  test('says what holds and where it stands', () => {
    const found = check(cli.folder(FILES), 'models');
    expect(found).toMatchObject({ code: 0, valid: true, file: 'sentinel-policy.yml', problems: [] });
    expect(found.effective).toMatchObject({
      maxAcceptableSeverity: { value: { level: 1 }, origin: 'sentinel-policy.yml:2' },
      paths: [{ match: ['models/vendor/**'], maxAcceptableSeverity: { level: 2 }, origin: 'sentinel-policy.yml:9' }],
      everything: {
        failOn: { value: ['CRITICAL', 'HIGH'], origin: 'sentinel-policy.yml:1' },
        ticketOn: { value: ['MEDIUM'], origin: null },
        owner: { value: null, origin: null },
        fails: ['CRITICAL', 'HIGH'],
        tickets: ['MEDIUM'],
      },
      rules: [
        {
          scope: 'PICKLE-STRUCT',
          failOn: { value: ['CRITICAL'], origin: 'sentinel-policy.yml:7' },
          ticketOn: { value: ['HIGH'], origin: 'sentinel-policy.yml:6' },
          owner: { value: 'ML platform', origin: 'sentinel-policy.yml:5' },
          fails: ['CRITICAL'],
          tickets: ['HIGH'],
        },
      ],
      allow: [
        { entry: 'mylib.Net', state: 'counts', origin: 'sentinel-policy.yml:13' },
        { entry: 'mylib.Net', state: 'shadowed', origin: 'sentinel-policy.yml:14' },
        { entry: 'mylib.Old', state: 'expired', detail: 'its last day was 2020-01-31' },
      ],
      accept: [{ state: 'counts' }, { state: 'expired' }],
    });
    expect(found.effective?.['categories']).toContainEqual(
      expect.objectContaining({
        scope: 'ARCHIVE',
        fails: ['CRITICAL', 'HIGH', 'MEDIUM'],
        retest: { value: 'make scan', origin: 'sentinel-policy.yml:22' },
      }),
    );
    expect(found.files).toEqual({ total: 3, byPath: [1] });
  });

  test('says of a policy in the tree, key by key, what is used and what is not', () => {
    const [inner] = check(cli.folder(FILES), 'models').inTree;
    expect(inner?.file).toBe('models/own/sentinel-policy.yml');
    expect(inner?.keys.map(({ key, used, origin }) => [key, used, origin.split(':')[1]])).toEqual([
      ['owner', false, '2'],
      ['fail_on', true, '1'],
      ['max_acceptable_severity', true, '3'],
      ['paths x/**', false, '6'],
      ['allow a.B', false, '4'],
    ]);
    expect(inner?.keys[1]?.detail).toBe('LOW fails');
  });

  test('options outrank the file and are named as the source', () => {
    const found = check(cli.folder(FILES), 'models', '--max-acceptable-severity', 'strict', '--also-allow', 'mylib.B');
    expect(found.effective).toMatchObject({
      maxAcceptableSeverity: { value: { level: 0 }, origin: '--max-acceptable-severity' },
      paths: [],
    });
    expect(found.effective?.['allow']).toContainEqual(
      expect.objectContaining({ entry: 'mylib.B', origin: '--also-allow' }),
    );
  });

  test('without a policy, the built-in one applies', () => {
    const found = check(cli.folder({ 'a/m.pkl': PICKLES.clean }), 'a');
    expect(found).toMatchObject({ code: 0, file: null, effective: { everything: { failOn: { origin: null } } } });
  });

  test('without a path, the policy where the user stands counts in full', () => {
    const folder = cli.folder({ 'sentinel-policy.yml': POLICY, 'sub/x': '' });
    expect(check(folder)).toMatchObject({ code: 0, inTree: [], files: null });
    expect(check(join(folder, 'sub')).file).toBe(join(folder, 'sentinel-policy.yml'));
  });

  test('lists every problem of every file with its line, and exits 2', () => {
    const folder = cli.folder({
      'p.yml': `fial_on: []
allow:
  - {entry: os.system, why: x}
  - {entry: mylib, why: x}
---
category: PICKEL
---
rules: {__proto__: {}}
---
allow:
  - {entry: mylib.Net, why: x}
  - {entry: "mylib.*", why: x}
  - {entry: mylib.Net, why: y}
  - {entry: functools.partial, why: y}
`,
    });
    const found = check(folder, '--policy', 'p.yml');
    expect(found).toMatchObject({ code: 2, valid: false, effective: null });
    expect(
      found.problems.map(({ line, column, message }) => [line, column, message.replace(/^p\.yml:\d+:\d+: /, '')]),
    ).toEqual([
      [1, 1, expect.stringMatching(/Did you mean "fail_on"\?/)],
      [6, 11, expect.stringMatching(/Did you mean "PICKLE"\?/)],
      [8, 9, 'unknown key "__proto__" of rules'],
      [12, 13, expect.stringMatching(/refused: wildcards/)],
      [13, 13, expect.stringMatching(/stands here twice \(line 11\)/)],
      [14, 13, expect.stringMatching(/refused: it is judged by its arguments/)],
    ]);
    const text = cli.run(folder, ['policy', 'check', '--policy', 'p.yml']);
    expect(text.code).toBe(2);
    expect(text.stdout).toContain('p.yml:1:1: unknown key "fial_on"');
    expect(text.stdout).toContain('INVALID: 6 problems');
  });

  test('a broken policy deep in the tree is a problem; the rest is still shown', () => {
    const found = check(cli.folder({ ...FILES, 'models/own/sentinel-policy.yml': 'a: 1\nretest: 7\n' }), 'models');
    expect(found).toMatchObject({ code: 2, valid: false, inTree: [] });
    expect(found.effective).not.toBeNull();
    expect(found.problems.map(({ file, line }) => [file, line])).toEqual([
      ['models/own/sentinel-policy.yml', 1],
      ['models/own/sentinel-policy.yml', 2],
    ]);
  });

  test('text for people, and no cursor of theirs is moved', () => {
    const folder = cli.folder({
      ...FILES,
      'models/own/sentinel-policy.yml': 'allow: [{entry: "a\u202e.B", why: "\\e[2J"}]\n',
    });
    const run = cli.run(folder, ['policy', 'check', 'models']);
    expect(run.code).toBe(2);
    for (const character of ['\u001b', '\u202e']) expect(run.stdout).not.toContain(character);
    const fine = cli.run(cli.folder(FILES), ['policy', 'check', 'models']).stdout;
    expect(fine).toContain('fail_on    CRITICAL, HIGH  [sentinel-policy.yml:1]');
    expect(fine).toContain('ticket_on  MEDIUM  [built in]');
    expect(fine).toContain(
      'SUSPICIOUS (2) for models/vendor/**; decides 1 of 3 files; not ours  [sentinel-policy.yml:9]',
    );
    expect(fine).toContain('used     fail_on: LOW fails  [models/own/sentinel-policy.yml:1]');
    expect(fine.trimEnd().endsWith('\nVALID')).toBe(true);
  });

  test.each([
    [['policy', 'check', 'nowhere'], /there is no such file or folder/],
    [['policy', 'check', '--policy', 'gone.yml'], /cannot read the policy gone\.yml/],
    [['policy', 'check', '--also-allow', 'os.system'], /is refused/],
    [['policy', 'check', '--max-acceptable-severity', 'strickt'], /Did you mean "strict"\?/],
    [['policy', 'chekc'], /check/],
  ])('bad usage is one line and exit code 2: %j', (args, message) => {
    const run = cli.run(cli.folder({ 'x.pkl': PICKLES.clean }), args);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(message);
    expect(run.stderr.trim().split('\n')).toHaveLength(1);
  });

  test('help has examples and exit codes', () => {
    const { code, stdout } = cli.run(cli.folder({}), ['policy', 'check', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('sentinel policy check ./models/');
    expect(stdout).toMatch(/Exit codes:\n {2}0 {2}valid/);
  });
});

describe('sentinel init', () => {
  const written = (folder: string, file = 'sentinel-policy.yml'): string => readFileSync(join(folder, file), 'utf8');

  test('writes what holds without it, and every example in it is valid', () => {
    const folder = cli.folder({});
    expect(cli.run(folder, ['init']).code).toBe(0);
    const found = check(folder);
    expect(found).toMatchObject({ code: 0, file: 'sentinel-policy.yml' });
    expect(found.effective).toMatchObject({
      everything: { fails: ['CRITICAL', 'HIGH'], tickets: ['MEDIUM'] },
      maxAcceptableSeverity: { value: { level: 0 } },
    });
    const examples = written(folder).replaceAll(/^# (?=[a-z_]+:|  |---)/gm, '');
    const second = cli.folder({ 'p.yml': examples });
    expect(check(second, '--policy', 'p.yml')).toMatchObject({ code: 0, problems: [] });
    expect(check(second, '--policy', 'p.yml').effective).toMatchObject({
      rules: [{ scope: 'PICKLE-EXEC' }],
      allow: [{ entry: 'mylib.model.Net', owner: 'ML platform' }],
      accept: [{ owner: 'release board' }],
      paths: [{ match: ['vendor/**'] }],
    });
  });

  test('names the schema where the package is installed, by a path that other machines have as well', () => {
    const folder = cli.folder({ 'node_modules/@artifact-sentinel/cli/dist/policy.schema.json': '{}', 'ci/x': '' });
    cli.run(folder, ['init', 'ci/sentinel-policy.yml']);
    expect(written(folder, 'ci/sentinel-policy.yml').split('\n')[0]).toBe(
      '# yaml-language-server: $schema=../node_modules/@artifact-sentinel/cli/dist/policy.schema.json',
    );
  });

  test('and otherwise the file that `sentinel policy schema` is to write', () => {
    const folder = cli.folder({});
    cli.run(folder, ['init']);
    const [first, second] = written(folder).split('\n');
    expect(first).toBe('# yaml-language-server: $schema=./sentinel-policy.schema.json');
    expect(second).toContain('sentinel policy schema > sentinel-policy.schema.json');
    const schema = JSON.parse(cli.run(folder, ['policy', 'schema']).stdout) as object;
    expect(schema).toEqual(
      JSON.parse(readFileSync(new URL('../../../schemas/policy.schema.json', import.meta.url), 'utf8')),
    );
  });

  test('a linked policy is replaced by nothing', () => {
    const folder = cli.folder({ 'x.yml': 'fail_on: []\n' });
    symlinkSync('x.yml', join(folder, 'sentinel-policy.yml'));
    expect(cli.run(folder, ['init']).code).toBe(2);
    expect(written(folder, 'x.yml')).toBe('fail_on: []\n');
  });
});
