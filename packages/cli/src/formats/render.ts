import { RULES, type Report, type RuleMeta } from '@artifact-sentinel/core';
import {
  renderCycloneDx,
  renderGitlab,
  renderHtml,
  renderJunit,
  renderMarkdown,
  renderSarif,
} from '@artifact-sentinel/core/internal';
import type { Format } from '../outputs.js';
import { readCheckout } from './checkout.js';

/** What is written for machines and pages: nothing of it is loaded for a report on a terminal. */
export type FileFormat = Exclude<Format, 'text' | 'json'>;

export function renderFormat(report: Report, format: FileFormat, rules: readonly RuleMeta[]): string {
  const root = process.cwd();
  switch (format) {
    case 'sarif':
      return renderSarif(report, {
        rules,
        catalogue: RULES.map((rule) => rule.meta),
        root,
        checkout: readCheckout(root),
      });
    case 'markdown':
      return renderMarkdown(report, rules);
    case 'junit':
      return renderJunit(report, rules);
    case 'gitlab':
      return renderGitlab(report, { root });
    case 'cyclonedx':
      return renderCycloneDx(report);
    case 'html':
      return renderHtml(report, rules);
  }
}
