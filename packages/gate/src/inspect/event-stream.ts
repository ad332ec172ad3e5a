import type { Leaf } from './text-formats.js';

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const COLON = 0x3a;
const SPACE = 0x20;
const DATA = Buffer.from('data');
const MARK = Buffer.from('\ufeff');

/**
 * The values of a stream of events (WHATWG HTML, section 9.2.6): the data of each event, its lines joined as a client joins them,
 * and those of other fields and of comments one by one.
 */
export function* eventValues(text: Buffer): Generator<Leaf> {
  let data: Buffer[] = [];
  let begin = 0;
  for (let at = text.subarray(0, MARK.length).equals(MARK) ? MARK.length : 0; at <= text.length;) {
    const end = endOfLine(text, at);
    if (end === at) {
      if (data.length > 0) yield { bytes: joined(data), offset: begin };
      data = [];
    } else {
      const colon = text.subarray(at, end).indexOf(COLON);
      const nameEnd = colon === -1 ? end : at + colon;
      const from = Math.min(nameEnd + 1, end);
      const value = text.subarray(text[from] === SPACE ? Math.min(from + 1, end) : from, end);
      if (text.subarray(at, nameEnd).equals(DATA)) {
        if (data.length === 0) begin = from;
        data.push(value);
      } else if (value.length > 0) yield { bytes: value, offset: from };
    }
    at = text[end] === RETURN && text[end + 1] === LINE_FEED ? end + 2 : end + 1;
  }
  if (data.length > 0) yield { bytes: joined(data), offset: begin };
}

function joined(lines: readonly Buffer[]): Buffer {
  const [only] = lines;
  if (lines.length === 1 && only !== undefined) return only;
  return Buffer.concat(lines.flatMap((line, index) => (index === 0 ? [line] : [Buffer.of(LINE_FEED), line])));
}

function endOfLine(text: Buffer, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== LINE_FEED && text[at] !== RETURN) at += 1;
  return at;
}
