import { memorySource } from '../src/bytes/source.js';
import { streamsOf, type Report } from '../src/model/report.js';
import { DEFAULT_POLICY } from '../src/policy/defaults.js';
import { RULES } from '../src/rules/index.js';
import { scan } from '../src/scan.js';
import { STILL } from './still-platform.js';

export interface Seen {
  /** Modules of the globals, each once. */
  readonly modules: readonly string[];
  readonly incomplete: readonly string[];
  readonly findings: readonly string[];
}

/** The report of a scan with all rules and the default policy over one artifact. */
export function reportOf(name: string, bytes: Uint8Array): Promise<Report> {
  return scan([{ path: name, source: memorySource(bytes), size: bytes.length }], {
    command: 'artifact',
    version: '0',
    policy: DEFAULT_POLICY,
    rules: RULES,
    platform: STILL,
    today: '2026-01-01',
  });
}

/** What it says in short. */
export async function look(name: string, bytes: Uint8Array): Promise<Seen> {
  const report = await reportOf(name, bytes);
  const globals = report.artifacts.flatMap((artifact) => streamsOf(artifact)).flatMap((one) => one.globals);
  return {
    modules: [...new Set(globals.map((global) => global.module))].toSorted(),
    incomplete: report.incomplete.map((entry) => entry.reason),
    findings: report.findings.map((finding) => finding.ruleId),
  };
}
