import { append } from '../model/append.js';
import type { Finding, Report } from '../model/report.js';
import { palette } from './palette.js';
import { detailedList, type Layout } from './text-findings.js';
import { ruleLines } from './text-rules.js';

/** Findings of a report in full, with what to do about them. */
export function renderFindings(
  findings: readonly Finding[],
  report: Pick<Report, 'run'>,
  { color, width }: { readonly color: boolean; readonly width: number | null },
): string {
  const layout: Layout = { paint: palette(color), verbose: true, width };
  const lines = detailedList(findings, layout);
  append(lines, ruleLines(findings, report.run, false, layout));
  lines.pop();
  return `${lines.join('\n')}\n`;
}
