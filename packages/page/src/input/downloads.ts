import type { DownloadFormat } from '../engine/protocol.js';

const TYPES: Readonly<Record<DownloadFormat, { readonly name: string; readonly type: string }>> = {
  json: { name: 'sentinel-report.json', type: 'application/json' },
  sarif: { name: 'sentinel-report.sarif', type: 'application/sarif+json' },
  markdown: { name: 'sentinel-report.md', type: 'text/markdown' },
  cyclonedx: { name: 'sentinel-report.cdx.json', type: 'application/vnd.cyclonedx+json' },
  html: { name: 'sentinel-report.html', type: 'text/html' },
};
/** After so long every browser has begun with the download. */
const KEPT_MS = 60_000;

/** Hands a report to the browser's downloads. */
export function saveReport(format: DownloadFormat, text: string): void {
  const { name, type } = TYPES[format];
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
