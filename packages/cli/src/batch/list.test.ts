import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@artifact-sentinel/core';
import { notCollected, weightOf } from '@artifact-sentinel/core/internal';
import { describe, expect, test } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { reportOf } from '../../../core/test/report-kit.js';
import { LONGEST_PATH, MAX_RECORD_FACTS } from '../limits.js';
import { readList } from './list.js';
import { Gathered, madeWith, recordOf } from './record.js';
import { isInShard } from './shard.js';

const ALL = { number: 1, of: 1 };

function list(...lines: (string | Buffer)[]): string {
  const file = join(folderOfTest('sentinel-list-'), 'list');
  writeFileSync(file, Buffer.concat(lines.map((line) => Buffer.concat([Buffer.from(line), Buffer.from('\n')]))));
  return file;
}
const item = (source: unknown, id?: unknown): string => JSON.stringify({ source, ...(id === undefined ? {} : { id }) });
const EXPECTED = 'a JSON string, or an object with "source" and, if wanted, "id", is expected';
const LONG = 'a'.repeat(LONGEST_PATH);

describe('a list', () => {
  test('is its lines in their order, each id once; blank ones are none', async () => {
    const file = list('"b"', '', ' \t\r', item('a', 'x'), '"b"', item('b'), item('a', 'x'), item('a', 'y'));
    expect(await readList(file, ALL)).toEqual([
      { id: 'b', source: 'b' },
      { id: 'x', source: 'a' },
      { id: 'y', source: 'a' },
    ]);
  });

  test.each<[line: string | Buffer, problem: string]>([
    ['{', EXPECTED],
    ['null', EXPECTED],
    ['7', EXPECTED],
    ['[]', EXPECTED],
    ['""', EXPECTED],
    ['"-"', EXPECTED],
    [item(7), EXPECTED],
    [item('a', 7), EXPECTED],
    [item('a', ''), EXPECTED],
    [Buffer.from([0x22, 0xff, 0x22]), EXPECTED],
    [item('a\0'), 'no path and no address has a NUL'],
    [item(`${LONG}a`, 'a'), `a source and an id have at most ${LONGEST_PATH} characters`],
    [item('a', `${LONG}a`), `a source and an id have at most ${LONGEST_PATH} characters`],
  ])('with the line %j is not used', async (line, problem) => {
    const file = list('"good"', line);
    await expect(readList(file, ALL)).rejects.toThrow(`cannot use the list ${file}: line 2: ${problem}`);
  });

  test('whose names are as long as they may be is used', async () => {
    expect(await readList(list(item(LONG, LONG)), ALL)).toEqual([{ id: LONG, source: LONG }]);
  });

  test('names five broken lines, and counts the others', async () => {
    const words = async (count: number): Promise<string> => {
      const file = list(...Array.from({ length: count }, () => '{'));
      const error: unknown = await readList(file, ALL).catch((thrown: unknown) => thrown);
      return (error as Error).message.slice(`cannot use the list ${file}: `.length).replaceAll(EXPECTED, 'E');
    };
    const five = [1, 2, 3, 4, 5].map((number) => `line ${number}: E`).join('; ');
    expect([await words(1), await words(5), await words(7)]).toEqual(['line 1: E', five, `${five}; and 2 more`]);
  });

  test('in which one id stands for two sources is not used', async () => {
    const file = list(item('a', 'x'), item('b', 'x'));
    await expect(readList(file, ALL)).rejects.toThrow(
      'line 2: the id "x" stands for another source in an earlier line',
    );
  });

  test('that cannot be read is said', async () => {
    await expect(readList('/nowhere/at/all', ALL)).rejects.toThrow(
      'cannot read the list /nowhere/at/all: no such file or folder',
    );
  });
});

test('each line belongs to one shard, by the SHA-256 of its id', async () => {
  const ids = Array.from({ length: 40 }, (_, i) => `id-${i}`);
  const of = 3;
  const expected = (id: string): number =>
    Number(BigInt(`0x${createHash('sha256').update(id).digest('hex').slice(0, 16)}`) % BigInt(of)) + 1;
  for (const id of ids) expect([1, 2, 3].filter((number) => isInShard(id, { number, of }))).toEqual([expected(id)]);
  expect(ids.every((id) => isInShard(id, ALL))).toBe(true);
  const file = list(...ids.map((id) => JSON.stringify(id)));
  const second = await readList(file, { number: 2, of });
  expect(second.map(({ id }) => id)).toEqual(ids.filter((id) => expected(id) === 2));
});

describe('a record', () => {
  const REPORT: Report = reportOf('a.pkl', []);
  const OPTIONS = { from: 'a', to: 'b' };

  test('says what it was made with', () => {
    expect(madeWith(OPTIONS, null)).toMatchObject({
      policy: null,
      maxAcceptableSeverity: null,
      alsoAllow: [],
      rules: [],
      thorough: false,
    });
    const asked = { maxAcceptableSeverity: 'LOW', alsoAllow: ['x.y'], rule: ['R'], thorough: true } as const;
    expect(madeWith({ ...OPTIONS, ...asked, alsoAllow: ['x.y'], rule: ['R'] }, 'ab')).toMatchObject({
      policy: 'ab',
      maxAcceptableSeverity: 'LOW',
      alsoAllow: ['x.y'],
      rules: ['R'],
      thorough: true,
    });
  });

  test('has the facts up to as many as it may hold, and none of them beyond', () => {
    const found = notCollected('a', 0, { cause: 'limit', reason: 'r' });
    const one = new Gathered();
    one.add(found);
    const made = madeWith(OPTIONS, null);
    expect(recordOf({ id: 'i', source: 's' }, made, 'p', REPORT, one)).toMatchObject({
      recordVersion: 1,
      id: 'i',
      source: 's',
      pinned: 'p',
      verdict: REPORT.verdict,
      facts: [found],
      factsLeftOut: null,
    });
    // One counts as one besides what it holds.
    const most = Math.floor(MAX_RECORD_FACTS / (1 + weightOf(found)));
    const full = new Gathered();
    for (let i = 0; i < most; i += 1) full.add(found);
    expect([full.result().facts?.length, full.result().factsLeftOut]).toEqual([most, null]);
    full.add(found);
    full.add(found);
    expect(full.result()).toEqual({
      facts: null,
      factsLeftOut: 'a record holds at most 50000 facts; name the files one by one',
    });
  });
});
