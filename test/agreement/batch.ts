/**
 * Scans every stream of a file as an artifact named x.pkl, with the default policy, and prints a line of JSON for each:
 * what the facts and the report say. Streams stand behind their length, four bytes, little endian.
 */
import { createWriteStream, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { DEFAULT_POLICY, findRule, memorySource, RULES, scan, type Fact, type Rule } from '@sentinel/core';

const FLUSH_AT = 1 << 20;

let facts: Fact[] = [];
/** Sees every fact of a scan and finds nothing. */
const listener: Rule = {
  meta: findRule('PICKLE-EXEC').meta,
  on: ['pickle.global', 'pickle.dynamic'],
  check: (fact: Fact) => {
    facts.push(fact);
    return undefined;
  },
};
const rules: readonly Rule[] = [...RULES, listener];

async function answer(stream: Uint8Array): Promise<unknown> {
  facts = [];
  const report = await scan([{ path: 'x.pkl', source: memorySource(stream), size: stream.length }], {
    command: 'agreement',
    version: '0',
    policy: DEFAULT_POLICY,
    rules,
    now: () => performance.now(),
    today: '2026-01-01',
  });
  const streams = report.artifacts.flatMap((artifact) => artifact.streams);
  const disallowed = streams.flatMap((one) =>
    one.globals.flatMap((global) => (global.class === 'allowed' ? [] : [[global.module, global.name]])),
  );
  return {
    verdict: report.verdict,
    format: report.artifacts[0]?.format ?? null,
    rules: [...new Set(report.findings.map((finding) => finding.ruleId))],
    disallowed,
    globals: facts.flatMap((fact) =>
      fact.kind !== 'pickle.global'
        ? []
        : [
            {
              pair: [fact.module, fact.name],
              at: fact.at.path === 'x.pkl' ? fact.at.offset : fact.at.path,
              readers: fact.readers,
              mapped: fact.mapped === null ? null : [fact.mapped.module, fact.mapped.name],
              walks: fact.walksDots,
              called: fact.callCount > 0,
            },
          ],
    ),
    dynamic: facts.flatMap((fact) =>
      fact.kind === 'pickle.dynamic' ? [{ pair: [fact.module, fact.name], at: fact.at.offset, via: fact.via }] : [],
    ),
    ends: streams.map((one) => [one.path, one.offset, one.end, one.error]),
    incomplete: report.incomplete.map((entry) => entry.reason),
  };
}

async function main(path: string): Promise<void> {
  const bytes = readFileSync(path);
  const out = createWriteStream('', { fd: 1 });
  let text = '';
  for (let at = 0; at + 4 <= bytes.length;) {
    const length = bytes.readUInt32LE(at);
    text += `${JSON.stringify(await answer(bytes.subarray(at + 4, at + 4 + length)))}\n`;
    at += 4 + length;
    if (text.length < FLUSH_AT) continue;
    if (!out.write(text)) await once(out, 'drain');
    text = '';
  }
  out.end(text);
  await once(out, 'finish');
}

await main(process.argv[2] ?? '');
