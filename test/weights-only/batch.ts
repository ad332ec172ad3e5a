/**
 * What we say of `torch.load(weights_only=True)`, for every checkpoint of a file: a line of JSON for each, the fact and
 * whether TORCH-LOAD-UNTRUSTED fires. Checkpoints stand behind their length, four bytes, little endian.
 */
import { createWriteStream, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { DEFAULT_POLICY, findRule, memorySource, scan, type Fact, type Rule } from '@sentinel/core';

const FLUSH_AT = 1 << 20;
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
    command: 'streams',
    version: '0',
    policy: DEFAULT_POLICY,
    rules: [rule, listener],
    now: () => performance.now(),
    today: '2026-01-01',
  });
  const [fact] = facts;
  return {
    fires: report.findings.length > 0,
    verdict: report.verdict,
    fact: fact?.kind === 'torch.load' ? fact : null,
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
