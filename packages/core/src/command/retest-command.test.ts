import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunReport } from '../model/report.js';
import { fillRetest, retestCommand, retestWords } from './retest-command.js';
import { quotePath, shellQuote } from './shell-quote.js';

const RUN: RunReport = {
  paths: ['./models/', 'other'],
  rules: ['PICKLE'],
  startedAt: '2026-06-01T00:00:00.000Z',
  policy: null,
  policyFiles: [],
  alsoAllow: ['mylib.model.Net', 'mylib.Other'],
  maxAcceptableSeverity: 'moderate',
  timeoutSeconds: 2.5,
  requireArtifacts: true,
};

describe('a retest command', () => {
  test('names the artifact, the rule and every option that decides', () => {
    expect(retestCommand('PICKLE-EXEC', retestWords({ paths: ['models/a.pt'], policy: 'ci/my policy.yml' }, RUN))).toBe(
      "sentinel artifact models/a.pt --rule PICKLE-EXEC --policy 'ci/my policy.yml' --also-allow mylib.model.Net " +
        '--also-allow mylib.Other --max-acceptable-severity moderate --timeout 2.5 --require-artifacts',
    );
  });

  test('is short where nothing was asked for', () => {
    const plain: RunReport = {
      ...RUN,
      alsoAllow: [],
      maxAcceptableSeverity: null,
      timeoutSeconds: null,
      requireArtifacts: false,
    };
    for (const run of [plain, null])
      expect(retestCommand('PICKLE-EXEC', retestWords({ paths: ['a.pt'], policy: null }, run))).toBe(
        'sentinel artifact a.pt --rule PICKLE-EXEC',
      );
  });

  test.each([
    [{ followLinks: true }, '--follow-links'],
    [{ allowPrivate: true }, '--allow-private'],
    [{ maxDownload: 5 }, '--max-download 5'],
    [{ thorough: true }, '--thorough'],
    [{ trustPolicyInTree: true }, '--trust-policy-in-tree'],
  ] as const)('names %j', (more, option) => {
    const words = (run: RunReport): string[] => retestWords({ paths: ['a'], policy: null }, run).options.split(' --');
    expect(words({ ...RUN, ...more }).filter((word) => !words(RUN).includes(word))).toEqual([option.slice(2)]);
    const off = Object.fromEntries(Object.keys(more).map((key) => [key, key === 'maxDownload' ? undefined : false]));
    expect(words({ ...RUN, ...off })).toEqual(words(RUN));
  });

  test('names the folder of the globs with a policy that it names, and whether a tree is trusted without one', () => {
    const run: RunReport = { ...RUN, policyFolder: 'a b', trustPolicyInTree: true };
    expect(retestWords({ paths: ['a'], policy: 'p.yml' }, run).options).toMatch(
      /^ --policy p\.yml --policy-folder 'a b' --also-allow (?!.*--trust)/,
    );
    expect(retestWords({ paths: ['a'], policy: null }, run).options).toMatch(/^ --trust-policy-in-tree --also-allow /);
    expect(retestWords({ paths: ['a', '-b'], policy: null }, null)).toEqual({ paths: 'a ./-b', options: '' });
  });

  test('a command of a policy is filled once: what is filled in is no template', () => {
    expect(
      fillRetest(
        'make {path} {rule} {options} {other}',
        'X-Y',
        retestWords({ paths: ['{rule}'], policy: 'p.yml' }, RUN),
      ),
    ).toMatch(/^make '\{rule\}' X-Y --policy .* \{other\}$/);
  });
});

describe('quoting', () => {
  test.each([
    ['models/a.pt', 'models/a.pt'],
    ['', "''"],
    ["it's", `'it'\\''s'`],
    ['$(id)', "'$(id)'"],
    ['=ls', "'=ls'"],
    ['a\nb\u202e\u001b[2J', "$'a\\012b\\342\\200\\256\\033[2J'"],
    ["\u0007'\\", "$'\\007\\'\\\\'"],
    // A byte of a name that is no UTF-8.
    ['a\udcff1', "$'a\\3771'"],
    ['\udc80', "$'\\200'"],
    // No byte stands for these surrogates.
    ['\udc7f', "$'\\357\\277\\275'"],
    ['\udd00', "$'\\357\\277\\275'"],
  ])('%j', (word, quoted) => expect(shellQuote(word)).toBe(quoted));

  test('a path that begins with a dash is no option', () => expect(quotePath('-rf')).toBe('./-rf'));

  test('bash reads back what was quoted, and what is shown moves no cursor', () => {
    const words = fc.array(
      fc.string({ unit: 'binary', maxLength: 12 }).filter((word) => !word.includes('\0')),
      {
        minLength: 60,
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(words, (list) => {
        const command = `printf '%s\\0' ${list.map(shellQuote).join(' ')}`;
        expect(command).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        const out = execFileSync('bash', ['-c', command], { encoding: 'utf8' });
        expect(out.split('\0').slice(0, -1)).toEqual(list);
      }),
      { numRuns: 10 },
    );
  });
});
