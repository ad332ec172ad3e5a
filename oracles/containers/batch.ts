/** Scans each file that standard input names, with the default policy, and prints a line of JSON for each. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { memorySource, RULES, scan } from '@artifact-sentinel/core';
import { DEFAULT_POLICY, streamsOf } from '@artifact-sentinel/core/internal';

async function answer(path: string): Promise<unknown> {
  const bytes = new Uint8Array(readFileSync(path));
  const name = basename(path);
  const started = performance.now();
  const report = await scan([{ path: name, source: memorySource(bytes), size: bytes.length }], {
    policy: DEFAULT_POLICY,
    rules: RULES,
    today: '2026-01-01',
  });
  const globals = report.artifacts.flatMap(streamsOf).flatMap((stream) => stream.globals);
  return {
    file: path,
    verdict: report.verdict,
    format: report.artifacts[0]?.format ?? null,
    globals: [...new Set(globals.map((global) => `${global.module}.${global.name}`))],
    rules: [...new Set(report.findings.map((finding) => finding.ruleId))],
    incomplete: report.incomplete.map((entry) => `${entry.path}: ${entry.reason}`),
    ms: Math.round(performance.now() - started),
  };
}

for await (const path of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(path))}\n`);
}
