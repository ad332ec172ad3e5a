import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { UsageError } from '@artifact-sentinel/core/internal';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { findPolicyFiles, namedPolicy, notRead, RunPolicy, shownPath, withReported } from './policy-file.js';
import { namedPaths, policyPlaces, STANDARD_INPUT } from './standard-input.js';
import { isThere, POLICY_NAME, real, realOrNull, ScannedTree, slashes, TrustBoundary } from './trust-boundary.js';

/** No test changes the working folder: it is that of the checkout, outside of all of these. */
const ROOT = realpathSync(mkdtempSync(join(tmpdir(), 'sentinel-policies-')));
afterAll(() => rmSync(ROOT, { recursive: true }));
let count = 0;
let top = '';
beforeEach(() => {
  top = join(ROOT, String((count += 1)));
  mkdirSync(top);
});
const at = (path: string): string => join(top, path);
function write(path: string, text = 'fail_on: [CRITICAL]\n'): string {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
  return at(path);
}

describe('paths', () => {
  test('a slash at the end is no name', () => {
    expect([slashes('/a/b/'), slashes('/a/b')]).toEqual(['/a/b', '/a/b']);
  });

  test('links lead to what is behind them', () => {
    const file = write('a/m.pkl');
    symlinkSync(at('a'), at('link'));
    symlinkSync(at('none'), at('broken'));
    expect([real(at('link/m.pkl')), realOrNull(at('broken')), real(at('broken'))]).toEqual([file, null, at('broken')]);
    expect([isThere(at('broken')), isThere(at('a')), isThere(at('none'))]).toEqual([true, true, false]);
  });

  test('standard input is one path', () => {
    expect(namedPaths(['a', '-'])).toEqual(['a', STANDARD_INPUT]);
    expect(() => namedPaths(['-', '-'])).toThrow('standard input can be read once');
    expect(() => namedPaths(['-', STANDARD_INPUT])).toThrow(UsageError);
    expect(policyPlaces(['a', STANDARD_INPUT, 'hf://org/m'])).toEqual(['a', './-', './-']);
  });

  test('shown from the working folder, where they lie below it', () => {
    expect([shownPath(join(process.cwd(), 'a/b')), shownPath('/x/y'), shownPath(process.cwd())]).toEqual([
      'a/b',
      '/x/y',
      process.cwd(),
    ]);
    expect(notRead('/x/y')).toContain('/x/y is not read');
  });
});

describe('whose a policy is', () => {
  test('one in what is scanned came with it, and one above a folder is the user’s', () => {
    const inner = write(`a/${POLICY_NAME}`);
    const outer = write(POLICY_NAME);
    write('a/sub/m.pkl');
    const boundary = new TrustBoundary([at('a')], false);
    expect([boundary.cameFromElsewhere(inner), boundary.cameFromElsewhere(outer)]).toEqual([false, true]);
    expect(boundary.cameFromElsewhere(inner)).toBe(false);
    expect(boundary.policiesAbove(at('a'))).toEqual({ own: outer, foreign: [inner], misnamed: [] });
    expect(new TrustBoundary([at('a')], true).policiesAbove(at('a'))).toEqual({
      own: inner,
      foreign: [],
      misnamed: [],
    });
  });

  test('beside a single file it came with the file', () => {
    const beside = write(`a/${POLICY_NAME}`);
    const outer = write(POLICY_NAME);
    const file = write('a/m.pkl');
    expect(new TrustBoundary([file], false).policiesAbove(file)).toEqual({
      own: outer,
      foreign: [beside],
      misnamed: [],
    });
  });

  test('a link to what is scanned is no policy of the user', () => {
    const inner = write('a/other.yml');
    symlinkSync(inner, at(POLICY_NAME));
    const boundary = new TrustBoundary([at('a')], false);
    expect(boundary.policiesAbove(at('a'))).toEqual({ own: null, foreign: [at(POLICY_NAME)], misnamed: [] });
  });

  test('by the other name it is none, and is said', () => {
    const other = write('a/sentinel-policy.yaml');
    write('a/m.pkl');
    expect(new TrustBoundary([at('a')], false).policiesAbove(at('a')).misnamed).toEqual([other]);
    expect(findPolicyFiles([at('a')], null, false).misnamed).toEqual([other]);
  });

  test('the option outranks the environment, and both name one', () => {
    expect(namedPolicy({ policy: 'p.yml' })).toEqual({ file: 'p.yml', by: '--policy', folder: null });
    expect(namedPolicy({ policy: 'p.yml', policyFolder: 'f' })?.folder).toBe('f');
    const before = process.env['SENTINEL_POLICY'];
    try {
      process.env['SENTINEL_POLICY'] = 'e.yml';
      expect(namedPolicy({})).toEqual({ file: 'e.yml', by: 'SENTINEL_POLICY', folder: null });
      expect(namedPolicy({ policy: 'p.yml' })?.file).toBe('p.yml');
      process.env['SENTINEL_POLICY'] = '';
      expect(namedPolicy({})).toBeNull();
      expect(() => namedPolicy({ policyFolder: 'f' })).toThrow('--policy-folder needs --policy');
    } finally {
      if (before === undefined) delete process.env['SENTINEL_POLICY'];
      else process.env['SENTINEL_POLICY'] = before;
    }
  });

  test('one that is named may be a pipe; one that is found may not', async () => {
    write('a/m.pkl');
    const named = { file: '/dev/null', by: '--policy', folder: null } as const;
    for (const by of ['--policy', 'SENTINEL_POLICY'] as const) {
      const run = await RunPolicy.read(findPolicyFiles([at('a')], { ...named, by }, false), (policy) => policy);
      expect(run.files).toMatchObject([{ path: '/dev/null', trusted: true, by }]);
    }
    symlinkSync('/dev/null', at(POLICY_NAME));
    await expect(RunPolicy.read(findPolicyFiles([at('a')], null, false), (policy) => policy)).rejects.toThrow(
      /cannot read the policy .*: it is no file$/,
    );
  });

  test('paths under different policies need one that is named', () => {
    write(`a/${POLICY_NAME}`);
    write('a/in/m.pkl');
    write(`b/${POLICY_NAME}`);
    write('b/in/m.pkl');
    expect(() => findPolicyFiles([at('a/in'), at('b/in')], null, false)).toThrow('come under different policies');
    const named = { file: 'p.yml', by: '--policy', folder: null } as const;
    expect(findPolicyFiles([at('a/in'), at('b/in')], named, false)).toEqual({
      own: named,
      named: true,
      foreign: new Map([
        [at('a/in'), []],
        [at('b/in'), []],
      ]),
      misnamed: [],
      reported: null,
    });
    expect(findPolicyFiles([at('a/in'), at('a/in/m.pkl')], null, false).own).toEqual({
      file: at(`a/${POLICY_NAME}`),
      by: 'found',
      folder: null,
    });
    expect(findPolicyFiles([at('a')], null, true).own).toMatchObject({ by: '--trust-policy-in-tree' });
  });

  test('one that only a report names can tighten, unless a scan finds it too', () => {
    const own = write(POLICY_NAME);
    write('a/m.pkl');
    const files = findPolicyFiles([at('a')], null, false);
    expect(withReported(files, own)).toBe(files);
    const other = write('other.yml');
    expect(withReported(files, other)).toMatchObject({
      own: { file: own },
      reported: other,
      foreign: new Map([[at('a'), [other]]]),
    });
  });
});

