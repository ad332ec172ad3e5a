import { readFileSync, statSync } from 'node:fs';
import { DEFAULT_POLICY, RULES, scan } from '@sentinel/core';
import { openFile } from '@sentinel/core/node';

/** Scans one file as the command line does and prints what that cost. Runs in a process of its own: RSS only grows. */
async function main(path: string, shown: string): Promise<void> {
  const opened = openFile(path);
  await warm();
  const before = peakMemory();
  const started = process.cpuUsage();
  const report = await scan([{ path: shown, source: opened.source, size: statSync(path).size }], {
    command: 'hostile',
    version: '0',
    policy: DEFAULT_POLICY,
    rules: RULES,
    retestPaths: shown,
    now: () => performance.now(),
    today: '2026-01-01',
  });
  // Processor time: others may use the machine as well.
  const { user, system } = process.cpuUsage(started);
  const ms = (user + system) / 1000;
  const megabytes = (peakMemory() - before) / 1024;
  opened.source.close();
  const size = JSON.stringify(report).length;
  const reasons = report.incomplete.map((entry) => entry.reason);
  const findings = [...new Set(report.findings.map((finding) => finding.ruleId))];
  process.stdout.write(
    JSON.stringify({
      ms,
      megabytes,
      read: report.summary.bytesRead,
      report: size,
      verdict: report.verdict,
      reasons: reasons.slice(0, 3),
      incomplete: reasons.length,
      findings,
    }),
  );
}

/** Kilobytes. Linux counts the peak of a child from before its program was loaded (`ru_maxrss`), VmHWM does not. */
function peakMemory(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0);
}

/** The first scan compiles and loads; that is no cost of the case. */
async function warm(): Promise<void> {
  const bytes = Uint8Array.of(0x80, 2, 0x4e, 0x2e);
  const source = {
    size: bytes.length,
    read: (offset: number, length: number): Uint8Array => bytes.subarray(offset, offset + length),
  };
  const options = {
    command: '',
    version: '0',
    policy: DEFAULT_POLICY,
    rules: RULES,
    retestPaths: '',
    now: () => performance.now(),
    today: '2026-01-01',
  };
  await scan([{ path: 'a.pkl', source, size: bytes.length }], options);
}

await main(process.argv[2] ?? '', process.argv[3] ?? 'model.pkl');
