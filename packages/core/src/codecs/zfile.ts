import { latin1 } from '../bytes/read.js';
import { InputError } from '../model/errors.js';
import { ByteReader } from './byte-reader.js';
import type { Codec } from './codec.js';
import { zlib } from './inflate.js';

const PREFIX = 'ZF';
/** joblib's `_MAX_LEN`: the digits of 2^64 with their 0x. */
const LENGTH_BYTES = 19;
const SPACE = 0x20;

/**
 * joblib's oldest compressed file (`read_zfile` in numpy_pickle_compat.py).
 *
 *   'ZF', length of the data as 0x... padded with spaces 19, [a space: Python 2 before joblib 0.8.4], zlib data
 */
export const zfile: Codec = async function* (source, start, platform) {
  const reader = new ByteReader(source, start);
  const header = PREFIX.length + LENGTH_BYTES;
  if (!(await reader.fill(2)) || latin1(reader.bytes, reader.at, reader.at + 2) !== PREFIX) {
    throw new InputError("no joblib header: 'ZF' expected", start);
  }
  await reader.need(header + 1, 'the header of a joblib file');
  const text = latin1(reader.bytes, reader.at + PREFIX.length, reader.at + header).trim();
  // Python would stop at a length that is no number; another reader need not, so the data is analysed.
  const length = /^(?:0x)?[0-9a-f]+$/i.test(text) ? Number.parseInt(text, 16) : null;
  reader.skip(header);
  if (reader.bytes[reader.at] === SPACE) reader.skip(1);

  let size = 0;
  const decoded = zlib(source, reader.offset, platform);
  try {
    for (;;) {
      const step = await decoded.next();
      if (!step.done) {
        size += step.value.length;
        yield step.value;
        continue;
      }
      const wrong =
        length === size ? [] : [{ offset: start + PREFIX.length, what: 'length in the header of the joblib file' }];
      return { ...step.value, mismatches: [...wrong, ...step.value.mismatches] };
    }
  } finally {
    await decoded.return({ end: start, streams: 0, mismatches: [] });
  }
};
