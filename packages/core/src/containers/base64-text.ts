import type { Budget } from '../bytes/budget.js';
import { latin1 } from '../bytes/read.js';
import { memorySource } from '../bytes/source.js';
import { memberPath, type Member, type Opened } from './container.js';

/** Text formats in which projects hide or carry artifacts: notebooks, scripts, configuration, documents. */
const TEXT_NAMES =
  /\.(?:ipynb|py|pyw|json|jsonl|ndjson|ya?ml|txt|md|rst|html?|xml|svg|js|mjs|ts|toml|cfg|ini|csv|tsv|sh|r|jl|env)$/i;

export function isTextName(name: string): boolean {
  return TEXT_NAMES.test(name);
}

/** Text read at a time; tokens that cross its end are read again from their start. */
const BLOCK_BYTES = 1 << 20;
/** Longest token that is decoded (CWE-770): 48 MiB of bytes. A longer one is reported as not looked at. */
const MAX_TOKEN = 64 * 2 ** 20;
/** Tokens of one text (CWE-400). */
const MAX_TOKENS = 10_000;

/**
 * What base64 of something that a loader takes begins with: PROTO 2 to 5, and the magic numbers of gzip, zip, bzip2, xz,
 * npy and of zlib data. Standard and URL-safe alphabets; line breaks of 76 columns and `\\n` of JSON may stand within.
 */
const TOKEN =
  /(?<![A-Za-z0-9+/_-])(?:gA[I-X]|H4sI|UEsD|QlpoOT|\/Td6WF|k05VTVBZ|eJ[wxyz]|eNo|eN[pqrst])(?:[A-Za-z0-9+/_-]|\\n|\r?\n[ \t"',]*){13,}={0,2}/g;

/** The base64 tokens of a text that may be pickles, or wrappers around them, as stray members. */
export async function* base64Text(member: Member, budget: Budget): AsyncGenerator<Opened, void> {
  let count = 0;
  for (let offset = 0, length = BLOCK_BYTES; ;) {
    budget.checkTime();
    const bytes = await member.source.read(offset, length);
    const last = bytes.length < length;
    const text = latin1(bytes);
    let next = offset + bytes.length;
    for (const match of text.matchAll(TOKEN)) {
      const end = match.index + match[0].length;
      if (end === text.length && !last) {
        if (match[0].length > MAX_TOKEN) {
          yield {
            kind: 'notice',
            notice: {
              path: member.path,
              offset: offset + match.index,
              cause: 'limit',
              reason: 'base64 text too long to decode',
            },
          };
        } else next = offset + match.index;
        break;
      }
      count += 1;
      if (count > MAX_TOKENS) {
        yield {
          kind: 'notice',
          notice: {
            path: member.path,
            offset: offset + match.index,
            cause: 'limit',
            reason: `more than ${MAX_TOKENS} base64 tokens`,
          },
        };
        return;
      }
      yield token(member, offset + match.index, match[0]);
    }
    if (last) return;
    length = next === offset ? length * 2 : BLOCK_BYTES;
    offset = next;
  }
}

function token(member: Member, offset: number, text: string): Opened {
  const clean = text
    .replaceAll(/\\n|[^A-Za-z0-9+/_-]/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/');
  // A last group of one character holds no byte.
  const whole = clean.length % 4 === 1 ? clean.slice(0, -1) : clean;
  const bytes = Uint8Array.from(atob(whole), (char) => char.charCodeAt(0));
  const name = `<base64 @${offset}>`;
  return {
    kind: 'member',
    member: {
      path: memberPath(member.path, name),
      name,
      source: memorySource(bytes),
      depth: member.depth + 1,
      role: 'embedded',
      stray: true,
    },
  };
}
