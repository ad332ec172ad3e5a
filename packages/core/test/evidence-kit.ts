import { memorySource } from '../src/bytes/source.js';
import type { Finding } from '../src/model/report.js';
import { DEFAULT_POLICY } from '../src/policy/defaults.js';
import { RULES } from '../src/rules/index.js';
import { scan } from '../src/scan.js';
import { STILL } from './still-platform.js';

export interface ShownFinding {
  /** Path within the artifact and offset. */
  readonly at: string;
  readonly rule: string;
  readonly signal: string;
  readonly call: string | null;
  readonly chain: readonly string[];
}

/** The findings on globals of one artifact, as the report has them. */
export async function findingsOf(bytes: Uint8Array, path = 'm.pkl'): Promise<readonly ShownFinding[]> {
  const report = await scan([{ path, source: memorySource(bytes), size: bytes.length }], {
    command: 'test',
    version: '0',
    policy: DEFAULT_POLICY,
    rules: RULES,
    platform: STILL,
    today: '2026-01-01',
  });
  return report.findings.filter((finding) => isOnGlobal(finding)).map((finding) => shown(finding, path));
}

function isOnGlobal(finding: Finding): boolean {
  return finding.ruleId === 'PICKLE-EXEC' || finding.ruleId === 'PICKLE-GLOBAL-IMPORT';
}

function shown({ ruleId, location, evidence }: Finding, path: string): ShownFinding {
  return { at: `${location.path.slice(path.length)}@${location.offset}`, rule: ruleId, ...evidence };
}
