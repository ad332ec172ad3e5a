import { SHORTEST_ENCODED } from '../model/limits.js';

export interface DecodedText {
  readonly how: 'base64' | 'hex' | 'data-url' | 'latin1' | 'base64-lenient';
  readonly bytes: Buffer;
  /** The media type that a data URL declares. */
  readonly type?: string;
  /** Prose may look like this. */
  readonly isText?: true;
}

const BASE64 = /^[A-Za-z0-9+/_\-=\s]+$/;
const NOT_BASE64 = /[^A-Za-z0-9+/=]/g;
const HEX = /^(?:0[xX])?[0-9A-Fa-f\s]+$/;
const DATA_URL = /^\s*data:([^,]{0,256}),/i;
/**
 * The ways in which a text as a whole is something else in disguise. Python's b64decode passes over whatever is not of its
 * alphabet, so that any text is base64; what prose decodes to is noise.
 */
export function* decodings(text: string): Generator<DecodedText> {
  yield* latin1Bytes(text);
  if (text.length < SHORTEST_ENCODED) return;
  const url = dataUrl(text);
  if (url !== null) {
    yield url;
    return;
  }
  if (HEX.test(text)) {
    const digits = text.replace(/^0[xX]/, '').replaceAll(/\s/g, '');
    if (digits.length % 2 === 0) yield { how: 'hex', bytes: Buffer.from(digits, 'hex') };
  }
  if (BASE64.test(text)) {
    yield { how: 'base64', bytes: base64(text) };
    // Read by the standard alphabet alone, `-` and `_` are passed over.
    if (/[-_]/.test(text)) yield { how: 'base64-lenient', bytes: base64(text.replaceAll(NOT_BASE64, '')) };
    return;
  }
  for (const stripped of new Set([text.replaceAll(NOT_BASE64, ''), urlSafe(text)]))
    yield { how: 'base64-lenient', bytes: base64(stripped) };
}

function urlSafe(text: string): string {
  return text.replaceAll('-', '+').replaceAll('_', '/').replaceAll(NOT_BASE64, '');
}

/** Text that stands for bytes one by one, as `encode('latin-1')` gives them back. */
function* latin1Bytes(text: string): Generator<DecodedText> {
  if (!/^[\0-\xff]*$/.test(text)) return;
  // eslint-disable-next-line no-control-regex
  if (/[\0-\x08\x0e-\x1f\x7f-\x9f]/.test(text)) yield { how: 'latin1', bytes: Buffer.from(text, 'latin1') };
  else if (/[\xa0-\xff]/.test(text) && text.includes('\n'))
    yield { how: 'latin1', bytes: Buffer.from(text, 'latin1'), isText: true };
}

/** As Python does: padding ends it once a group is full, and stands for nothing before. */
function base64(text: string): Buffer {
  const bytes = Buffer.from(text.replaceAll('=', ''), 'base64');
  const padding = text.search(/[^=\s][=\s]*=[=\s]*[^=\s]/);
  if (padding === -1) return bytes;
  let units = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '=') {
      if (units % 4 >= 2) return Buffer.from(text.slice(0, at).replaceAll('=', ''), 'base64');
    } else if (!/\s/.test(char)) units += 1;
  }
  return bytes;
}

function dataUrl(text: string): DecodedText | null {
  const match = DATA_URL.exec(text);
  if (match === null) return null;
  const [head, declared = ''] = match;
  const parts = declared.split(';').map((part) => part.trim().toLowerCase());
  const payload = text.slice(head.length);
  const bytes = percentDecoded(payload);
  return {
    how: 'data-url',
    bytes: parts.includes('base64') ? base64(urlSafe(bytes.toString('latin1'))) : bytes,
    type: parts[0] ?? '',
  };
}

/** `%41` and, in forms, `+`; what is no escape stays as it is, as servers do. */
export function percentDecoded(text: string, plusIsSpace = false): Buffer {
  const source = Buffer.from(plusIsSpace ? text.replaceAll('+', ' ') : text);
  if (!source.includes(0x25)) return source;
  const out = Buffer.alloc(source.length);
  let size = 0;
  for (let at = 0; at < source.length; at += 1) {
    const hex = source[at] === 0x25 ? source.toString('latin1', at + 1, at + 3) : '';
    if (/^[0-9A-Fa-f]{2}$/.test(hex)) {
      out[size] = Number.parseInt(hex, 16);
      at += 2;
    } else out[size] = source[at] ?? 0;
    size += 1;
  }
  return out.subarray(0, size);
}
