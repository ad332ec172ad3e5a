import type { AuditEntry } from '../api/types.js';
import { LONGEST_VALUE } from '../limits.js';

/** What else is known of an entry, in a line: `reason checked by hand, size 2767`. */
export function detailWords({ detail }: Pick<AuditEntry, 'detail'>): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${name} ${short(typeof value === 'string' ? value : JSON.stringify(value))}`)
    .join(', ');
}

/** Letters of a hash that are shown. */
const HASH = 12;

function short(text: string): string {
  const most = /^[0-9a-f]{64}$/.test(text) ? HASH : LONGEST_VALUE;
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}

/** What was done to an artifact, said where the artifact is known: `artifact.passed` is `passed`. */
export function actionWords({ action }: Pick<AuditEntry, 'action'>): string {
  return action.replace(/^artifact\./, '');
}
