import type { BaselineReport, Finding, Report } from './report.js';

/** What a run has found, before the policy's verdict. */
export interface Found extends Pick<Report, 'artifacts' | 'findings' | 'incomplete' | 'allow' | 'run'> {
  /** Ids of the rules that were applied. */
  readonly rules: ReadonlySet<string>;
  /** Version of the catalogue. */
  readonly catalogue: string;
}

/** The same findings, marked. */
export interface Marked {
  readonly findings: readonly Finding[];
  readonly baseline: BaselineReport;
  readonly notes: readonly string[];
}
