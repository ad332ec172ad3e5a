import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Report } from '@artifact-sentinel/core';
import { describe, expect, test } from 'vitest';
import { Cli, PICKLES } from './kit.js';

const cli = new Cli();

function retestOf(folder: string, args: readonly string[]): string {
  const { stdout } = cli.run(folder, ['artifact', ...args, '-f', 'json']);
  const report = JSON.parse(stdout) as Report;
  const commands = new Set(report.findings.map((finding) => finding.retest));
  if (commands.size !== 1) throw new Error(`${commands.size} retest commands`);
  return [...commands][0] ?? '';
}

/** What a person does: paste it into a shell. */
function paste(folder: string, command: string): number | null {
  const script = `sentinel() { ${JSON.stringify(process.execPath)} ${JSON.stringify(cli.bundle)} "$@"; }\n${command}`;
  return spawnSync('bash', ['-c', script], { cwd: folder, timeout: 60_000 }).status;
}

const NET = 'allow:\n  - entry: mylib.model.Net\n    why: reviewed\n';

describe('the retest command of a finding', () => {
  test('names the artifact, the rule and the options that decide, and no output', () => {
    const folder = cli.folder({ 'm d/a.pkl': PICKLES.system, 'm d/b.pkl': PICKLES.clean, 'p.yml': NET });
    expect(
      retestOf(folder, [
        'm d',
        '--rule',
        'PICKLE',
        '--policy',
        'p.yml',
        '--also-allow',
        'x.Y',
        '--max-acceptable-severity',
        'moderate',
        '--timeout',
        '30',
        '--jobs',
        '1',
        '--verbose',
        '--require-artifacts',
      ]),
    ).toBe(
      "sentinel artifact 'm d/a.pkl' --rule PICKLE-EXEC --policy p.yml --also-allow x.Y " +
        '--max-acceptable-severity moderate --timeout 30 --require-artifacts',
    );
  });

  test('fails while the finding is there and passes once it is gone, with any name of the file', () => {
    const name = `-it's $(a) \u001b[2J\nb.pkl`;
    const folder = cli.folder({ [`in/${name}`]: PICKLES.system });
    const command = retestOf(folder, ['in']);
    expect(paste(folder, command)).toBe(1);
    const fixed = cli.folder({ [`in/${name}`]: PICKLES.clean });
    expect(paste(fixed, command)).toBe(0);
  });

  test('repeats the policy that was found', () => {
    const folder = cli.folder({ 'sentinel-policy.yml': 'ticket_on: [HIGH]\nfail_on: []\n', 'a/b/m.pkl': PICKLES.net });
    const command = retestOf(folder, ['a']);
    expect(command).toBe('sentinel artifact a/b/m.pkl --rule PICKLE-GLOBAL-IMPORT --policy sentinel-policy.yml');
  });

  test('does not step into a folder from which a policy of the scanned tree would be trusted', () => {
    const folder = cli.folder({ 'in/x/sentinel-policy.yml': NET, 'in/x/y/m.pkl': PICKLES.net });
    expect(cli.run(folder, ['artifact', 'in']).code).toBe(1);
    const command = retestOf(folder, ['./in/']);
    expect(command).toBe('sentinel artifact ./in/ --rule PICKLE-GLOBAL-IMPORT');
    expect(paste(folder, command)).toBe(1);
  });

  test('repeats the scanned folder where its own policy tightened the gate', () => {
    const folder = cli.folder({ 'in/sentinel-policy.yml': 'fail_on: [LOW]\n', 'in/x/m.pkl': PICKLES.net });
    expect(retestOf(folder, ['in'])).toBe('sentinel artifact in --rule PICKLE-GLOBAL-IMPORT');
  });

  test('tells artifacts that a policy of the tree tightens from those that it does not', () => {
    const folder = cli.folder({
      'sentinel-policy.yml': 'ticket_on: [HIGH]\nfail_on: []\n',
      'in/a.pkl': PICKLES.net,
      'in/b/sentinel-policy.yml': 'fail_on: [HIGH]\n',
      'in/b/b.pkl': PICKLES.net,
      'in/c.pkl': PICKLES.net,
    });
    const { stdout } = cli.run(folder, ['artifact', 'in', '-f', 'json']);
    const { findings } = JSON.parse(stdout) as Report;
    expect(findings.map((finding) => [finding.artifact, finding.action, finding.retest])).toEqual([
      ['in/a.pkl', 'ticket', 'sentinel artifact in/a.pkl --rule PICKLE-GLOBAL-IMPORT --policy sentinel-policy.yml'],
      ['in/b/b.pkl', 'fail', 'sentinel artifact in --rule PICKLE-GLOBAL-IMPORT'],
      ['in/c.pkl', 'ticket', 'sentinel artifact in/c.pkl --rule PICKLE-GLOBAL-IMPORT --policy sentinel-policy.yml'],
    ]);
  });

  test('repeats whose the policies are', () => {
    const tree = { 'in/sentinel-policy.yml': 'fail_on: [LOW]\n', 'in/x/m.pkl': PICKLES.net };
    expect(retestOf(cli.folder(tree), ['in', '--trust-policy-in-tree'])).toBe(
      'sentinel artifact in/x/m.pkl --rule PICKLE-GLOBAL-IMPORT --policy in/sentinel-policy.yml',
    );
    expect(retestOf(cli.folder({ 'in/m.pkl': PICKLES.net }), ['in', '--trust-policy-in-tree'])).toBe(
      'sentinel artifact in/m.pkl --rule PICKLE-GLOBAL-IMPORT --trust-policy-in-tree',
    );
    expect(retestOf(cli.folder({ ...tree, 'p.yml': '' }), ['in', '--policy', 'p.yml', '--policy-folder', 'in'])).toBe(
      'sentinel artifact in/x/m.pkl --rule PICKLE-GLOBAL-IMPORT --policy p.yml --policy-folder in',
    );
  });

  test('a command of the policy is filled in', () => {
    const folder = cli.folder({
      'm.pkl': PICKLES.net,
      'p.yml': 'retest: "make retest FILE={path} RULE={rule} OPTIONS=\\"{options}\\""\n',
    });
    expect(retestOf(folder, ['m.pkl', '--policy', 'p.yml'])).toBe(
      'make retest FILE=m.pkl RULE=PICKLE-GLOBAL-IMPORT OPTIONS="--policy p.yml"',
    );
  });

  test('stays with an absolute path', () => {
    const folder = cli.folder({ 'in/m.pkl': PICKLES.net });
    expect(retestOf(folder, [join(folder, 'in')])).toBe(
      `sentinel artifact ${join(folder, 'in/m.pkl')} --rule PICKLE-GLOBAL-IMPORT`,
    );
  });
});