describe('policies of a tree', () => {
  test('hold below their folder', () => {
    const outer = write(`a/${POLICY_NAME}`);
    const inner = write(`a/b/${POLICY_NAME}`);
    const file = write('a/b/c/m.pkl');
    const tree = new ScannedTree(new Map([[at('a'), [outer]]]), null);
    expect(tree.foreign(file)).toEqual([outer, inner]);
    expect(tree.foreign(file)).toEqual([outer, inner]);
    expect(tree.foreign(at('a/m.pkl'))).toEqual([outer]);
    expect(tree.foreign(at('x/m.pkl'))).toEqual([]);
    // The user's own has its say elsewhere.
    expect(new ScannedTree(new Map([[at('a'), []]]), inner).foreign(file)).toEqual([]);
    expect(new ScannedTree(new Map([[at('a'), []]]), null).foreign(file)).toEqual([inner]);
    expect(new ScannedTree(new Map([[at('a/b/c/m.pkl'), [outer]]]), null).foreign(file)).toEqual([outer]);
  });

  test('a file goes by the name of the walk, and by the one behind links', () => {
    const file = write('a/m.pkl');
    symlinkSync(file, at('a/link.pkl'));
    symlinkSync(at('a'), at('named'));
    const tree = new ScannedTree(new Map([[at('named'), []]]), null);
    expect(tree.policyPaths(at('named/link.pkl'))).toEqual([at('a/link.pkl'), file]);
    expect(tree.policyPaths(at('elsewhere/m.pkl'))).toEqual([at('elsewhere/m.pkl'), null]);
  });

  test('what came with the files tightens what the user has, each file once', async () => {
    const own = write(POLICY_NAME, 'fail_on: [CRITICAL]\n');
    const foreign = write(
      `a/${POLICY_NAME}`,
      'fail_on: [CRITICAL, HIGH]\nallow:\n  - entry: a.B\n    why: w\n    owner: o\n',
    );
    const file = write('a/m.pkl');
    const run = await RunPolicy.read(findPolicyFiles([at('a')], null, false), (policy) => policy);
    expect(run.files.map(({ path, trusted, by }) => [path, trusted, by])).toEqual([
      [own, true, 'found'],
      [foreign, false, 'found'],
    ]);
    expect(run.foreignFor(file)).toEqual([foreign]);
    expect(run.foreignFor('hf://org/m')).toEqual([]);
    const first = await run.policyFor(file);
    expect(first.problem).toBeNull();
    expect(await run.policyFor(file)).toBe(first);
    expect(first.policy).not.toEqual(run.policy);
    expect(run.files).toHaveLength(2);
    expect(run.notes()).toEqual([
      expect.stringMatching(
        /lies in what is scanned: it can tighten the gate only\. Ignored: .*--trust-policy-in-tree\.$/,
      ),
    ]);
    expect(run.policyPaths('hf://org/m/a')).toEqual(['hf://org/m/a']);
    expect(RunPolicy.none().foreignFor(file)).toEqual([]);
  });

  test('a broken one above what is scanned ends the run; one within makes its files incomplete', async () => {
    write(`a/${POLICY_NAME}`, 'fail_on: 5\n');
    write('a/m.pkl');
    await expect(RunPolicy.read(findPolicyFiles([at('a')], null, false), (policy) => policy)).rejects.toThrow(
      UsageError,
    );
    write('b/m.pkl');
    const run = await RunPolicy.read(findPolicyFiles([at('b')], null, false), (policy) => policy);
    write(`b/c/${POLICY_NAME}`, 'fail_on: 5\n');
    const file = write('b/c/m.pkl');
    expect((await run.policyFor(file)).problem).toContain('fail_on');
    expect(run.notes()).toEqual([]);
  });
});
