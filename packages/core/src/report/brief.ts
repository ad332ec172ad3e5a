import type { Finding } from '../model/report.js';
import { cut, escapeText } from '../model/escape.js';

/** Longest description in one line of a list. */
const BRIEF_LENGTH = 160;

const LOOK_UP = /^(?:GLOBAL|STACK_GLOBAL|INST) (.+)$/s;

/** The text before the first of these: what a message says before it goes into detail. */
const ENDS = [': ', '. ', ' ('];

function firstClause(message: string): string {
  const ends = ENDS.map((end) => message.indexOf(end)).filter((at) => at > 0);
  const clause = message.slice(
    0,
    ends.reduce((first, at) => Math.min(first, at), message.length),
  );
  const plain = clause.endsWith('.') ? clause.slice(0, -1) : clause;
  return /^[A-Z](?:[a-z]|\s)/.test(plain) ? plain.charAt(0).toLowerCase() + plain.slice(1) : plain;
}

function words({ ruleId, evidence, message }: Finding): string {
  const { call, signal } = evidence;
  if (call !== null) return `${ruleId === 'PICKLE-EXEC' ? 'runs' : 'calls'} ${call}`;
  const name = LOOK_UP.exec(signal)?.[1];
  if (name !== undefined) return `imports ${name}`;
  const clause = firstClause(message);
  // What the signal names is often the subject of the clause.
  const subject = signal.slice(signal.lastIndexOf(' ') + 1);
  return clause.includes(subject) ? clause : `${clause} (${signal})`;
}

/** What a finding is about, in the few words of a line: `runs posix.system('id')`. */
export function describeBriefly(finding: Finding): string {
  return cut(escapeText(words(finding)), BRIEF_LENGTH);
}
