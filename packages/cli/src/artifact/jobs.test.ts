import { cpSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Report } from '@artifact-sentinel/core';
import { judge, type Collected } from '@artifact-sentinel/core/internal';
import { findFiles, type Input } from '@artifact-sentinel/core/node/internal';
import { describe, expect, test } from 'vitest';
import { sized } from '../../../../oracles/full-size.js';
import { isForFullSize } from '../../../core/test/slow-fixtures.js';
import { collectInput } from './collect-input.js';
import { ArtifactPool, type ArtifactPoolOptions } from './pool.js';
import { Cli, PICKLES } from '../../test/kit.js';

const cli = new Cli();
const FIXTURES = fileURLToPath(new URL('../../../../fixtures/', import.meta.url));

/** All of a report but what says how it was made and how long it took. */
function same(report: Report): unknown {
  return { ...report, command: '', run: null, summary: { ...report.summary, durationMs: 0 } };
}

function reportOf(folder: string, name: string): unknown {
  return same(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Report);
}

const start: NonNullable<ArtifactPoolOptions['start']> = (workerData) =>
  new Worker(join(dirname(cli.bundle), 'parts/worker.cjs'), { workerData });

async function scanned(
  folder: string,
  options: Partial<ArtifactPoolOptions>,
  inputs = findFiles([folder]),
): Promise<Report> {
  const collectHere: ArtifactPoolOptions['collectHere'] = (input) => collectInput(input, {});
  const setup = {
    limits: {},
    runDeadline: null,
    digests: true,
    identities: true,
    hashWhere: [],
    sources: [],
    repositories: false,
    roots: [],
  };
  const pool = new ArtifactPool({ workers: 2, setup, collectHere, start, ...options });
  return judge(pool.turns(inputs));
}

/** Collects an input on this thread, and notes which. */
function heard(here: string[], input: Input): Promise<Collected> {
  here.push(input.name);
  return collectInput(input, {});
}

async function onOneThread(folder: string): Promise<Report> {
  return scanned(folder, { workers: 0 });
}

/** A worker that answers for nothing, and ends at once as `code` says. */
function broken(code: string): Worker {
  return new Worker(code, { eval: true });
}

/** Of large folders some files, and none that is slow, unless all of them are wanted. */
const STEPS: Readonly<Record<string, number>> = { hostile: sized(1, 25), broken: sized(1, 4) };

function sampled(name: string): (path: string) => boolean {
  let files = 0;
  return (path) => statSync(path).isDirectory() || (!isForFullSize(path) && files++ % (STEPS[name] ?? 1) === 0);
}

