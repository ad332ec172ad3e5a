import { RULES } from '@artifact-sentinel/core';
import { readReport, REPORTERS, type ReportContext } from '@artifact-sentinel/core/internal';

const TYPES = {
  json: 'application/json; charset=utf-8',
  sarif: 'application/sarif+json; charset=utf-8',
  markdown: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
  cyclonedx: 'application/vnd.cyclonedx+json; charset=utf-8',
} as const;

const RECORDS = RULES.map(({ meta }) => meta);
const CONTEXT: ReportContext = {
  rules: RECORDS,
  catalogue: RECORDS,
  root: null,
  checkout: () => null,
  color: false,
  verbose: false,
  quiet: false,
  width: null,
};

/** By the core's own reporters, which escape what artifacts say. */
export async function renderReport(
  report: unknown,
  format: keyof typeof TYPES,
): Promise<{ readonly type: string; readonly text: string }> {
  const render = await REPORTERS[format].load();
  return { type: TYPES[format], text: render(readReport(JSON.stringify(report), 'the stored report'), CONTEXT) };
}
