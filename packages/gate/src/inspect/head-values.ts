import type { IncomingHttpHeaders } from 'node:http';
import { SHORTEST_ENCODED } from '../model/limits.js';
import { percentDecoded } from './escapes.js';

/** A value of the head of a request: what servers keep in cookies, headers of their own and segments of the path. */
export interface HeadValue {
  /** `cookie`, `authorization`, `header` or `path`: names are the client's. */
  readonly where: string;
  readonly text: string;
}

/** Headers with a syntax of their own, in which nobody looks for an object. */
const PLAIN: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'content-type',
  'content-encoding',
  'transfer-encoding',
  'inference-header-content-length',
  'accept',
  'accept-encoding',
  'accept-language',
  'user-agent',
  'date',
  'expect',
  'origin',
  'range',
  'te',
  'upgrade',
  'sec-websocket-key',
  'sec-websocket-version',
  'keep-alive',
  'cache-control',
  'pragma',
]);

/** What of a head may be the disguise of something, piece by piece. */
export function headValues(headers: IncomingHttpHeaders, url: string): readonly HeadValue[] {
  const values: HeadValue[] = [];
  const add = (where: string, text: string): void => {
    if (text.length >= SHORTEST_ENCODED) values.push({ where, text });
  };
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || PLAIN.has(name)) continue;
    const text = typeof value === 'string' ? value : value.join(', ');
    if (text.length < SHORTEST_ENCODED) continue;
    if (name === 'cookie') for (const part of text.split(';')) add(name, unquoted(part.slice(part.indexOf('=') + 1)));
    else if (name === 'authorization') add(name, text.slice(text.indexOf(' ') + 1).trim());
    else if (name === 'referer') addUrl('header', text, add);
    else {
      add('header', text);
      // Lists of members with a name, as baggage and tracestate are.
      if (text.includes('=') || text.includes(','))
        for (const part of text.split(/[,;]/)) add('header', textOf(part.slice(part.indexOf('=') + 1).trim()));
    }
  }
  const path = url.split('?', 1)[0] ?? '';
  for (const segment of path.split('/')) add('path', textOf(segment));
  return values;
}

/** The segments and the values of an address. */
function addUrl(where: string, text: string, add: (where: string, text: string) => void): void {
  for (const part of text.split(/[/?&#]/)) {
    add(where, textOf(part));
    const equals = part.indexOf('=');
    if (equals !== -1) add(where, textOf(part.slice(equals + 1)));
  }
}

/** A cookie's value may stand in quotes, and with escapes. */
function unquoted(value: string): string {
  const trimmed = value.trim();
  const from = trimmed.startsWith('"') ? 1 : 0;
  return textOf(trimmed.slice(from, trimmed.endsWith('"') ? -1 : trimmed.length));
}

/** Escapes undone; bytes beyond text stand for themselves. */
function textOf(value: string): string {
  return value.includes('%') ? percentDecoded(Buffer.from(value, 'latin1')).toString('latin1') : value;
}
