import { InputError } from '../model/errors.js';
import type { History } from './history.js';

const MIN_MATCH = 4;
/** From here on the engine's block moves are faster than a loop. */
const LONG_COPY = 32;

/**
 * Decodes one LZ4 block (LZ4 block format) behind what the history holds, for which the caller has made room of
 * `maxOutput` bytes.
 *
 *   sequences: token 1 (literals : 4 bits, match - 4 : 4 bits), [more literals], literals, offset 2, [more match]
 *   the last one ends behind its literals
 */
export function decodeLz4Block(input: Uint8Array, history: History, maxOutput: number, inputOffset: number): void {
  const output = history.bytes;
  const { origin, window } = history;
  const outputEnd = history.pos + maxOutput;
  const inputEnd = input.length;
  let pos = history.pos;
  let at = 0;
  for (;;) {
    if (at >= inputEnd) throw corrupt('it ends behind a match', inputOffset + at);
    const token = input[at++]!;

    let length = token >>> 4;
    if (length === 15) {
      let more = 255;
      while (more === 255 && at < inputEnd) length += more = input[at++]!;
    }
    const literalEnd = at + length;
    if (literalEnd > inputEnd) throw corrupt('its literals pass its end', inputOffset + at);
    if (pos + length > outputEnd) throw corrupt('it is larger than its frame allows', inputOffset + at);
    if (length > LONG_COPY) {
      output.set(input.subarray(at, literalEnd), pos);
      pos += length;
      at = literalEnd;
    } else {
      while (at < literalEnd) output[pos++] = input[at++]!;
    }
    if (at === inputEnd) break;

    if (at + 2 > inputEnd) throw corrupt('it ends inside an offset', inputOffset + at);
    const offset = input[at]! | (input[at + 1]! << 8);
    if (offset === 0 || offset > pos - origin || offset > window)
      throw corrupt(`it reaches back ${offset} bytes`, inputOffset + at);
    at += 2;
    length = token & 15;
    if (length === 15) {
      let more = 255;
      while (more === 255 && at < inputEnd) length += more = input[at++]!;
    }
    length += MIN_MATCH;
    if (pos + length > outputEnd) throw corrupt('it is larger than its frame allows', inputOffset + at);
    let from = pos - offset;
    if (length > LONG_COPY && offset >= length) {
      output.copyWithin(pos, from, from + length);
      pos += length;
    } else {
      for (const end = pos + length; pos < end; pos += 1, from += 1) output[pos] = output[from]!;
    }
  }
  history.pos = pos;
}

function corrupt(why: string, offset: number): InputError {
  return new InputError(`corrupt LZ4 block: ${why}`, offset);
}