describe('--jobs', () => {
  test.each(['samples', 'hostile', 'broken'])(
    '%s: the report of two threads is that of one',
    (name) => {
      const folder = cli.folder({});
      cpSync(join(FIXTURES, name), join(folder, name), { recursive: true, filter: sampled(name) });
      const codes = ['1', '2'].map(
        (jobs) => cli.run(folder, ['artifact', name, 'missing.pkl', '-f', `json=${jobs}.json`, '--jobs', jobs]).code,
      );
      expect(codes).toEqual([1, 1]);
      expect(reportOf(folder, '2.json')).toEqual(reportOf(folder, '1.json'));
      expect((reportOf(folder, '1.json') as Report).summary.artifacts).toBeGreaterThan(5);
    },
    60_000,
  );

  test.each([
    ['clean', PICKLES.clean, 0],
    ['dangerous', PICKLES.system, 1],
    ['broken', Buffer.from('\x1f\x8b\x08\x00\x00', 'latin1'), 2],
  ])('exit code of %s files', (_name, bytes, code) => {
    const folder = cli.folder({ 'a.pkl': PICKLES.clean, 'b.pkl': bytes, 'c.pkl': PICKLES.clean });
    for (const jobs of ['1', '2']) expect(cli.run(folder, ['artifact', '.', '--jobs', jobs]).code).toBe(code);
  });

  test.each(['0', '-1', '1.5', 'two', '65', ''])('%j is refused', (jobs) => {
    const run = cli.run(cli.folder({ 'm.pkl': PICKLES.clean }), ['artifact', 'm.pkl', '--jobs', jobs]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('A whole number from 1 to 64 is needed');
  });

  test('many files without the option', () => {
    const names = Array.from({ length: 1_050 }, (_, i) => `${String(i).padStart(4, '0')}.pkl`);
    const files = names.map((name, i) => [name, i % 7 === 0 ? PICKLES.system : PICKLES.clean] as const);
    const folder = cli.folder(Object.fromEntries(files));
    expect(cli.run(folder, ['artifact', '.', '-f', 'json=../many.json']).code).toBe(1);
    expect((reportOf(folder, '../many.json') as Report).artifacts.map(({ path }) => path)).toEqual(names);
  });
});

test('inputs that are no files are handled alike: into a thread, back, and into the report', async () => {
  const folder = cli.folder({ 'a.pkl': PICKLES.clean, 'c.pkl': PICKLES.system });
  const bytes = (name: string, content: Buffer): Input => ({
    kind: 'bytes',
    name,
    size: content.length,
    bytes: new Uint8Array(content),
  });
  async function* inputs(): AsyncGenerator<Input> {
    yield { kind: 'file', name: join(folder, 'a.pkl'), size: 0 };
    yield bytes('standard input', PICKLES.system);
    yield { kind: 'file', name: join(folder, 'c.pkl'), size: 0 };
    yield { kind: 'unreadable', name: 'gone', size: 0, problem: 'there is no such thing' };
    yield bytes('page', PICKLES.clean);
  }
  const here: string[] = [];
  const report = await scanned(folder, { workers: 1, collectHere: (input) => heard(here, input) }, inputs());
  // What cannot be opened needs no thread.
  expect(here).toEqual(['gone']);
  expect(report.artifacts.map(({ path, status }) => [path, status])).toEqual([
    [join(folder, 'a.pkl'), 'complete'],
    ['standard input', 'complete'],
    [join(folder, 'c.pkl'), 'complete'],
    ['gone', 'incomplete'],
    ['page', 'complete'],
  ]);
  expect(report.findings.map(({ artifact, ruleId }) => [artifact, ruleId])).toEqual([
    ['standard input', 'PICKLE-EXEC'],
    [join(folder, 'c.pkl'), 'PICKLE-EXEC'],
  ]);
  expect(same(report)).toEqual(same(await scanned(folder, { workers: 0 }, inputs())));
});

describe('the thread that judges helps', () => {
  /** More files than one worker has in hand. */
  const many = (bytes: (i: number) => Buffer): string =>
    cli.folder(Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`${i + 100}.pkl`, bytes(i)])));

  async function helped(folder: string, options: Partial<ArtifactPoolOptions> = {}) {
    const here: string[] = [];
    const report = await scanned(folder, {
      workers: 1,
      helps: true,
      collectHere: (input) => heard(here, input),
      ...options,
    });
    return { report, here };
  }

  test('the report is that of one thread, in the order of the files', async () => {
    const folder = many((i) => (i % 3 === 0 ? PICKLES.net : PICKLES.clean));
    const { report, here } = await helped(folder);
    expect(here.length).toBeGreaterThan(0);
    expect(new Set(here).size).toBe(here.length);
    expect(same(report)).toEqual(same(await onOneThread(folder)));
  });

  test('large files are left to the worker', async () => {
    const folder = many((i) => (i < 300 ? PICKLES.clean : Buffer.concat([PICKLES.clean, Buffer.alloc(70_000)])));
    const { report, here } = await helped(folder);
    expect(here.filter((path) => Number(path.slice(-7, -4)) >= 400)).toEqual([]);
    expect(report.artifacts).toHaveLength(400);
  });

  test('no worker comes up: all is collected here, once', async () => {
    const folder = many(() => PICKLES.system);
    const { report, here } = await helped(folder, { start: () => broken('throw new Error("no");') });
    expect(here).toHaveLength(400);
    expect(new Set(here).size).toBe(400);
    expect(same(report)).toEqual(same(await onOneThread(folder)));
  });
});

