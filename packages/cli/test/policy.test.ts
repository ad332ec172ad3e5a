import { join } from 'node:path';
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
  ])('that is broken is one line with its place: %j', (text, place, hint) => {
    const run = cli.run(cli.folder({ 'm.pkl': PICKLES.clean, 'p.yml': text }), [
      'artifact',
      'm.pkl',
      '--policy',
      'p.yml',
    ]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(`sentinel: ${place}`);
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

  test('at the root of the checkout that the user stands in counts in full, even when all of it is scanned', () => {
    const folder = cli.folder({ '.git/HEAD': '', 'sentinel-policy.yml': ALLOW, 'm.pkl': PICKLES.net });
    expect(cli.run(folder, ['artifact', '.']).code).toBe(0);
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
