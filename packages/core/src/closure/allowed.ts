import type { Evidence } from '../model/report.js';

/**
 * Whether a used entry of a policy is for what a finding is about. Where nothing says which entries those are, as in reports
 * of earlier versions, it is a whole word of the signal: `GLOBAL vendor.net.Model`.
 */
export function isAllowedBy({ entries, signal }: Evidence, entry: string): boolean {
  return entries === undefined ? signal.split(' ').includes(entry) : entries.some((one) => one.entry === entry);
}
