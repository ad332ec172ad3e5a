import { Session, type Profiler } from 'node:inspector';
import { readFileSync, statSync } from 'node:fs';
import type * as CoreModule from '@artifact-sentinel/core';
import { openFile } from '@artifact-sentinel/core/node/internal';

/*
 * Scans files as the command line does, renders the report in every format, and prints what that cost: the work of each
 * file, or time and memory of one. Each is a process of its own: RSS only grows, code that is counted is slower, and it is
 * counted only where it is compiled after the counting began.
 *
 *   measure.ts time NAME FILE
 *   measure.ts work NAME FILE…
 */

type Core = typeof CoreModule;

/** Counts how often each piece of our code is run. */
class Counter {
  readonly #session = new Session();

  constructor() {
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /**
   * Characters of our source that were run since the last call, each as often as it was: a count of steps that has no
   * noise and sees every loop. Work inside of the engine's own functions (copying, regular expressions) is not in it.
   */
  take(): number {
    let taken: Profiler.TakePreciseCoverageReturnType | null = null;
    this.#session.post('Profiler.takePreciseCoverage', (_error, result) => {
      taken = result;
    });
    return workOf(taken);
  }
}

function workOf(taken: Profiler.TakePreciseCoverageReturnType | null): number {
  const ours = import.meta.url.slice(0, import.meta.url.lastIndexOf('/'));
  let work = 0;
  for (const script of taken?.result ?? []) {
    if (!script.url.startsWith(ours)) continue;
    for (const { ranges } of script.functions) {
      // Ranges nest: the inner one's count replaces the outer one's.
      const open: Profiler.CoverageRange[] = [];
      for (const range of ranges) {
        while ((open.at(-1)?.endOffset ?? Infinity) <= range.startOffset) open.pop();
        work += (range.count - (open.at(-1)?.count ?? 0)) * (range.endOffset - range.startOffset);
        open.push(range);
      }
    }
  }
  return work;
}

interface Outcome {
  readonly verdict: string;
  readonly findings: readonly string[];
  readonly reasons: readonly string[];
  readonly incomplete: number;
  readonly read: number;
  /** Characters of all reports together. */
  readonly report: number;
}

async function scanFile(core: Core, path: string, shown: string): Promise<Outcome> {
  const opened = openFile(path);
  const { size } = statSync(path);
  // The clock stands still: what is counted must not depend on a deadline.
  const platform = { now: () => 0 };
  const report = await core.scan([{ path: shown, source: opened.source, size }], { platform, today: '2026-01-01' });
  opened.source.close();
  const texts = [
    core.renderText(report),
    core.renderJson(report),
    core.renderMarkdown(report),
    core.renderSarif(report),
  ];
  const reasons = report.incomplete.map((entry) => entry.reason);
  return {
    verdict: report.verdict,
    findings: [...new Set(report.findings.map((finding) => finding.ruleId))],
    // Some at the end as well: a limit is reported last.
    reasons: [...new Set([...reasons.slice(0, 20), ...reasons.slice(-20)])],
    incomplete: reasons.length,
    read: report.summary.bytesRead,
    report: texts.reduce((sum, text) => sum + text.length, 0),
  };
}

/** A policy is read by the same rule: refused with an error of ours, or understood. */
function readPolicy(core: Core, path: string, shown: string): Outcome {
  const text = readFileSync(path, 'utf8');
  const outcome = { findings: [], incomplete: 0, read: text.length, report: 0 };
  try {
    core.loadPolicy(text, shown);
    return { ...outcome, verdict: 'understood', reasons: [] };
  } catch (error) {
    if (!(error instanceof core.PolicyError)) throw error;
    return { ...outcome, verdict: 'refused', reasons: [error.message] };
  }
}

/** Kilobytes. Linux counts the peak of a child from before its program was loaded (`ru_maxrss`), VmHWM does not. */
function peakMemory(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0);
}

/** The first scan compiles and fills tables; that is no cost of the case. */
async function warm(core: Core): Promise<void> {
  for (const text of ['\u0080\u0002N.', 'cos\nsystem\n.']) {
    const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
    const report = await core.scan([{ path: 'a.pkl', source: core.memorySource(bytes), size: bytes.length }]);
    core.renderText(report);
  }
}

async function main(mode: string, shown: string, paths: readonly string[]): Promise<void> {
  const counter = mode === 'work' ? new Counter() : null;
  const core = await import('@artifact-sentinel/core');
  await warm(core);
  for (const path of paths) {
    counter?.take();
    const before = peakMemory();
    const started = process.cpuUsage();
    const outcome = shown.endsWith('.yml') ? readPolicy(core, path, shown) : await scanFile(core, path, shown);
    // Processor time: others may use the machine as well.
    const { user, system } = process.cpuUsage(started);
    const cost =
      counter === null
        ? { ms: (user + system) / 1000, megabytes: (peakMemory() - before) / 1024 }
        : { work: counter.take() };
    process.stdout.write(`${JSON.stringify({ ...outcome, ...cost })}\n`);
  }
}

await main(process.argv[2] ?? 'time', process.argv[3] ?? 'model.pkl', process.argv.slice(4));
