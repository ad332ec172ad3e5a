import { brotliDecompress, constants, gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib';
import { promisify } from 'node:util';
import { memorySource } from '@artifact-sentinel/core';
import { InputError, LimitError, UnsupportedError, unzstd } from '@artifact-sentinel/core/internal';
import { MAX_CODINGS, RATIO_FREE_BYTES } from '../model/limits.js';
import { refuse } from '../model/rules.js';
import type { Spending } from './spending.js';

export type Coding = 'gzip' | 'deflate' | 'br' | 'zstd';

const gunzipBytes = promisify<Uint8Array, ZlibOptions, Buffer>(gunzip);
const inflateBytes = promisify<Uint8Array, ZlibOptions, Buffer>(inflate);
const inflateRawBytes = promisify<Uint8Array, ZlibOptions, Buffer>(inflateRaw);
const unbrotli = promisify<Uint8Array, object, Buffer>(brotliDecompress);

const ALIASES: Readonly<Record<string, Coding>> = {
  gzip: 'gzip',
  'x-gzip': 'gzip',
  deflate: 'deflate',
  br: 'br',
  zstd: 'zstd',
};

/** `Content-Encoding` in the order of application; null where one is unknown, or there are more than anybody needs. */
export function parseCodings(header: string): readonly Coding[] | null {
  const names = header
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  const codings = names.map((name) => (Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined));
  if (codings.length > MAX_CODINGS || codings.includes(undefined)) return null;
  return codings.filter((coding) => coding !== undefined);
}

/** The decoded bytes, as long as they stay within what a request may spend. */
export async function decode(bytes: Uint8Array, coding: Coding, path: string, spending: Spending): Promise<Buffer> {
  const most = Math.max(RATIO_FREE_BYTES, Math.min(spending.left, bytes.length * spending.limits.ratio));
  const maxOutputLength = Math.min(most, spending.left);
  const tooMuch = (): never =>
    refuse('GATE-BOMB', coding, path, `${coding} data that unpack to more than is accepted`, { format: coding });
  let decoded: Buffer;
  try {
    decoded = await decoders[coding](bytes, Math.max(1, maxOutputLength));
  } catch (error) {
    if (error instanceof LimitError || codeOf(error) === 'ERR_BUFFER_TOO_LARGE') return tooMuch();
    const isFault = error instanceof InputError || error instanceof UnsupportedError || isZlibError(error);
    if (!isFault) throw error;
    return refuse('GATE-UNREADABLE', `${coding}-corrupt`, path, `${coding} data that are damaged`, { format: coding });
  }
  spending.decoded(decoded.length, path);
  return decoded;
}

type Decoder = (bytes: Uint8Array, most: number) => Promise<Buffer>;

const decoders: Readonly<Record<Coding, Decoder>> = {
  gzip: (bytes, maxOutputLength) => gunzipBytes(bytes, { maxOutputLength }),
  // RFC 9110 means zlib data; some clients send raw deflate data, and servers take both.
  deflate: (bytes, maxOutputLength) =>
    ((bytes[0] ?? 0) & 0x0f) === 8 && ((bytes[0] ?? 0) * 256 + (bytes[1] ?? 0)) % 31 === 0
      ? inflateBytes(bytes, { maxOutputLength })
      : inflateRawBytes(bytes, { maxOutputLength }),
  br: (bytes, maxOutputLength) =>
    unbrotli(bytes, { maxOutputLength, params: { [constants.BROTLI_DECODER_PARAM_LARGE_WINDOW]: false } }),
  zstd: async (bytes, most) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const steps = unzstd(memorySource(bytes));
    for (let step = await steps.next(); ; step = await steps.next()) {
      if (step.done === true) {
        if (step.value.end < bytes.length) throw new InputError('bytes follow the data', step.value.end);
        return Buffer.concat(chunks, size);
      }
      size += step.value.length;
      if (size > most) throw new LimitError('decodedBytes', 'too much');
      chunks.push(step.value);
    }
  },
};

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Node's codes for faults of the data: Z_DATA_ERROR, Z_BUF_ERROR, ERR__ERROR_FORMAT_… of brotli. */
function isZlibError(error: unknown): boolean {
  const code = codeOf(error);
  return typeof code === 'string' && (code.startsWith('Z_') || /^ERR_(?:_|BROTLI|PADDING|TRAILING)/.test(code));
}

/** By marks that chance hardly has, and by those of zlib. */
export function codingOf(bytes: Uint8Array): Coding | null {
  const [a, b, c, d] = bytes;
  if (a === 0x1f && b === 0x8b && c === 8 && ((d ?? 0xff) & 0xe0) === 0) return 'gzip';
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return 'zstd';
  const isZlib = a !== undefined && b !== undefined && (a & 0x8f) === 8 && (a * 256 + b) % 31 === 0 && (b & 0x20) === 0;
  return isZlib ? 'deflate' : null;
}

/** Whether data with the mark of zlib are such, by their beginning: one stretch of bytes in a thousand has the mark by chance. */
export async function beginsZlib(head: Uint8Array): Promise<boolean> {
  try {
    await inflateBytes(head, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: RATIO_FREE_BYTES });
    return true;
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') return true;
    if (!isZlibError(error)) throw error;
    return false;
  }
}
