/**
 * Prints for every case of a file what is found in its pickles: rule, fingerprint, what it covers, offset, and whether that
 * is in the first of them. Cases stand behind their length, four bytes, little endian.
 */
import { readFileSync } from 'node:fs';
import { memorySource, scan } from '@artifact-sentinel/core';
import { streamsOf } from '@artifact-sentinel/core/internal';

async function printsOf(stream: Uint8Array): Promise<unknown> {
  const { findings, streams } = await scan([{ path: 'x.pkl', source: memorySource(stream), size: stream.length }], {
    today: '2026-01-01',
  }).then((report) => ({
    findings: report.findings,
    streams: report.artifacts.flatMap(streamsOf),
  }));
  const first = streams.find(({ path, offset }) => path === 'x.pkl' && offset === 0);
  const end = first === undefined ? 0 : first.offset + first.length;
  return findings
    .filter(({ location }) => location.path === 'x.pkl')
    .map(({ ruleId, fingerprint, covers, location }) => {
      const offset = location.offset ?? 0;
      return [ruleId, fingerprint, covers, offset, offset <= end];
    });
}

const bytes = readFileSync(process.argv[2] ?? '');
for (let at = 0; at + 4 <= bytes.length;) {
  const length = bytes.readUInt32LE(at);
  console.log(JSON.stringify(await printsOf(bytes.subarray(at + 4, at + 4 + length))));
  at += 4 + length;
}
