import { fetchTransport } from '@artifact-sentinel/sources';
import { expect, test } from 'vitest';
import { SparseFile, torchZip } from '../../test/double-files.js';
import { sendRange, type Fault } from '../../test/hub-double.js';
import { CLEAN, SourceKit, SYSTEM } from '../../test/source-kit.js';

const kit = new SourceKit();
const address = (): string => `${kit.double.endpoint}/api/file.pkl?signature=secret`;
const reasonsOf = async (fault: Fault): Promise<readonly string[]> => {
  kit.double.fault = fault;
  const { incomplete } = await kit.report(address());
  return incomplete.map(({ reason }) => reason);
};

test('a file is read by ranges, once its size is known by the first of them', async () => {
  const file = torchZip(40, 10 * 2 ** 20);
  kit.double.fault = (asked, response) => {
    response.setHeader('etag', '"v1"');
    sendRange(asked, response, file);
    return true;
  };
  const report = await kit.report(address());
  expect(report).toMatchObject({ verdict: 'pass', incomplete: [] });
  expect(report.artifacts[0]).toMatchObject({
    path: address().replace(/\?.*/, ''),
    size: file.size,
    format: 'torch-zip',
  });
  expect(kit.double.asked[0]?.headers).toMatchObject({ range: 'bytes=0-65535', 'accept-encoding': 'identity' });
  expect(kit.double.asked.slice(1).map(({ headers }) => headers['if-range'])).not.toContain(undefined);
  expect(kit.double.asked.length).toBeLessThanOrEqual(8);
  expect(JSON.stringify(report)).not.toContain('secret');
});

test('one that is answered whole is read whole, with and without its length', async () => {
  const chunked: Fault = (_asked, response) => {
    response.write(SYSTEM.subarray(0, 5));
    response.end(SYSTEM.subarray(5));
    return true;
  };
  for (const fault of [chunked, ((_asked, response) => Boolean(response.end(SYSTEM))) satisfies Fault]) {
    kit.double.fault = fault;
    const report = await kit.report(address());
    expect(report.findings.map(({ ruleId, location }) => [ruleId, location.offset])).toEqual([['PICKLE-EXEC', 0]]);
    expect(report.incomplete).toEqual([]);
  }
});

test('an empty file is one', async () => {
  kit.double.fault = (asked, response) => {
    sendRange(asked, response, new SparseFile());
    return true;
  };
  const report = await kit.report(address());
  expect(report.artifacts).toEqual([expect.objectContaining({ size: 0, format: 'empty' })]);
});

test('what does not say its size, and what has no end, is incomplete', async () => {
  expect(
    await reasonsOf((_asked, response) =>
      Boolean(response.writeHead(206, { 'content-range': 'bytes 0-4/*' }).end('abcde')),
    ),
  ).toEqual([expect.stringMatching(/does not say how large it is/)]);
  expect(
    await reasonsOf((_asked, response) => {
      response.writeHead(200, { 'content-length': 2 ** 40 }).write('x');
      return true;
    }),
  ).toEqual([expect.stringMatching(/the server ignores ranges, and its \d+ bytes are more/)]);
  expect(
    await reasonsOf((_asked, response) => {
      const more = (): void => {
        if (!response.destroyed) response.write(new Uint8Array(2 ** 20), more);
      };
      more();
      return true;
    }),
  ).toEqual([expect.stringMatching(/answers with more than \d+ bytes/)]);
});

test('the same is found by fetch, which follows redirects itself', async () => {
  const large = new SparseFile();
  large.add(CLEAN);
  large.skip(12_000_000);
  kit.double.add('org/model', { 'a.pkl': SYSTEM, 'b.pkl': large });
  const byNode = await kit.report('hf://org/model');
  const byFetch = await kit.report('hf://org/model', kit.context({ transport: fetchTransport() }));
  const comparable = ({ artifacts, findings, incomplete }: typeof byNode) => ({ artifacts, findings, incomplete });
  expect(comparable(byFetch)).toEqual(comparable(byNode));
  expect(byFetch.findings).toHaveLength(1);
});
