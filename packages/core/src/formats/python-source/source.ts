import { latin1 } from '../../bytes/read.js';
import type { Member } from '../members/container.js';
import { LOADER_WORDS } from '../../catalogue/loader-words.js';
import { BYTES_FROM_OUTSIDE, SOURCE_WORDS } from '../../catalogue/lookup.js';
import { DYNAMIC_WORDS } from '../../catalogue/source-calls.js';
import { noticeOf, type Found, type Look } from '../members/look.js';
import { lazy } from '../../model/lazy.js';

/** PyTorch runs it by its name, so everything in it is analysed. */
const HUBCONF = /^hubconf\.py$/i;
const SOURCE_NAME = /\.(?:pyw?|ipynb)$/i;

const pythonAnalysis = lazy(() => import('./inspect-source.js'));

/** Python source, by its name: nothing in its bytes says so. */
export function isSource(member: Member): boolean {
  return member.role === undefined && member.origin.reader === 'by-name' && SOURCE_NAME.test(member.name);
}

/** Bytes that are searched at a time, and how many of them are searched twice: the longest word fits. */
const BLOCK_BYTES = 1 << 20;
const OVERLAP = 64;

/**
 * What a Python source calls of the names that rules ask for. Most sources hold none of the words that such a call needs,
 * which shows without reading them as Python; these are no artifacts.
 */
export async function* pythonSource(member: Member, look: Look, explained: boolean): AsyncGenerator<Found> {
  const isCertain = HUBCONF.test(member.name) || (await mayNameSomething(member, look));
  // Archives are not unpacked for the names of their members.
  const neighbours = member.depth === 0 ? look.neighbours : null;
  const isNotebook = /\.ipynb$/i.test(member.name);
  // Where the source itself shows nothing, the files around it may.
  const around = isCertain || isNotebook ? null : neighbours;
  if (!isCertain && around === null) return;
  const python = await pythonAnalysis();
  const { budget } = look;
  const checkTime = (): void => budget.checkTime();
  budget.countLooked(Number.isFinite(member.source.size) ? member.source.size : 0);
  const bytes = (await member.source.read(0, python.MAX_SOURCE_BYTES + 1)).slice();
  if (around !== null) {
    const { path } = member;
    const reaches =
      (look.sources.includes('source.call') && python.reachesWatched(path, bytes, around, checkTime)) ||
      (look.sources.includes('source.flow') &&
        BYTES_FROM_OUTSIDE.test(latin1(bytes)) &&
        python.reachesLoader(path, bytes, around, checkTime));
    if (!reaches) return;
  }
  if (!explained) yield { kind: 'format', format: isNotebook ? 'notebook' : 'python', depth: member.depth };
  const found = python.inspectSource(bytes, {
    name: member.name,
    path: member.path,
    checkTime,
    neighbours,
    wanted: look.sources,
  });
  let next = found.next();
  for (; next.done !== true; next = found.next()) yield { kind: 'fact', fact: next.value };
  const unread = next.value;
  if (unread === null) budget.ledger.claim(member.source, 0, bytes.length, 'parsed');
  // What is an archive by its bytes need not be source as well.
  if (unread !== null && !(explained && unread.cause === 'corrupt'))
    yield noticeOf(member.path, unread.offset, unread.cause, unread.reason);
}

/** True unless it is certain that no watched name can occur in the source. */
async function mayNameSomething(member: Member, look: Look): Promise<boolean> {
  const seen = new Set<string>();
  const isNotebook = /\.ipynb$/i.test(member.name);
  for (let offset = 0; ;) {
    look.budget.checkTime();
    const bytes = await member.source.read(offset, BLOCK_BYTES);
    const text = latin1(bytes);
    if (holdsWord(text, seen, look, isNotebook, offset === 0)) return true;
    // Python takes letters of other kinds for those that they are compatible with (NFKC).
    if (NOT_ASCII.test(text) && holdsWord(normalised(bytes), seen, look, isNotebook, false)) return true;
    if (bytes.length < BLOCK_BYTES) return false;
    offset += BLOCK_BYTES - OVERLAP;
  }
}

const NOT_ASCII = /[\x80-\xff]/;

function normalised(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes).normalize('NFKC');
}

/** An encoding that is declared could make any letters out of any bytes. */
const DECLARED =
  /^(?:[^\r\n]*(?:\r\n|\r|\n))?[ \t\f]*#.*?coding[:=][ \t]*(?!utf-?8|latin-?1|ascii|us-ascii|iso-8859)[-\w.]/i;
/** A letter of ASCII that JSON writes as a number. */
const ESCAPED_LETTER = /\\u00[4-7]/i;

/** One row of the words of loaders is complete, over all blocks. */
function loads(text: string, seen: Set<string>): boolean {
  return LOADER_WORDS.some((row, i) =>
    row
      .map((word, j) => {
        const key = `${i}.${j}`;
        if (!seen.has(key) && word.test(text)) seen.add(key);
        return seen.has(key);
      })
      .every((found) => found),
  );
}

function holdsWord(text: string, seen: Set<string>, look: Look, isNotebook: boolean, isFirst: boolean): boolean {
  if (look.sources.includes('source.call') && SOURCE_WORDS.some((word) => text.includes(word))) return true;
  if (look.sources.includes('source.flow') && loads(text, seen)) return true;
  if (isFirst && DECLARED.test(text)) return true;
  if (isNotebook && ESCAPED_LETTER.test(text)) return true;
  for (const words of DYNAMIC_WORDS) for (const word of words) if (text.includes(word)) seen.add(word);
  return DYNAMIC_WORDS.some((words) => words.every((word) => seen.has(word)));
}
