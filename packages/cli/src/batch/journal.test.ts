import fs, { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { reportOf } from '../../../core/test/report-kit.js';
import { Journal } from './journal.js';
import { Gathered, madeWith, recordOf, type Made } from './record.js';

/** How much the system writes at a time. Files share their modules: no module is replaced. */
let mostWritten = Infinity;
const real = fs.writeSync;
beforeAll(() => {
  fs.writeSync = ((to: number, bytes: Uint8Array, at: number = 0, length: number = bytes.length - at) =>
    real(to, bytes, at, Math.min(length, mostWritten))) as typeof fs.writeSync;
  syncBuiltinESMExports();
});
afterEach(() => {
  mostWritten = Infinity;
});
afterAll(() => {
  fs.writeSync = real;
  syncBuiltinESMExports();
});

const OPTIONS = { from: 'list.ndjson', to: 'out' };
const SHARD = { number: 1, of: 1 };
const MADE = madeWith({ ...OPTIONS, thorough: true }, null);
const item = (id: string): { id: string; source: string } => ({ id, source: `${id}.pkl` });
const folder = (): string => folderOfTest('sentinel-journal-');

function record(id: string, made: Made = MADE): ReturnType<typeof recordOf> {
  return recordOf(item(id), made, null, reportOf(`${id}.pkl`, []), new Gathered());
}

function ids(file: string): readonly string[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => (JSON.parse(line) as { readonly id: string }).id);
}

