import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@artifact-sentinel/core';
import { judge, portablePlatform, type BatchRecord, type Collected } from '@artifact-sentinel/core/internal';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { sized } from '../../../oracles/full-size.js';
import { batchJsonSchema } from '../../core/src/model/shape/batch.js';
import { PICKLES } from './kit.js';
import { RemoteCli } from './remote-kit.js';

const cli = new RemoteCli();

const lines = (items: readonly unknown[]): string => items.map((item) => `${JSON.stringify(item)}\n`).join('');
const args = (...more: string[]): string[] => ['batch', '--from', 'list.ndjson', '--to', 'out', ...more];

function records(folder: string, name = 'shard-1-of-1'): BatchRecord[] {
  const text = readFileSync(join(folder, 'out', `${name}.ndjson`), 'utf8');
  expect(text === '' || text.endsWith('\n')).toBe(true);
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as BatchRecord);
}

/** Without what differs from run to run. */
function lasting({ report, ...record }: BatchRecord): unknown {
  return { ...record, report: { ...report, command: '', summary: { ...report.summary, durationMs: 0 } } };
}

const shown = (all: readonly BatchRecord[]): unknown[] => all.map(({ id, verdict }) => [id, verdict]);

describe('records', () => {
  const FILES = {
    'm/system.pkl': PICKLES.system,
    'm/net.pkl': PICKLES.net,
    'm/clean.pkl': PICKLES.clean,
    'm/broken.pkl': Buffer.from('\x1f\x8b\x08\x00\x00', 'latin1'),
  };

  test('one a line, in the order of the list, whatever the verdicts are', () => {
    const list = lines(['m/system.pkl', { id: '7', source: 'm/clean.pkl' }, 'gone.pkl', 'm/broken.pkl', 'm']);
    const folder = cli.folder({ ...FILES, 'list.ndjson': `\r\n${list}\n  \n` });
    const run = cli.run(folder, args());
    expect(run).toMatchObject({ code: 0, stdout: '' });
    expect(run.stderr).toBe('sentinel: shard 1 of 1: 5 records; written to out/shard-1-of-1.ndjson\n');
    const found = records(folder);
    expect(shown(found)).toEqual([
      ['m/system.pkl', 'fail'],
      ['7', 'pass'],
      ['gone.pkl', 'incomplete'],
      ['m/broken.pkl', 'incomplete'],
      ['m', 'fail'],
    ]);
    expect(found[1]?.report.artifacts[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(found[4]?.report.summary).toMatchObject({ artifacts: 4 });
    expect(readdirSync(join(folder, 'out'))).toEqual(['shard-1-of-1.ndjson']);
    const validate = new Ajv2020().compile(batchJsonSchema());
    for (const record of found) expect(validate(record), JSON.stringify(validate.errors)).toBe(true);
  });

  test('say what sentinel artifact says, and their facts give the same findings again', async () => {
    const folder = cli.folder({ ...FILES, 'list.ndjson': lines(['m']) });
    cli.run(folder, args());
    cli.run(folder, ['artifact', 'm', '--hash', 'all', '-f', 'json=alone.json']);
    const [record] = records(folder);
    const alone = JSON.parse(readFileSync(join(folder, 'alone.json'), 'utf8')) as Report;
    expect(record?.report.artifacts).toEqual(alone.artifacts);
    const findings = record?.report.findings.map(({ fingerprint }) => fingerprint);
    expect(findings).toEqual(alone.findings.map(({ fingerprint }) => fingerprint));
    expect(findings).toHaveLength(2);
    const facts = record?.facts as unknown as readonly Collected[];
    const again = await judge(
      (async function* turns() {
        for (const one of facts) yield { path: one.path, collected: () => Promise.resolve(one) };
      })(),
      { platform: portablePlatform, today: '2026-11-23' },
    );
    expect(again.findings.map(({ fingerprint }) => fingerprint)).toEqual(findings);
    expect(again.incomplete).toEqual(record?.report.incomplete);
  });

  test('of remote sources name the revision', async () => {
    const { commit } = cli.double.add('org/model', { 'model.pkl': PICKLES.system });
    cli.double.add('org/clean', { 'model.pkl': PICKLES.clean });
    const folder = cli.folder({
      'list.ndjson': lines(['hf://org/clean', 'hf://org/model', 'hf://org/none', 'm.pkl']),
      'm.pkl': PICKLES.clean,
    });
    const { code } = await cli.runRemote(folder, args('--allow-private'));
    expect(code).toBe(0);
    const found = records(folder);
    expect(shown(found)).toEqual([
      ['hf://org/clean', 'pass'],
      ['hf://org/model', 'fail'],
      ['hf://org/none', 'incomplete'],
      ['m.pkl', 'pass'],
    ]);
    expect(found.map(({ pinned }) => pinned)).toEqual([
      expect.stringMatching(/^hf:\/\/org\/clean@[0-9a-f]{40}$/),
      `hf://org/model@${commit}`,
      null,
      null,
    ]);
  });

  test('are one line for every reader of lines', () => {
    const name = 'a\u2028b\u0085c\u2029.pkl';
    const folder = cli.folder({ [name]: PICKLES.system, 'list.ndjson': lines([name]) });
    cli.run(folder, args());
    expect(readFileSync(join(folder, 'out/shard-1-of-1.ndjson'), 'utf8')).not.toMatch(/[\u0085\u2028\u2029]/);
    expect(shown(records(folder))).toEqual([[name, 'fail']]);
  });

  test('no policy is searched for, the named one counts', () => {
    const policy = 'max_acceptable_severity: OVERTLY_MALICIOUS\nfail_on: []\n';
    const folder = cli.folder({
      'list.ndjson': lines(['m/system.pkl']),
      'm/system.pkl': PICKLES.system,
      'sentinel-policy.yml': policy,
    });
    cli.run(folder, args());
    expect(records(folder)[0]?.verdict).toBe('fail');
    cli.run(folder, args('--policy', 'sentinel-policy.yml'));
    // Made with another policy: made again.
    expect(records(folder)[0]?.verdict).toBe('pass');
    expect(records(folder)[0]?.made.policy).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('the list', () => {
  test.each([
    ['no JSON', 'm.pkl\n', 'line 1: a JSON string, or an object with "source"'],
    ['a number', '"a"\n3\n', 'line 2: a JSON string'],
    ['null', 'null\n', 'line 1'],
    ['no source', '{"id":"a"}\n', 'line 1'],
    ['an empty source', '""\n', 'line 1'],
    ['standard input', '"-"\n', 'line 1'],
    ['no UTF-8', Buffer.from('"\xff"\n', 'latin1'), 'line 1'],
    ['one id for two sources', '{"id":"a","source":"b"}\n{"id":"a","source":"c"}\n', 'line 2: the id "a" stands for'],
    ['a NUL', String.raw`"a\u0000b"`, 'has a NUL'],
    ['a long path', `"${'a'.repeat(5000)}"\n`, 'at most 4096 characters'],
    ['many broken lines', 'x\n'.repeat(20), '; and 15 more'],
  ])('%s: nothing is scanned', (_name, list, problem) => {
    const folder = cli.folder({ 'list.ndjson': list, a: PICKLES.clean });
    const run = cli.run(folder, args());
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(problem);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  test('is missing', () => {
    const run = cli.run(cli.folder({}), args());
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('cannot read the list list.ndjson');
  });

  test('is empty: a file without records', () => {
    const folder = cli.folder({ 'list.ndjson': '' });
    expect(cli.run(folder, args()).code).toBe(0);
    expect(records(folder)).toEqual([]);
  });

  test('a line that stands there twice has one record', () => {
    const folder = cli.folder({
      'list.ndjson': lines(['a.pkl', 'a.pkl', { source: 'a.pkl' }]),
      'a.pkl': PICKLES.clean,
    });
    expect(cli.run(folder, args()).code).toBe(0);
    expect(records(folder)).toHaveLength(1);
  });

  test.each(['0/4', '5/4', '1', '1/0', 'a/b', '1/4/2', '-1/4', '1/2000000'])('--shard %s is refused', (shard) => {
    const folder = cli.folder({ 'list.ndjson': lines(['a.pkl']) });
    const run = cli.run(folder, args('--shard', shard));
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('NUMBER/OF is needed');
  });
});

describe('shards', () => {
  const files = Object.fromEntries(Array.from({ length: 90 }, (_, i) => [`m/${i}.pkl`, PICKLES.clean]));

  test('part the list by the ids alone', () => {
    const folder = cli.folder({ ...files, 'list.ndjson': lines(Object.keys(files)) });
    const parts = [1, 2, 3].map((number) => {
      expect(cli.run(folder, args('--shard', `${number}/3`)).code).toBe(0);
      return records(folder, `shard-${number}-of-3`).map(({ id }) => id);
    });
    expect(parts.flat().toSorted()).toEqual(Object.keys(files).toSorted());
    for (const part of parts) expect(part.length).toBeGreaterThan(15);
    // Known values: computed with hashlib of Python; another version must part a list in the same way.
    expect(parts[0]?.slice(0, 4)).toEqual(['m/6.pkl', 'm/8.pkl', 'm/9.pkl', 'm/15.pkl']);
    writeFileSync(join(folder, 'list.ndjson'), lines(Object.keys(files).toReversed()));
    cli.run(folder, args('--shard', '2/3'));
    expect(records(folder, 'shard-2-of-3').map(({ id }) => id)).toEqual(parts[1]?.toReversed());
  });
});

describe('runs that are ended', () => {
  const count = sized(400, 160);
  const files = Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`m/${i}.pkl`, i % 5 === 0 ? PICKLES.system : PICKLES.clean]),
  );
  const many = (): string => cli.folder({ ...files, 'list.ndjson': lines(Object.keys(files)) });

  const start = (folder: string) =>
    spawn(process.execPath, [cli.bundle, ...args('--quiet')], { cwd: folder, stdio: 'ignore' });
  const ended = (process: ReturnType<typeof start>): Promise<number | null> =>
    new Promise((resolve) => {
      process.on('exit', resolve);
    });
  const recordsOfRuns = (folder: string): number => {
    const out = join(folder, 'out');
    const names = existsSync(out) ? readdirSync(out).filter((name) => name.endsWith('.run')) : [];
    const text = names.map((name) => readFileSync(join(out, name), 'utf8')).join('');
    return text.split('{"recordVersion":1,').length - 1;
  };
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  test('by SIGKILL lose nothing and write nothing twice', async () => {
    const folder = many();
    const whole = many();
    cli.run(whole, args());
    for (const share of [count / 10, count / 4]) {
      const run = start(folder);
      const code = ended(run);
      await until(() => recordsOfRuns(folder) >= share || run.exitCode !== null);
      run.kill('SIGKILL');
      await code;
    }
    const before = recordsOfRuns(folder);
    expect(before).toBeGreaterThanOrEqual(count / 4);
    const { code, stderr } = cli.run(folder, args());
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(new RegExp(`: ${count} records, \\d+ of them from earlier runs;`)),
    ]);
    expect(records(folder).map(lasting)).toEqual(records(whole).map(lasting));
    expect(readdirSync(join(folder, 'out'))).toEqual(['shard-1-of-1.ndjson']);
  }, 60_000);

  test('two runs at a time write no record twice', async () => {
    const folder = many();
    expect(await Promise.all([ended(start(folder)), ended(start(folder))])).toEqual([0, 0]);
    expect(records(folder).map(({ id }) => id)).toEqual(Object.keys(files));
    expect(readdirSync(join(folder, 'out'))).toEqual(['shard-1-of-1.ndjson']);
  }, 60_000);

  /** What an ended run leaves behind, with `begun` for the last source. */
  function leave(folder: string, name: string, text: string): void {
    mkdirSync(join(folder, 'out'), { recursive: true });
    appendFileSync(join(folder, 'out', `.shard-1-of-1.${name}.run`), text);
  }
  const begun = (folder: string, id: string): string => {
    const other = cli.folder({ 'list.ndjson': lines(['a']), a: PICKLES.clean });
    cli.run(other, args());
    const made = JSON.stringify(records(other)[0]?.made);
    expect(folder).not.toBe(other);
    return `${JSON.stringify({ begun: id, made })}\n`;
  };

  test('three times in the middle of one source: it is incomplete, the others are scanned', () => {
    const folder = cli.folder({ 'list.ndjson': lines(['a', 'b']), a: PICKLES.clean, b: PICKLES.clean });
    const line = begun(folder, 'a');
    for (const run of ['1', '2']) leave(folder, run, line);
    cli.run(folder, args());
    expect(shown(records(folder))).toEqual([
      ['a', 'pass'],
      ['b', 'pass'],
    ]);
    const again = cli.folder({ 'list.ndjson': lines(['a', 'b']), a: PICKLES.clean, b: PICKLES.clean });
    for (const run of ['1', '2', '3']) leave(again, run, line);
    expect(cli.run(again, args()).code).toBe(0);
    expect(shown(records(again))).toEqual([
      ['a', 'incomplete'],
      ['b', 'pass'],
    ]);
    expect(records(again)[0]?.report.incomplete[0]?.reason).toBe(
      '3 runs ended while it was scanned; it is not tried again',
    );
  });

  test('in the middle of a line: the line counts for nothing', () => {
    const folder = cli.folder({ 'list.ndjson': lines(['a']), a: PICKLES.clean });
    leave(folder, '1', `${begun(folder, 'a')}{"recordVersion":1,"id":"a","ma`);
    expect(cli.run(folder, args()).code).toBe(0);
    expect(shown(records(folder))).toEqual([['a', 'pass']]);
  });

  test('something else in the folder is named', () => {
    const folder = cli.folder({ 'list.ndjson': lines(['a']), a: PICKLES.clean });
    leave(folder, '1', 'hello\n');
    const { code, stderr } = cli.run(folder, args());
    expect(code).toBe(2);
    expect(stderr).toMatch(/line 1 of out\/\.shard-1-of-1\.1\.run is no record of sentinel batch; use an empty folder/);
  });

  test('a folder that is a file', () => {
    const folder = cli.folder({ 'list.ndjson': lines(['a']), a: PICKLES.clean, out: 'x' });
    const { code, stderr } = cli.run(folder, args());
    expect(code).toBe(2);
    expect(stderr).toContain('cannot keep the records in out');
  });
});
