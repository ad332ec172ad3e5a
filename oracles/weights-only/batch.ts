/**
 * What we say of `torch.load(weights_only=True)`, for every checkpoint of a file: a line of JSON for each, the fact and
 * whether TORCH-LOAD-UNTRUSTED fires. Checkpoints stand behind their length, four bytes, little endian.
 */
import { memorySource, scan, type Rule } from '@artifact-sentinel/core';
import { DEFAULT_POLICY, findRule, type Fact } from '@artifact-sentinel/core/internal';
import { answerEach } from '../framed.ts';

const rule = findRule('TORCH-LOAD-UNTRUSTED');

let facts: Fact[] = [];
/** Sees the facts of a scan and finds nothing. */
const listener: Rule = {
  meta: findRule('PICKLE-EXEC').meta,
  on: ['torch.load'],
  check: (fact: Fact) => {
    facts.push(fact);
    return undefined;
  },
};

async function answer(bytes: Uint8Array): Promise<unknown> {
  facts = [];
  const report = await scan([{ path: 'x.pt', source: memorySource(bytes), size: bytes.length }], {
    policy: DEFAULT_POLICY,
    rules: [rule, listener],
    today: '2026-01-01',
  });
  const [fact] = facts;
  return {
    fires: report.findings.length > 0,
    verdict: report.verdict,
    fact: fact?.kind === 'torch.load' ? fact : null,
  };
}

await answerEach(process.argv[2] ?? '', answer);
