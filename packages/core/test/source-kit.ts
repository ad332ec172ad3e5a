import { memorySource, scan, type Finding, type Report, type ScanOptions } from '@artifact-sentinel/core';
import { selectRules } from '@artifact-sentinel/core/internal';

/** Scans of sources as a user would make them. */
export async function scanSource(text: string, name = 'code.py', options: ScanOptions = {}): Promise<Report> {
  const bytes = new TextEncoder().encode(text);
  return scan([{ path: name, source: memorySource(bytes), size: bytes.length }], {
    rules: selectRules(['TORCH']),
    today: '2026-11-21',
    ...options,
  });
}

/** What one rule finds in a source: `line:column`, in the order of the text. */
export async function positions(ruleId: string, text: string, name?: string): Promise<string[]> {
  return (await found(ruleId, text, name)).map(({ location }) => `${location.line}:${location.column}`);
}

/** The positions of one rule with their severities: `5 HIGH`. */
export async function severities(ruleId: string, text: string, name?: string): Promise<string[]> {
  return (await found(ruleId, text, name)).map(({ location, severity }) => `${location.line} ${severity}`);
}

export async function found(ruleId: string, text: string, name?: string): Promise<readonly Finding[]> {
  const report = await scanSource(text, name, { rules: selectRules([ruleId]) });
  return report.findings.filter((finding) => finding.ruleId === ruleId);
}

/** The lines, from 1, that a comment marks with `# FINDING`. */
export function marked(text: string): number[] {
  return text.split('\n').flatMap((line, i) => (line.includes('# FINDING') ? [i + 1] : []));
}

/** The lines on which one rule finds something, each once. */
export async function lines(ruleId: string, text: string, name?: string): Promise<number[]> {
  return [...new Set((await found(ruleId, text, name)).map(({ location }) => location.line ?? 0))];
}

/** A notebook with these code cells. */
export function notebook(...cells: readonly string[]): string {
  return JSON.stringify({
    nbformat: 4,
    cells: cells.map((source) => ({ cell_type: 'code', source: source.split(/(?<=\n)/), outputs: [], metadata: {} })),
  });
}
