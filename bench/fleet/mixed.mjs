// Files such as model repositories have, all with different bytes: fixtures/honest and fixtures/hostile as they are made by their
// libraries, and arrays and weights up to 2 MB. Which number has which bytes follows from the number alone.
import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const manifest = JSON.parse(readFileSync(`${fixtures}manifest.json`, 'utf8'));

/** Pickles of protocol 2 and later: their first two bytes name the protocol. */
function pickles() {
  const found = [];
  for (const { file } of manifest) {
    if (!/^(honest|hostile)\/.*\.pkl$/.test(file)) continue;
    const bytes = readFileSync(fixtures + file);
    if (bytes[0] === 0x80 && bytes[1] >= 2 && bytes[1] <= 5) found.push(bytes);
  }
  return found;
}

/** The same pickle with a text that is put on the stack and taken off again: other bytes, the same to read. */
function numbered(bytes, number) {
  const text = Buffer.from(`number ${number}`);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Buffer.concat([bytes.subarray(0, 2), Buffer.from('X'), length, text, Buffer.from('0'), bytes.subarray(2)]);
}

/** Bytes that do not compress to nothing, the same for the same number. */
function noise(number, size) {
  const block = createHash('sha512').update(String(number)).digest();
  return Buffer.alloc(size, block);
}

function safetensors(number, size) {
  const header = Buffer.from(
    JSON.stringify({ __metadata__: { n: String(number) }, w: { dtype: 'U8', shape: [size], data_offsets: [0, size] } }),
  );
  const length = Buffer.alloc(8);
  length.writeUInt32LE(header.length);
  return Buffer.concat([length, header, noise(number, size)]);
}

function npy(number, size) {
  const text = `{'descr': '|u1', 'fortran_order': False, 'shape': (${size},), }`;
  const header = Buffer.from(`${text.padEnd(117)}\n`);
  const length = Buffer.alloc(2);
  length.writeUInt16LE(header.length);
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), length, header, noise(number, size)]);
}

/** A pickle with an array's bytes in it, as older checkpoints have them. */
function large(number, size) {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(size);
  return Buffer.concat([Buffer.from([0x80, 3]), Buffer.from('B'), length, noise(number, size), Buffer.from('.')]);
}

/** Of ten files six are pickles of libraries, one a larger pickle, two weights, one an array. Sizes: 1 KB to 2 MB, small ones often. */
export function mixed(count) {
  const made = pickles();
  const size = (number) => Math.round(1024 * 2048 ** ((((number * 7919) % 1000) / 1000) ** 2));
  const kinds = ['pkl', 'pkl', 'large', 'pkl', 'safetensors', 'pkl', 'npy', 'pkl', 'safetensors', 'pkl'];
  const kind = (at) => kinds[at % 10];
  const name = (at) => {
    const ending = { pkl: 'pkl', large: 'pkl', safetensors: 'safetensors', npy: 'npy' }[kind(at)];
    return `models/${String(at).padStart(8, '0')}.${ending}`;
  };
  const bytes = (at) => {
    const what = kind(at);
    if (what === 'safetensors') return safetensors(at, size(at));
    if (what === 'npy') return npy(at, size(at));
    if (what === 'large') return large(at, size(at));
    return numbered(made[(at * 31) % made.length], at);
  };
  return { count, distinct: count, name, bytes, sha256: (at) => createHash('sha256').update(bytes(at)).digest('hex') };
}
