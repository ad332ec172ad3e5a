import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { linkSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@artifact-sentinel/core';
import { describe, expect, test } from 'vitest';
import { Cli, PICKLES } from './kit.js';

const cli = new Cli();
const ALLOW = 'allow:\n  - entry: mylib.model.Net\n    why: reviewed\n';

describe('a policy named with --policy', () => {
  test('allows', () => {
    const folder = cli.folder({ 'm.pkl': PICKLES.net, 'p.yml': ALLOW });
    expect(cli.run(folder, ['artifact', 'm.pkl', '--policy', 'p.yml']).code).toBe(0);
  });

  test('does not allow after the last day of an entry', () => {
    const folder = cli.folder({ 'm.pkl': PICKLES.net, 'p.yml': `${ALLOW}    expires: 2020-01-31\n` });
    const run = cli.run(folder, ['artifact', 'm.pkl', '--policy', 'p.yml']);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('mylib.model.Net (p.yml:2): expired');
  });

  test('accepts a finding by its fingerprint; the finding stays', () => {
    const folder = cli.folder({ 'm.pkl': PICKLES.net });
    const first = JSON.parse(cli.run(folder, ['artifact', 'm.pkl', '-f', 'json']).stdout) as {
      findings: { fingerprint: string }[];
    };
    const accept = first.findings.map(
      (item) => `  - {fingerprint: '${item.fingerprint}', owner: board, why: x, expires: 2099-01-01}\n`,
    );
    const second = cli.folder({ 'm.pkl': PICKLES.net, 'p.yml': `accept:\n${accept.join('')}` });
    const run = cli.run(second, ['artifact', 'm.pkl', '--policy', 'p.yml']);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('PICKLE-GLOBAL-IMPORT HIGH');
    expect(run.stdout).toContain('accepted by board until 2099-01-01');
  });

  test.each([
    ['fial_on: [HIGH]\n', 'p.yml:1:1: unknown key "fial_on"', 'Did you mean "fail_on"?'],
    ['rules:\n  PICKLE-EXCE: {}\n', 'p.yml:2:3: unknown rule "PICKLE-EXCE"', 'Did you mean "PICKLE-EXEC"?'],
    ['allow:\n  - {entry: os.system, why: x}\n', 'p.yml:2:13: allow entry "os.system" is refused', 'danger list'],
  ])('that is broken is one line with its position: %j', (text, position, hint) => {
    const run = cli.run(cli.folder({ 'm.pkl': PICKLES.clean, 'p.yml': text }), [
      'artifact',
      'm.pkl',
      '--policy',
      'p.yml',
    ]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(`sentinel: ${position}`);
    expect(run.stderr).toContain(hint);
    expect(run.stderr.trim().split('\n')).toHaveLength(1);
  });

  test('that is not there', () => {
    const run = cli.run(cli.folder({ 'm.pkl': PICKLES.clean }), ['artifact', 'm.pkl', '--policy', 'p.yml']);
    expect(run).toMatchObject({ code: 2, stderr: 'sentinel: cannot read the policy p.yml: no such file or folder\n' });
  });
});

describe('a policy found by walking up', () => {
  test('from outside of what is scanned counts in full', () => {
    const folder = cli.folder({ 'sentinel-policy.yml': ALLOW, 'models/deep/m.pkl': PICKLES.net });
    expect(cli.run(folder, ['artifact', 'models']).code).toBe(0);
  });

  test('inside what is scanned cannot loosen, and says so', () => {
    const folder = cli.folder({ 'models/sentinel-policy.yml': `fail_on: []\n${ALLOW}`, 'models/m.pkl': PICKLES.net });
    const run = cli.run(folder, ['artifact', 'models']);
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/lies in what is scanned: it can tighten the gate only\. Ignored: allow; fail_on/);
  });

  test('beside a scanned file cannot loosen either, unless the user works there', () => {
    const folder = cli.folder({ 'in/sentinel-policy.yml': ALLOW, 'in/m.pkl': PICKLES.net });
    expect(cli.run(folder, ['artifact', 'in/m.pkl']).code).toBe(1);
    expect(cli.run(join(folder, 'in'), ['artifact', 'm.pkl']).code).toBe(0);
  });

  test('inside what is scanned does not hide the one of the user above it', () => {
    const folder = cli.folder({
      'sentinel-policy.yml': ALLOW,
      'models/sentinel-policy.yml': 'ticket_on: []\n',
      'models/m.pkl': PICKLES.net,
    });
    expect(cli.run(folder, ['artifact', 'models']).code).toBe(0);
  });

  const CLONE = { '.git/HEAD': '', 'sentinel-policy.yml': `fail_on: []\n${ALLOW}`, 'models/m.pkl': PICKLES.net };

  test('in a clone that is scanned whole cannot loosen, although the user stands in it', () => {
    const folder = cli.folder(CLONE);
    const run = cli.run(folder, ['artifact', '.']);
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(
      /Policy\n {2}what is built in; none of yours was found\n {2}sentinel-policy\.yml: lies in what is scanned; it tightens, no more/,
    );
    expect(run.stdout).toContain('Ignored: allow; fail_on, where it leaves severities out.');
    expect(cli.run(join(folder, 'models'), ['artifact', '..']).code).toBe(1);
    expect(cli.run(folder, ['artifact', 'models', '.']).code).toBe(1);
  });

  test('in a clone counts for a folder of it, which lies apart from it, and is named', () => {
    const folder = cli.folder(CLONE);
    for (const [cwd, path] of [
      [folder, 'models'],
      [join(folder, 'models'), '.'],
    ] as const) {
      const run = cli.run(cwd, ['artifact', path, '-q']);
      expect(run.code).toBe(0);
      expect(run.stdout).toMatch(/Policy\n {2}.*sentinel-policy\.yml: found by walking up; it lies outside/);
    }
  });

  test.each([
    [['--trust-policy-in-tree'], {}, 'lies in what is scanned, trusted by --trust-policy-in-tree'],
    [['--policy', 'sentinel-policy.yml'], {}, 'named with --policy'],
    [[], { SENTINEL_POLICY: 'sentinel-policy.yml' }, 'named by SENTINEL_POLICY'],
  ])('in a clone is the user’s by %j %j, and the report says by what', (args, env, words) => {
    const run = cli.run(cli.folder(CLONE), ['artifact', '.', ...args], env);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain(`sentinel-policy.yml: ${words}`);
  });

  test('--policy outranks SENTINEL_POLICY, and an empty variable names nothing', () => {
    const folder = cli.folder({ ...CLONE, 'strict.yml': '' });
    const SENTINEL_POLICY = 'sentinel-policy.yml';
    expect(cli.run(folder, ['artifact', '.', '--policy', 'strict.yml'], { SENTINEL_POLICY }).code).toBe(1);
    expect(cli.run(folder, ['artifact', '.'], { SENTINEL_POLICY: '' }).code).toBe(1);
    expect(cli.run(folder, ['artifact', '.'], { SENTINEL_POLICY: 'gone.yml' }).code).toBe(2);
  });

  test('that is scanned itself cannot loosen', () => {
    const folder = cli.folder(CLONE);
    expect(cli.run(folder, ['artifact', 'models/m.pkl']).code).toBe(0);
    expect(cli.run(folder, ['artifact', 'models/m.pkl', 'sentinel-policy.yml']).code).toBe(1);
  });

  test('above a checkout that is scanned whole is found, and that of the checkout tightens it', () => {
    const folder = cli.folder({
      'sentinel-policy.yml': ALLOW,
      'clone/.git/HEAD': '',
      'clone/sentinel-policy.yml': 'fail_on: []\n',
      'clone/m.pkl': PICKLES.net,
    });
    const run = cli.run(join(folder, 'clone'), ['artifact', '.']);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain(`${join(realpathSync(folder), 'sentinel-policy.yml')}: found by walking up`);
    expect(cli.run(join(folder, 'clone'), ['artifact', 'm.pkl']).code).toBe(1);
  });

  test('without any, the report says that the built-in policy applies', () => {
    const run = cli.run(cli.folder({ 'm.pkl': PICKLES.clean }), ['artifact', 'm.pkl', '-q']);
    expect(run.stdout).toContain('Policy\n  what is built in; none of yours was found\n');
  });

  test('a .git in what is scanned does not stop the walk', () => {
    const folder = cli.folder({ 'sentinel-policy.yml': ALLOW, 'models/.git/HEAD': '', 'models/m.pkl': PICKLES.net });
    expect(cli.run(folder, ['artifact', 'models']).code).toBe(0);
  });

  test('two different ones are an error', () => {
    const folder = cli.folder({
      'a/sentinel-policy.yml': ALLOW,
      'a/x/m.pkl': PICKLES.clean,
      'b/x/m.pkl': PICKLES.clean,
    });
    const run = cli.run(folder, ['artifact', 'a/x', 'b/x']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('name one with --policy');
  });
});

test('a policy by another name is not read, and the report says so', () => {
  const folder = cli.folder({ 'sentinel-policy.yaml': ALLOW, 'models/m.pkl': PICKLES.net });
  const run = cli.run(folder, ['artifact', 'models']);
  expect(run.code).toBe(1);
  expect(run.stdout).toContain('sentinel-policy.yaml is not read: a policy is called sentinel-policy.yml');
  expect(cli.run(folder, ['policy', 'check', 'models']).stdout).toContain('sentinel-policy.yaml is not read');
  expect(cli.run(folder, ['artifact', 'models', '--policy', 'sentinel-policy.yaml']).code).toBe(0);
});

describe('a policy that lies deeper in what is scanned', () => {
  const LOW = 'fail_on: [LOW, MEDIUM]\nmax_acceptable_severity: strict\n';
  const MODERATE = 'max_acceptable_severity: moderate\n';

  test('tightens for what lies beside and below it, and for nothing else', () => {
    const folder = cli.folder({
      'sentinel-policy.yml': MODERATE,
      'in/a/sentinel-policy.yml': LOW,
      'in/a/deep/m.pkl': PICKLES.trailing,
      'in/b/m.pkl': PICKLES.trailing,
    });
    const run = cli.run(folder, ['artifact', 'in']);
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(
      /in\/a\/deep\/m\.pkl is POSSIBLY_UNSAFE \(level 1\), above .* of in\/a\/sentinel-policy\.yml\./,
    );
    expect(run.stdout).not.toMatch(/in\/b\/m\.pkl is POSSIBLY_UNSAFE/);
    expect(cli.run(folder, ['artifact', 'in/b']).code).toBe(0);
  });

  test('loosens nothing, in any folder', () => {
    const folder = cli.folder({ 'in/a/sentinel-policy.yml': `fail_on: []\n${ALLOW}`, 'in/a/m.pkl': PICKLES.net });
    const run = cli.run(folder, ['artifact', 'in']);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('in/a/sentinel-policy.yml lies in what is scanned');
  });

  test('leaves what lies below it incomplete when it is broken; the rest is scanned', () => {
    const folder = cli.folder({
      'in/a/sentinel-policy.yml': 'fial_on: []\n',
      'in/a/m.pkl': PICKLES.clean,
      'in/b/m.pkl': PICKLES.clean,
    });
    const run = cli.run(folder, ['artifact', 'in']);
    expect(run.code).toBe(2);
    expect(run.stdout).toContain('in/a/m.pkl: in/a/sentinel-policy.yml:1:1: unknown key "fial_on"');
    expect(run.stdout).toContain('in 2 artifacts (1 clean, 1 incomplete)');
  });

  test('of several paths scanned at once each has its own', () => {
    const folder = cli.folder({
      'sentinel-policy.yml': MODERATE,
      'a/sentinel-policy.yml': LOW,
      'a/m.pkl': PICKLES.trailing,
      'b/m.pkl': PICKLES.trailing,
    });
    const run = cli.run(folder, ['artifact', 'a', 'b']);
    expect(run.stdout).toContain('a/m.pkl is POSSIBLY_UNSAFE');
    expect(run.stdout).not.toContain('b/m.pkl is POSSIBLY_UNSAFE');
  });

  test('a level of the command line outranks it', () => {
    const folder = cli.folder({ 'in/sentinel-policy.yml': LOW, 'in/m.pkl': PICKLES.trailing });
    expect(cli.run(folder, ['artifact', 'in', '--max-acceptable-severity', 'moderate']).code).toBe(0);
    expect(cli.run(folder, ['artifact', 'in']).code).toBe(1);
  });
});

describe('links', () => {
  test('a link outside of what is scanned does not lend trust to a policy inside', () => {
    const folder = cli.folder({ 'in/deep/policy.yml': ALLOW, 'in/m.pkl': PICKLES.net });
    symlinkSync('in/deep/policy.yml', join(folder, 'sentinel-policy.yml'));
    expect(cli.run(folder, ['artifact', 'in']).code).toBe(1);
  });

  test('a link inside of what is scanned stays inside, with any target', () => {
    const folder = cli.folder({ 'own/policy.yml': ALLOW, 'in/m.pkl': PICKLES.net });
    symlinkSync('../own/policy.yml', join(folder, 'in/sentinel-policy.yml'));
    expect(cli.run(folder, ['artifact', 'in']).code).toBe(1);
  });

  test('a link beside the scanned folder counts where it leads to what is not scanned', () => {
    const folder = cli.folder({ '.git/HEAD': '', 'ci/policy.yml': ALLOW, 'in/m.pkl': PICKLES.net });
    symlinkSync('ci/policy.yml', join(folder, 'sentinel-policy.yml'));
    expect(cli.run(folder, ['artifact', 'in']).code).toBe(0);
    expect(cli.run(folder, ['artifact', 'in', 'ci']).code).toBe(1);
    expect(cli.run(folder, ['artifact', '.']).code).toBe(1);
  });

  test('a hard link to a policy of the tree, and a path back through another name, are inside', () => {
    const folder = cli.folder({ 'in/policy.yml': ALLOW, 'in/m.pkl': PICKLES.net });
    linkSync(join(folder, 'in/policy.yml'), join(folder, 'sentinel-policy.yml'));
    expect(cli.run(folder, ['artifact', 'in/m.pkl', 'in/policy.yml']).code).toBe(1);
    symlinkSync('in', join(folder, 'alias'));
    expect(cli.run(folder, ['artifact', 'alias/../in/../alias', 'in/policy.yml']).code).toBe(1);
  });

  test('a policy reached through a linked folder of the tree allows nothing', () => {
    const folder = cli.folder({
      'elsewhere/sentinel-policy.yml': ALLOW,
      'elsewhere/m.pkl': PICKLES.net,
      'in/x.pkl': PICKLES.clean,
    });
    symlinkSync('../elsewhere', join(folder, 'in/link'));
    expect(cli.run(folder, ['artifact', 'in', '--follow-links']).code).toBe(1);
    expect(cli.run(folder, ['artifact', 'in']).code).toBe(2);
  });

  test('one that leads nowhere is an error, not a missing policy', () => {
    const folder = cli.folder({ 'in/m.pkl': PICKLES.clean });
    symlinkSync('gone.yml', join(folder, 'sentinel-policy.yml'));
    const run = cli.run(folder, ['artifact', 'in']);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('cannot read the policy');
  });

  test('a pipe in the position of a policy is an error and keeps nobody waiting', () => {
    const folder = cli.folder({ 'in/m.pkl': PICKLES.clean });
    execFileSync('mkfifo', [join(folder, 'in/sentinel-policy.yml')]);
    const run = cli.run(folder, ['artifact', 'in']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('it is no file');
  });
});

describe('--policy-folder', () => {
  test('is where the globs of a named policy begin', () => {
    const policy = 'paths:\n  - match: ["vendor/**"]\n    max_acceptable_severity: moderate\n';
    const folder = cli.folder({ 'elsewhere/p.yml': policy, 'tree/vendor/m.pkl': PICKLES.trailing });
    const named = ['artifact', 'tree', '--policy', 'elsewhere/p.yml'];
    expect(cli.run(folder, named).code).toBe(1);
    expect(cli.run(folder, [...named, '--policy-folder', 'tree']).code).toBe(0);
    const alone = cli.run(folder, ['artifact', 'tree', '--policy-folder', 'tree']);
    expect(alone).toMatchObject({ code: 2, stdout: '' });
    expect(alone.stderr).toContain('--policy-folder needs --policy');
  });
});

describe('a baseline that came with the files', () => {
  test('is named where it lets findings pass', () => {
    const folder = cli.folder({ 'in/m.pkl': PICKLES.net });
    cli.run(folder, ['artifact', 'in', '-f', 'json=in/old.json', '-f', 'json=old.json']);
    const notes = (baseline: string): string =>
      cli.run(folder, ['artifact', 'in', '--baseline', baseline, '--fail-on-new']).stdout;
    expect(notes('in/old.json')).toContain('The baseline in/old.json lies in what is scanned');
    expect(notes('old.json')).not.toContain('lies in what is scanned');
  });
});

describe('levels by path', () => {
  const POLICY = `paths:
  - match: ["vendor/**", "!vendor/own/**"]
    max_acceptable_severity: moderate
    why: "not ours to rebuild"
`;
  const files = {
    'vendor/m.pkl': PICKLES.trailing,
    'vendor/own/m.pkl': PICKLES.trailing,
    'release/m.pkl': PICKLES.trailing,
  };
  const failed = (folder: string, args: readonly string[]): string[] =>
    (JSON.parse(cli.run(folder, ['artifact', ...args, '-f', 'json']).stdout) as Report).reasons.map(
      (reason) => reason.split(' is ')[0] ?? '',
    );

  test('are compared with the path from the folder of the policy, from any working folder', () => {
    const folder = cli.folder({ ...files, 'sentinel-policy.yml': POLICY });
    expect(failed(folder, ['vendor', 'release'])).toEqual(['vendor/own/m.pkl', 'release/m.pkl']);
    expect(failed(join(folder, 'release'), ['../vendor', '.'])).toEqual(['../vendor/own/m.pkl', 'm.pkl']);
  });

  test('with a policy in another folder that is named', () => {
    const folder = cli.folder({ ...files, 'ci/p.yml': POLICY.replaceAll('vendor', '../vendor') });
    expect(failed(folder, ['.', '--policy', 'ci/p.yml'])).toEqual(['release/m.pkl', 'vendor/own/m.pkl']);
  });

  test('a link has the stricter level of its names', () => {
    const folder = cli.folder({ ...files, 'sentinel-policy.yml': POLICY });
    symlinkSync('../vendor/m.pkl', join(folder, 'release/link.pkl'));
    symlinkSync('../release/m.pkl', join(folder, 'vendor/link.pkl'));
    expect(failed(folder, ['release/link.pkl', 'vendor/link.pkl', 'vendor/m.pkl'])).toEqual([
      'release/link.pkl',
      'vendor/link.pkl',
    ]);
  });

  test('of a policy that came with the files only tighten', () => {
    const loose = POLICY.replace('moderate', 'permissive');
    const folder = cli.folder({ 'in/sentinel-policy.yml': loose, 'in/vendor/m.pkl': PICKLES.trailing });
    expect(failed(folder, ['in'])).toEqual(['in/vendor/m.pkl']);
  });

  test('the six names and the three words mean the same by option', () => {
    const folder = cli.folder({ 'm.pkl': PICKLES.trailing });
    const codes = ['strict', 'LIKELY_SAFE', 'moderate', 'POSSIBLY_UNSAFE', 'permissive', 'SUSPICIOUS'].map(
      (name) => cli.run(folder, ['artifact', 'm.pkl', '--max-acceptable-severity', name]).code,
    );
    expect(codes).toEqual([1, 1, 0, 0, 0, 0]);
  });
});

describe('an entry that is pinned to an artifact', () => {
  const sha256 = createHash('sha256').update(PICKLES.net).digest('hex');
  const pinned = (hash: string): string => `${ALLOW}    owner: "ML platform"\n    sha256: ${hash}\n`;
  const scan = (files: Readonly<Record<string, string | Uint8Array>>, args: readonly string[] = []) =>
    cli.run(cli.folder(files), ['artifact', '.', '--policy', 'p.yml', ...args]);

  test('counts for it under any name, and says so', () => {
    const run = scan({ 'x/renamed.model': PICKLES.net, 'p.yml': pinned(sha256.toUpperCase()) });
    expect(run.code).toBe(0);
    expect(run.stdout).toContain(`vouched for by ML platform; for the artifact with SHA-256 ${sha256} only`);
  });

  test('does not count for another one that names the same global', () => {
    const other = Buffer.concat([PICKLES.net.subarray(0, -1), Buffer.from('0N.')]);
    const run = scan({ 'a.pkl': PICKLES.net, 'b.pkl': other, 'p.yml': pinned(sha256) });
    expect(run.code).toBe(1);
    expect(run.stdout.match(/^PICKLE-GLOBAL-IMPORT/gm)).toHaveLength(1);
    expect(run.stdout).toContain('where     b.pkl');
  });

  test('that is not there says which artifact names the global', () => {
    const report = JSON.parse(
      scan({ 'a.pkl': PICKLES.net, 'p.yml': pinned('f'.repeat(64)) }, ['-f', 'json']).stdout,
    ) as Report;
    expect(report.verdict).toBe('fail');
    expect(report.allow).toMatchObject([
      { state: 'unused', detail: `pinned to another artifact: a.pkl names it and has SHA-256 ${sha256}` },
    ]);
  });

  test('is for the outermost file, and threads hash as well', () => {
    const gz = execFileSync('gzip', ['-nc'], { input: PICKLES.net });
    const hash = createHash('sha256').update(gz).digest('hex');
    expect(scan({ 'a.pkl.gz': gz, 'b.pkl': PICKLES.clean, 'p.yml': pinned(hash) }, ['--jobs', '2']).code).toBe(0);
    expect(scan({ 'a.pkl.gz': gz, 'p.yml': pinned(sha256) }).code).toBe(1);
  });

  test('has no file hashed that does not name its global', () => {
    const report = JSON.parse(
      scan({ 'a.pkl': PICKLES.net, 'b.pkl': PICKLES.clean, 'p.yml': pinned(sha256) }, ['-f', 'json', '--hash', 'none'])
        .stdout,
    ) as Report;
    expect(report.artifacts.map((artifact) => artifact.sha256)).toEqual([sha256, null]);
  });
});

test('entries that are expired or change nothing are named in text, JSON and Markdown', () => {
  const policy = `allow:
  - {entry: mylib.model.Net, why: x, expires: 2020-01-31}
  - {entry: collections.OrderedDict, why: x}
  - {entry: mylib.other.Net, why: x}
`;
  const folder = cli.folder({ 'm.pkl': PICKLES.clean, 'p.yml': policy });
  const show = (format: string): string =>
    cli.run(folder, ['artifact', 'm.pkl', '--policy', 'p.yml', '--also-allow', 'mylib.other.Net', '-f', format]).stdout;
  const states = (JSON.parse(show('json')) as Report).allow.map(({ state, detail }) => [state, detail]);
  expect(states).toEqual([
    ['expired', 'its last day was 2020-01-31'],
    ['shadowed', 'the built-in allowlist has it'],
    ['unused', null],
    ['shadowed', 'the entry at p.yml:4 says the same'],
  ]);
  for (const format of ['text', 'markdown']) {
    const shown = show(format);
    expect(shown).toMatch(/mylib\.model\.Net.*expired/);
    expect(shown).toMatch(/OrderedDict.*the built.*in allowlist has it/);
    expect(shown).toMatch(/mylib\.other\.Net.*not needed by anything scanned/);
  }
});
