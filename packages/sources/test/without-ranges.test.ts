import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import type { SourceContext } from '@artifact-sentinel/sources';
import { temporaryFiles } from '@artifact-sentinel/sources/node';
import { gguf, SparseFile, torchZip } from './double-files.js';
import type { Fault } from './hub-double.js';
import { SourceKit, SYSTEM } from './source-kit.js';

const kit = new SourceKit();
const MIB = 2 ** 20;
const SLICE = MIB;
const address = (): string => `${kit.double.endpoint}/api/model.pt`;

/** Temporary files of these tests alone. */
const folder = mkdtempSync(join(tmpdir(), 'without-ranges-'));
beforeEach(() => {
  vi.stubEnv('TMPDIR', folder);
  return () => vi.unstubAllEnvs();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Writes it as fast as it is taken. `cutAt`: where the connection breaks. */
async function send(response: ServerResponse, file: SparseFile, cutAt = Infinity): Promise<void> {
  for (let at = 0; at < file.size && !response.destroyed; at += SLICE) {
    if (at >= cutAt) {
      response.destroy();
      return;
    }
    const isTaken = response.write(file.read(at, Math.min(at + SLICE, file.size)));
    if (!isTaken)
      await new Promise<void>((resolve) => {
        const go = (): void => {
          response.off('drain', go).off('close', go);
          resolve();
        };
        response.on('drain', go).on('close', go);
      });
  }
  response.end();
}

/** A server that answers each request with all of the file. */
const whole =
  (file: SparseFile, headers: Readonly<Record<string, string | number>> = { 'content-length': file.size }): Fault =>
  (_asked, response) => {
    response.writeHead(200, headers);
    void send(response, file);
    return true;
  };

const opened: (number | null)[] = [];
beforeEach(() => {
  opened.length = 0;
});

function spooled(most = 1024 * MIB): SourceContext {
  return { ...kit.context(), spooling: temporaryFiles({ most, onOpen: (_shown, size) => opened.push(size) }) };
}

test('a checkpoint of 200 MB is scanned, and its temporary file is gone', async () => {
  const file = torchZip(8, 25 * MIB);
  kit.double.fault = whole(file);
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().arrayBuffers)), 5);
  const report = await kit.report(address(), spooled());
  clearInterval(timer);
  expect(report).toMatchObject({ verdict: 'pass', incomplete: [], findings: [] });
  expect(report.artifacts[0]).toMatchObject({ size: file.size, format: 'torch-zip' });
  expect(opened).toEqual([file.size]);
  expect(kit.double.asked).toHaveLength(1);
  expect(readdirSync(folder)).toEqual([]);
  expect(most - before).toBeLessThan(100 * MIB);
});

test('what it runs is found, as by ranges', async () => {
  const file = SparseFile.of(SYSTEM);
  file.skip(40 * MIB);
  kit.double.fault = whole(file);
  const byDownload = await kit.report(address(), spooled());
  kit.double.fault = () => false;
  kit.double.add('org/model', { 'model.pt': file });
  const byRanges = await kit.report('hf://org/model');
  const seen = ({ findings }: typeof byRanges) => findings.map(({ ruleId, location }) => [ruleId, location.offset]);
  expect(seen(byDownload)).toEqual(seen(byRanges));
  expect(byDownload.findings.map(({ ruleId }) => ruleId)).toContain('PICKLE-EXEC');
});

test('without a length it is held up to its limit, and no further', async () => {
  const file = torchZip(2, 20 * MIB);
  kit.double.fault = whole(file, {});
  expect(await kit.report(address(), spooled())).toMatchObject({ verdict: 'pass', incomplete: [] });
  expect(opened).toEqual([null]);
  const { incomplete } = await kit.report(address(), spooled(36 * MIB));
  expect(incomplete.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(
      /answers with more than the 37748736 bytes that are downloaded to be scanned \(--max-download\)/,
    ),
  ]);
  expect(readdirSync(folder)).toEqual([]);
});

test.each([40 * MIB, 1 * MIB])('a limit of %d bytes is said, and nothing is downloaded', async (most) => {
  const file = torchZip(8, 25 * MIB);
  kit.double.fault = whole(file);
  const { incomplete, verdict } = await kit.report(address(), spooled(most));
  expect(verdict).not.toBe('pass');
  expect(incomplete.map(({ reason }) => reason)).toEqual([
    expect.stringContaining(`its ${file.size} bytes are more than the ${most} that are downloaded to be scanned`),
  ]);
  expect(opened).toEqual([]);
});

test('a mirror of the Hub that ignores ranges is asked for a file once, whatever is read of it', async () => {
  const file = gguf(40, 2 * MIB, { words: 150_000, template: '{{ messages.__class__ }}' });
  kit.double.add('org/model', { 'model.gguf': file });
  kit.double.fault = (asked, response, request) => asked.origin === 'cdn' && whole(file)(asked, response, request);
  const report = await kit.report('hf://org/model', spooled());
  expect(report.incomplete).toEqual([]);
  expect(report.findings.map(({ ruleId }) => ruleId)).toEqual(['REPO-CHAT-TEMPLATE']);
  expect(opened).toEqual([file.size]);
  const withoutRange = kit.double.asked.filter(
    ({ origin, headers }) => origin === 'cdn' && headers.range === undefined,
  );
  expect(withoutRange).toHaveLength(1);
  expect(readdirSync(folder)).toEqual([]);
});

test('a connection that breaks begins anew; one that ends early is incomplete', async () => {
  const file = torchZip(2, 20 * MIB);
  let broken = 0;
  kit.double.fault = (asked, response, request) => {
    if (broken === 2) return whole(file)(asked, response, request);
    broken += 1;
    response.writeHead(200, { 'content-length': file.size });
    void send(response, file, 10 * MIB);
    return true;
  };
  expect(await kit.report(address(), spooled())).toMatchObject({ verdict: 'pass', incomplete: [] });
  expect(opened).toEqual([file.size, file.size, file.size]);
  broken = -1;
  kit.double.fault = (_asked, response) => {
    response.writeHead(200, { 'content-length': file.size });
    void send(response, file, 10 * MIB);
    return true;
  };
  expect((await kit.report(address(), spooled())).incomplete).toHaveLength(1);
  expect(readdirSync(folder)).toEqual([]);
});

test('a folder for temporary files that is not there is said', async () => {
  vi.stubEnv('TMPDIR', join(folder, 'none'));
  kit.double.fault = whole(torchZip(2, 20 * MIB));
  const { incomplete } = await kit.report(address(), spooled());
  expect(incomplete.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/cannot be downloaded to a temporary file: /),
  ]);
});
