/**
 * Scans every stream of a file as an artifact named x.pkl, with the default policy, and prints a line of JSON for each:
 * what the facts and the report say. Streams stand behind their length, four bytes, little endian.
 */
import { memorySource, RULES, scan, type Rule } from '@artifact-sentinel/core';
import { DEFAULT_POLICY, findRule, streamsOf, type Fact } from '@artifact-sentinel/core/internal';
import { answerEach } from '../framed.ts';

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
    policy: DEFAULT_POLICY,
    rules,
    today: '2026-01-01',
  });
  const streams = report.artifacts.flatMap(streamsOf);
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

await answerEach(process.argv[2] ?? '', answer);
