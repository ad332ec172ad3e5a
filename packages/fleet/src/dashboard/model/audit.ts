import type { AuditEntry } from '../api/types.js';

/** An entry in words: what was done, and what else is known of it. */
export function entryWords({ action, detail }: Pick<AuditEntry, 'action' | 'detail'>): {
  readonly what: string;
  readonly detail: string;
} {
  const { from, to, ...others } = detail;
  const isMove = action === 'artifact.state' && typeof to === 'string';
  return {
    what: isMove ? (typeof from === 'string' ? `${from} → ${to}` : to) : action,
    detail: Object.entries(isMove ? others : detail)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => `${name} ${cut(typeof value === 'string' ? value : JSON.stringify(value))}`)
      .join(', '),
  };
}

/** Letters of a value that are shown. */
const LONGEST = 300;

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
