/**
 * Scans streams with the default policy and answers each with a line of JSON: whether it passes without any finding, and
 * what was found. Streams come on the standard input, behind their length (four bytes, little endian) and a byte that
 * says how they are named: 0 for x.pkl, 1 for x.joblib.
 */
import { memorySource, scan } from '@artifact-sentinel/core';
import { DEFAULT_POLICY } from '@artifact-sentinel/core/internal';

const HEAD = 5;

async function answer(stream: Uint8Array, path: string): Promise<unknown> {
  try {
    const report = await scan([{ path, source: memorySource(stream), size: stream.length }], {
      policy: DEFAULT_POLICY,
      today: '2026-01-01',
    });
    const levels = [...report.artifacts, ...report.findings].map((one) => one.safety?.level ?? 0);
    const level = Math.max(0, ...levels);
    const clean = report.findings.length === 0 && report.incomplete.length === 0 && level === 0;
    return {
      pass: clean && report.verdict === 'pass' && report.artifacts.length === 1 && report.summary.opaque === 0,
      level,
      rules: [...new Set(report.findings.map((finding) => finding.ruleId))],
      first: report.findings[0]?.message ?? report.incomplete[0]?.reason ?? null,
    };
  } catch (error) {
    return { pass: false, level: -1, rules: [], first: `the scanner failed: ${String(error)}` };
  }
}

let rest: Buffer = Buffer.alloc(0);
for await (const chunk of process.stdin) {
  rest = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
  let at = 0;
  while (at + HEAD <= rest.length) {
    const end = at + HEAD + rest.readUInt32LE(at);
    if (end > rest.length) break;
    const name = rest[at + 4] === 1 ? 'x.joblib' : 'x.pkl';
    process.stdout.write(`${JSON.stringify(await answer(Uint8Array.from(rest.subarray(at + HEAD, end)), name))}\n`);
    at = end;
  }
  rest = rest.subarray(at);
}