describe('the records of a shard', () => {
  test('come in the order of the list, and nothing else is left', async () => {
    const at = folder();
    const journal = await Journal.open(join(at, 'new'), SHARD, MADE);
    for (const id of ['b', 'a']) {
      journal.begin(item(id));
      expect(journal.isDone(id)).toBe(false);
      journal.add(record(id));
      expect(journal.isDone(id)).toBe(true);
    }
    await journal.finish([item('a'), item('b')]);
    expect(journal.file).toBe(join(at, 'new', 'shard-1-of-1.ndjson'));
    expect(ids(journal.file)).toEqual(['a', 'b']);
    expect(readdirSync(join(at, 'new'))).toEqual(['shard-1-of-1.ndjson']);
  });

  test('a run that is ended loses the source that it was at', async () => {
    const at = folder();
    const first = await Journal.open(at, SHARD, MADE);
    first.add(record('a'));
    first.begin(item('b'));
    const second = await Journal.open(at, SHARD, MADE);
    expect([second.isDone('a'), second.isDone('b')]).toEqual([true, false]);
    expect([second.lostRuns('a'), second.lostRuns('b')]).toEqual([0, 1]);
    second.begin(item('b'));
    const third = await Journal.open(at, SHARD, MADE);
    expect(third.lostRuns('b')).toBe(2);
    third.add(record('b'));
    await third.finish([item('a'), item('b')]);
    expect(ids(third.file)).toEqual(['a', 'b']);
    const last = await Journal.open(at, SHARD, MADE);
    expect([last.isDone('a'), last.isDone('b'), last.lostRuns('b')]).toEqual([true, true, 0]);
    await last.finish([item('b')]);
    expect(ids(last.file)).toEqual(['b']);
  });

  test('what was made otherwise, or of another shard, does not count', async () => {
    const at = folder();
    const first = await Journal.open(at, SHARD, MADE);
    first.add(record('a'));
    first.begin(item('b'));
    const other = await Journal.open(at, SHARD, madeWith(OPTIONS, null));
    expect([other.isDone('a'), other.lostRuns('b')]).toEqual([false, 0]);
    const shard = await Journal.open(at, { number: 1, of: 2 }, MADE);
    expect(shard.isDone('a')).toBe(false);
  });

  test('the middle of a line in the file of a run is passed over, and in the file of all records it is none', async () => {
    const at = folder();
    const line = JSON.stringify(record('a'));
    writeFileSync(join(at, '.shard-1-of-1.x.run'), `${line}\n${JSON.stringify(record('b'))}`);
    const journal = await Journal.open(at, SHARD, MADE);
    expect([journal.isDone('a'), journal.isDone('b')]).toEqual([true, false]);
    writeFileSync(join(at, 'shard-1-of-1.ndjson'), line);
    expect((await Journal.open(at, SHARD, MADE)).isDone('a')).toBe(true);
  });

  test.each(['5', 'null', '"a"', '{', '{"id": "a"}', '{"recordVersion": 2, "id": "a"}', '{"recordVersion": 1}', ''])(
    'the line %j is no record',
    async (line) => {
      const at = folder();
      writeFileSync(join(at, '.shard-1-of-1.x.run'), `${JSON.stringify(record('a'))}\n${line}\n`);
      await expect(Journal.open(at, SHARD, MADE)).rejects.toThrow(/line 2 of .* is no record of sentinel batch/);
    },
  );

  test('a record without its item, and a folder that is a file', async () => {
    const at = folder();
    const journal = await Journal.open(at, SHARD, MADE);
    await expect(journal.finish([item('a')])).rejects.toThrow('no record of a');
    writeFileSync(join(at, 'file'), '');
    await expect(Journal.open(join(at, 'file'), SHARD, MADE)).rejects.toThrow('cannot keep the records in');
  });

  test('a file that cannot be read is no file without records', async () => {
    const at = folder();
    mkdirSync(join(at, 'shard-1-of-1.ndjson'));
    await expect(Journal.open(at, SHARD, MADE)).rejects.toThrow(`cannot keep the records in ${at}: `);
  });

  test('a source counts as lost by each run that ended at it, and not where a later line of the run is there', async () => {
    const at = folder();
    const begun = (id: string): string => JSON.stringify({ begun: id, made: JSON.stringify(MADE) });
    const run = (name: string, ...lines: string[]): void =>
      writeFileSync(join(at, `.shard-1-of-1.${name}.run`), lines.map((line) => `${line}\n`).join(''));
    run('x', begun('a'), begun('b'));
    run('y', begun('a'), JSON.stringify(record('c')));
    run('z', begun('b'));
    writeFileSync(join(at, '.shard-1-of-1.tmp'), '{');
    writeFileSync(join(at, '.shard-1-of-10.x.run'), begun('b'));
    const journal = await Journal.open(at, SHARD, MADE);
    expect(['a', 'b', 'c'].map((id) => journal.lostRuns(id))).toEqual([0, 2, 0]);
  });

  test('what another run of the shard has put together meanwhile is taken from there', async () => {
    const at = folder();
    const first = await Journal.open(at, SHARD, MADE);
    first.add(record('a'));
    const second = await Journal.open(at, SHARD, MADE);
    second.add(record('b'));
    const third = await Journal.open(at, SHARD, MADE);
    await third.finish([item('a'), item('b')]);
    await second.finish([item('b'), item('a')]);
    expect(ids(second.file)).toEqual(['b', 'a']);
    expect(readdirSync(at)).toEqual(['shard-1-of-1.ndjson']);
  });

  test('each file of a run is opened once, and closed', async () => {
    const at = folder();
    const all = ['a', 'b', 'c'];
    const first = await Journal.open(at, SHARD, MADE);
    for (const id of all) first.add(record(id));
    const second = await Journal.open(at, SHARD, MADE);
    const opened: unknown[] = [];
    const closed: unknown[] = [];
    const { openSync, closeSync } = fs;
    onTestFinished(() => {
      Object.assign(fs, { openSync, closeSync });
      syncBuiltinESMExports();
    });
    Object.assign(fs, {
      openSync: (...given: Parameters<typeof openSync>) => {
        const descriptor = openSync(...given);
        opened.push(descriptor);
        return descriptor;
      },
      closeSync: (descriptor: number) => {
        closed.push(descriptor);
        closeSync(descriptor);
      },
    });
    syncBuiltinESMExports();
    await second.finish(all.map(item));
    // What is written, and the file of the first run.
    expect(opened).toHaveLength(2);
    expect(new Set(closed)).toEqual(new Set(opened));
  });

  test('records that are there no more are a failure, not tried for ever', async () => {
    const at = folder();
    (await Journal.open(at, SHARD, MADE)).add(record('a'));
    const second = await Journal.open(at, SHARD, MADE);
    for (const name of readdirSync(at)) rmSync(join(at, name));
    await expect(second.finish([item('a')])).rejects.toThrow(`cannot keep the records in ${at}: no such file`);
    expect(readdirSync(at)).toEqual([]);
  });

  test('a file that became shorter is said', async () => {
    const at = folder();
    (await Journal.open(at, SHARD, MADE)).add(record('a'));
    const second = await Journal.open(at, SHARD, MADE);
    for (const name of readdirSync(at)) truncateSync(join(at, name), 5);
    await expect(second.finish([item('a')])).rejects.toThrow('the file of a run became shorter');
  });

  test('a system may write less than it was given', async () => {
    const at = folder();
    mostWritten = 1_000;
    const journal = await Journal.open(at, SHARD, MADE);
    const all = ['x'.repeat(2_500), 'y', 'z'.repeat(700)];
    for (const id of all) journal.add(record(id));
    await journal.finish(all.map(item));
    expect(ids(journal.file)).toEqual(all);
  });

  test('a record may be longer than what is copied at a time', async () => {
    const at = folder();
    const journal = await Journal.open(at, SHARD, MADE);
    const all = ['x'.repeat(2_500_000), 'y'.repeat(1_500_000), 'z'];
    for (const id of all) journal.add(record(id));
    await journal.finish(all.map(item));
    expect(ids(journal.file)).toEqual(all);
  });

  test('a line has no other end than its last byte', async () => {
    const at = folder();
    const journal = await Journal.open(at, SHARD, MADE);
    const id = 'a\u0085b\u2028c\u2029d';
    journal.add(record(id));
    await journal.finish([item(id)]);
    const text = readFileSync(journal.file, 'utf8');
    expect(text).not.toMatch(/[\u0085\u2028\u2029]/);
    expect(text).toContain(String.raw`a\u0085b\u2028c\u2029d`);
    expect(ids(journal.file)).toEqual([id]);
  });
});
