import type { Verdict } from '../isolation/messages.js';
import { refusedAs } from '../model/dispositions.js';
import { GATE_RULES, type GateRule, type Refusal } from '../model/rules.js';

/** RFC 9457. Own words only: what the client sent is not said back to it. */
export function problemOf(refusal: Refusal, id: string): { readonly status: number; readonly body: Buffer } {
  const { status, title } = GATE_RULES[refusal.rule];
  const problem = {
    type: `urn:sentinel:gate:${refusal.rule}`,
    title,
    status,
    detail: refusal.detail,
    instance: `urn:uuid:${id}`,
  };
  return { status, body: Buffer.from(`${JSON.stringify(problem)}\n`) };
}

export const PROBLEM_TYPE = 'application/problem+json';

/** A refusal about the request as such, not about something in its body. */
export function headRefusal(rule: GateRule, signal: string, detail: string): Refusal {
  return { rule, signal, detail, path: 'head', offset: null, format: null, sha256: null };
}

/** What of a request is an executable object, or declares one. */
const EXECUTABLE: ReadonlySet<GateRule> = new Set(['GATE-PICKLE', 'GATE-PICKLE-TYPE', 'GATE-CODE', 'GATE-YAML-TAG']);

/**
 * What was found in an answer of the server behind, which is refused as such: for an executable object, or because it could not
 * be looked into. That the gate is full is no property of the answer.
 */
export function ofAnswer({ refusal, also = [], sha256 }: Verdict): Verdict {
  const shown = (one: Refusal): Refusal => {
    if (refusedAs(one.rule) === 'failed') return one;
    const rule = EXECUTABLE.has(one.rule) ? 'GATE-RESPONSE' : 'GATE-RESPONSE-UNREADABLE';
    return { ...one, rule, path: `answer>${one.path}` };
  };
  return { refusal: refusal === null ? null : shown(refusal), also: also.map(shown), sha256 };
}

/** A whole answer for a socket whose request Node could not parse, or that wanted to switch protocols. */
export function rawProblem(refusal: Refusal, id: string): Buffer {
  const { status, body } = problemOf(refusal, id);
  const head = `HTTP/1.1 ${status} ${STATUS_TEXT[status] ?? 'Refused'}\r\nContent-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

const STATUS_TEXT: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  408: 'Request Timeout',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
};