describe('lost workers', () => {
  const many = (): string =>
    cli.folder(
      Object.fromEntries(
        Array.from({ length: 120 }, (_, i) => [`${i + 100}.pkl`, i % 3 === 0 ? PICKLES.net : PICKLES.clean]),
      ),
    );

  test('one that is ended in the middle loses nothing', async () => {
    const folder = many();
    let ended = 0;
    const report = await scanned(folder, {
      start(setup) {
        const worker = start(setup);
        let messages = 0;
        worker.on('message', () => {
          messages += 1;
          if (messages !== 2 || ended === 2) return;
          ended += 1;
          void worker.terminate();
        });
        return worker;
      },
    });
    // On a busy machine the others may have done the rest before a second one is ended.
    expect(ended).toBeGreaterThan(0);
    expect(report.artifacts).toHaveLength(120);
    expect(same(report)).toEqual(same(await onOneThread(folder)));
  });

  test('none that comes up: all is collected here', async () => {
    const folder = many();
    let started = 0;
    const report = await scanned(folder, {
      start() {
        started += 1;
        return broken('throw new Error("no");');
      },
    });
    expect(started).toBe(2);
    expect(same(report)).toEqual(same(await onOneThread(folder)));
  });

  test('a file that ends its worker each time is incomplete, and says why; the others are not', async () => {
    // The first is too large for the thread that helps: it waits until the worker has all of them.
    const large = Buffer.from(`S'${'x'.repeat(70_000)}'\n.`);
    const folder = cli.folder({ 'a.pkl': large, 'b.pkl': PICKLES.system, 'c.pkl': PICKLES.clean });
    // The real worker, but for files named b.pkl: it ends with them.
    const deadly = `
      const { parentPort, workerData } = require('node:worker_threads');
      const on = parentPort.on.bind(parentPort);
      parentPort.on = (event, listener) => on(event, (message) => {
        if (message.jobs.some(({ payload }) => payload.name.endsWith('b.pkl'))) throw new Error('too much');
        listener(message);
      });
      import(workerData.entry);
    `;
    const entry = `file://${join(dirname(cli.bundle), 'parts/worker.cjs')}`;
    let started = 0;
    const here: string[] = [];
    const report = await scanned(folder, {
      workers: 1,
      // What a worker was lost with is not taken on by the thread that helps.
      helps: true,
      collectHere: (input) => heard(here, input),
      start(setup) {
        started += 1;
        return new Worker(deadly, { eval: true, workerData: { ...setup, entry } });
      },
    });
    // Once with the others, twice alone, and then for the others.
    expect(started).toBe(4);
    expect(here).toEqual([]);
    expect(report.artifacts.map(({ path, status }) => [path.slice(-5), status])).toEqual([
      ['a.pkl', 'complete'],
      ['b.pkl', 'incomplete'],
      ['c.pkl', 'complete'],
    ]);
    expect(report.incomplete).toEqual([
      {
        path: join(folder, 'b.pkl'),
        offset: null,
        cause: 'limit',
        reason: 'it ended the thread that analysed it, 2 times: too much',
      },
    ]);
    expect(report.verdict).toBe('incomplete');
  });

  test('one that does not answer counts as lost', async () => {
    const folder = cli.folder({ 'a.pkl': PICKLES.clean, 'b.pkl': PICKLES.system });
    // It comes up, and says nothing of what it is given.
    const mute = `
      const { parentPort } = require('node:worker_threads');
      parentPort.postMessage(require('node:v8').serialize({ kind: 'ready' }));
      parentPort.on('message', () => {});
    `;
    let started = 0;
    const report = await scanned(folder, {
      marginMs: 200,
      setup: {
        limits: { artifactMs: 1 },
        runDeadline: null,
        digests: true,
        identities: true,
        hashWhere: [],
        sources: [],
        repositories: false,
        roots: [],
      },
      start() {
        started += 1;
        return broken(mute);
      },
    });
    // Each file had two, or a file was alone in that of the other.
    expect(started).toBeGreaterThanOrEqual(3);
    expect(report.incomplete.map(({ reason }) => reason)).toEqual([
      'it ended the thread that analysed it, 2 times: it did not answer in time',
      'it ended the thread that analysed it, 2 times: it did not answer in time',
    ]);
  });

  test('an answer too large to wait for its turn is collected here', async () => {
    // Six thousand names in one stream.
    const names = Array.from({ length: 6_000 }, (_, i) => `cm${i}\nn\n0`).join('');
    const folder = cli.folder({ 'a.pkl': Buffer.from(`${names}N.`), 'b.pkl': PICKLES.clean });
    const here: string[] = [];
    const report = await scanned(folder, {
      collectHere: (input) => heard(here, input),
    });
    expect(here).toEqual([join(folder, 'a.pkl')]);
    expect(same(report)).toEqual(same(await onOneThread(folder)));
  });
});
