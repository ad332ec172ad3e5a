import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Cli } from './kit.js';

const cli = new Cli();

function script(folder: string, shell: string): string {
  const { stdout, code, stderr } = cli.run(folder, ['completion', shell]);
  expect([code, stderr]).toEqual([0, '']);
  const file = join(folder, `completion.${shell}`);
  writeFileSync(file, stdout);
  return file;
}

function has(shell: string): boolean {
  return spawnSync(shell, ['-c', 'true']).status === 0;
}

const FILES = { 'model one.pt': '', 'models/a.pkl': '', 'report.json': '' };

/** What each shell offers for the last word. */
const CASES: [string[], string[]][] = [
  [['art'], ['artifact']],
  [
    ['allow', ''],
    ['check', 'suggest'],
  ],
  [
    ['completion', ''],
    ['bash', 'fish', 'zsh'],
  ],
  [['artifact', '--format', 's'], ['sarif']],
  [['artifact', '--rule', 'PICKLE-E'], ['PICKLE-EXEC']],
  [
    ['allow', 'suggest', '--format', ''],
    ['json', 'text', 'yaml'],
  ],
  [['artifact', '--fail'], ['--fail-on-new']],
  [['artifact', 'rep'], ['report.json']],
  [['--fail'], ['--fail-on-new']],
];

describe('bash', () => {
  const COMPLETE = `
    source "$1"; shift
    COMP_WORDS=(sentinel "$@"); COMP_CWORD=$#
    _sentinel
    printf '%s\\n' "\${COMPREPLY[@]}"`;

  test.each([
    ...CASES,
    [
      ['artifact', 'model'],
      ['model one.pt', 'models'],
    ],
  ] as [string[], string[]][])('%j offers %j', (words, expected) => {
    const folder = cli.folder(FILES);
    const file = script(folder, 'bash');
    const out = execFileSync('bash', ['-uc', COMPLETE, 'bash', file, ...words], { cwd: folder, encoding: 'utf8' });
    expect(out.trim().split('\n').sort()).toEqual(expected.toSorted());
  });

  test('the script is registered, and completing runs no sentinel', () => {
    const folder = cli.folder(FILES);
    const file = script(folder, 'bash');
    const out = execFileSync('bash', ['-c', 'source "$1"; complete -p sentinel', 'bash', file], { encoding: 'utf8' });
    expect(out).toBe('complete -F _sentinel sentinel\n');
  });
});

describe.skipIf(!has('fish'))('fish', () => {
  test.each(CASES)('%j offers %j', (words, expected) => {
    const folder = cli.folder(FILES);
    const file = script(folder, 'fish');
    const line = ['sentinel', ...words].join(' ');
    const out = execFileSync('fish', ['--no-config', '-c', `source ${file}; complete -C "${line}"`], {
      cwd: folder,
      encoding: 'utf8',
    });
    const offered = out
      .trim()
      .split('\n')
      .map((item) => item.split('\t')[0]);
    expect(offered).toEqual(expect.arrayContaining(expected));
  });
});

describe.skipIf(!has('zsh'))('zsh', () => {
  test('the script is read without an error, and is registered', () => {
    const folder = cli.folder(FILES);
    const file = script(folder, 'zsh');
    const out = execFileSync(
      'zsh',
      ['-fc', `autoload -U compinit; compinit -D; source ${file}; print $_comps[sentinel]`],
      {
        encoding: 'utf8',
      },
    );
    expect(out).toBe('_sentinel\n');
  });
});

test('an unknown shell is bad usage', () => {
  expect(cli.run(cli.folder({}), ['completion', 'tcsh'])).toMatchObject({ code: 2, stdout: '' });
});
