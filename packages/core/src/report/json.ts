import type { Report } from '../model/report.js';
import { safeJson } from './escape.js';

/** The report as it is: schemas/report.schema.json. */
export function renderJson(report: Report): string {
  return safeJson(report);
}
