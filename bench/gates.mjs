// Gates on what does not wobble: bytes read, requests and machine steps on inputs that are the same everywhere. They are
// as large as real ones and lie nowhere: all but their structure is zeros. Build first: npm run build.
//
//   node bench/gates.mjs
//
// A limit is a little above what was measured when it was set; raise one only together with the reason.
import { crc32 } from 'node:zlib';
import { memorySource, REMOTE_READS, scan } from '../packages/core/dist/index.js';
import { portablePlatform } from '../packages/core/dist/internal.js';
import { Budget, DEFAULT_LIMITS } from '../packages/core/dist/bytes/budget.js';
import { catalogueNames } from '../packages/core/dist/pickle/names.js';
import { analyseStream } from '../packages/core/dist/streams/stream.js';

const MIB = 2 ** 20;

/** Bytes at their offsets; what lies between is zeros. */
class Sparse {
  #size = 0;
  #parts = [];

  add(bytes) {
    this.#parts.push({ at: this.#size, bytes });
    this.#size += bytes.length;
    return this.#size - bytes.length;
  }

  skip(length) {
    this.#size += length;
  }

  get at() {
    return this.#size;
  }

  /** As a source behind a network that counts what is asked of it. */
  source(counts) {
    const parts = this.#parts;
    return {
      size: this.#size,
      profile: REMOTE_READS,
      read: (offset, length) => {
        const wanted = Math.max(0, Math.min(length, this.#size - offset));
        counts.requests += 1;
        counts.bytes += wanted;
        const out = new Uint8Array(wanted);
        for (const { at, bytes } of parts) {
          const from = Math.max(offset, at);
          const to = Math.min(offset + wanted, at + bytes.length);
          if (from < to) out.set(bytes.subarray(from - at, to - at), from - offset);
        }
        return out;
      },
    };
  }
}

const joined = (...parts) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
const le = (value, width) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes.subarray(0, width);
};
const text = (value) => joined('X', le(value.length, 4), value);
const int = (value) => joined('J', le(value, 4));

/** The state dict that torch.save writes, in protocol 2. `view`: what the legacy format has behind the size of a storage. */
function stateDict(tensors, elements, view = '') {
  const parts = ['\x80\x02}('];
  for (let i = 0; i < tensors; i += 1) {
    const storage = joined(
      '(',
      text('storage'),
      'ctorch\nFloatStorage\n',
      text(String(i)),
      text('cpu'),
      int(elements),
      view,
      'tQ',
    );
    const size = joined(int(elements / 1024), int(1024), '\x86', int(1024), 'K\x01\x86');
    const call = joined(
      'ctorch._utils\n_rebuild_tensor_v2\n(',
      storage,
      'K\x00',
      size,
      '\x89ccollections\nOrderedDict\n)RtR',
    );
    parts.push(text(`layers.${i}.weight`), call);
  }
  return joined(...parts, 'u.');
}

/** A zip of stored entries as PyTorch's writer lays it out: data aligned to 64, sizes in a descriptor. */
function checkpoint(tensors, bytesEach) {
  const file = new Sparse();
  const central = [];
  const entry = (name, data, size) => {
    const at = file.at;
    const padding = (64 - ((at + 30 + name.length + 4) % 64)) % 64;
    const numbers = [le(data === null ? 0 : crc32(data), 4), le(size, 4), le(size, 4)];
    const extra = joined('FB', le(padding, 2), Buffer.alloc(padding, 'Z'));
    const head = joined(le(0, 2), le(0, 2), le(0, 2), le(0, 2), le(0, 2));
    file.add(joined('PK\x03\x04', head, ...numbers, le(name.length, 2), le(extra.length, 2), name, extra));
    if (data === null) file.skip(size);
    else file.add(data);
    const rest = joined(le(name.length, 2), le(0, 2), le(0, 2), le(0, 2), le(0, 2), le(0, 4), le(at, 4), name);
    central.push(joined('PK\x01\x02', le(0, 2), head, ...numbers, rest));
  };
  const pickle = stateDict(tensors, bytesEach / 4);
  entry('model/data.pkl', pickle, pickle.length);
  for (let i = 0; i < tensors; i += 1) entry(`model/data/${i}`, null, bytesEach);
  const version = joined('3\n');
  entry('model/version', version, version.length);
  const start = file.at;
  const directory = joined(...central);
  file.add(directory);
  file.add(
    joined(
      'PK\x05\x06',
      le(0, 4),
      le(central.length, 2),
      le(central.length, 2),
      le(directory.length, 4),
      le(start, 4),
      le(0, 2),
    ),
  );
  return file;
}

/** What torch.save wrote before 1.6: five pickles in a row, then the storages in the order of their keys. */
function legacy(tensors, bytesEach) {
  const elements = bytesEach / 4;
  const keys = Array.from({ length: tensors }, (_, i) => String(i)).sort();
  const file = new Sparse();
  file.add(joined('\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.'));
  file.add(joined('\x80\x02M\xe9\x03.'));
  file.add(joined('\x80\x02}(', text('protocol_version'), 'M\xe9\x03', text('little_endian'), '\x88u.'));
  file.add(stateDict(tensors, elements, 'N'));
  file.add(joined('\x80\x02](', ...keys.map(text), 'e.'));
  for (let i = 0; i < tensors; i += 1) {
    file.add(le(elements, 8));
    file.skip(bytesEach);
  }
  return file;
}

/** joblib's wrapper, then the bytes of the array. */
function joblib(arrays, bytesEach) {
  const file = new Sparse();
  file.add(joined('\x80\x04]('));
  for (let i = 0; i < arrays; i += 1) {
    const dtype = joined(
      'cnumpy\ndtype\n(',
      text('f4'),
      '\x89\x88tR(K\x03',
      text('<'),
      'NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb',
    );
    const state = joined(
      text('subclass'),
      'cnumpy\nndarray\n',
      text('shape'),
      int(bytesEach / 4),
      '\x85',
      text('order'),
      text('C'),
      text('dtype'),
      dtype,
      text('allow_mmap'),
      '\x88',
      text('numpy_array_alignment_bytes'),
      'K\x10',
    );
    file.add(joined('cjoblib.numpy_pickle\nNumpyArrayWrapper\n)\x81}(', state, 'ub'));
    const padding = 16 - ((file.at + 1) % 16);
    file.add(joined(Buffer.from([padding]), Buffer.alloc(padding, 0xff)));
    file.skip(bytesEach);
  }
  file.add(joined('e.'));
  return file;
}

function byteString(size) {
  const file = new Sparse();
  file.add(joined('\x80\x05\x96', le(size, 8)));
  file.skip(size);
  file.add(joined('.'));
  return file;
}

/** A list of small lists: nearly every byte is an opcode. Returns how many opcodes it has. */
function dense(count) {
  const item = joined(']\x94(K\x01NK\x02\x88e');
  const file = new Sparse();
  const bytes = joined('\x80\x04]\x94(', Buffer.alloc(count * item.length, item), 'e.');
  file.add(bytes);
  return { file, bytes, opcodes: 4 + count * 8 + 2 };
}

const CASES = {
  'checkpoint of 400 tensors, 1.6 GB': { file: checkpoint(400, 4 * MIB), bytes: MIB, requests: 8 },
  // Each local header costs a page of 32 KiB.
  'the same, thorough': { file: checkpoint(400, 4 * MIB), bytes: 14 * MIB, requests: 408, thorough: true },
  'the same, legacy format': { file: legacy(400, 4 * MIB), bytes: MIB, requests: 12 },
  // Gaps between arrays that are shorter than what arrives during one request are read: nearly all of it, in few requests.
  'joblib, 1,000 arrays inline, 256 MB': { file: joblib(1000, MIB / 4), bytes: 264_000_000, requests: 76 },
  // Arrays of 4 MB: what lies between them, and no array.
  'joblib, 100 arrays inline, 400 MB': { file: joblib(100, 4 * MIB), bytes: 8 * MIB, requests: 120 },
  'protocol 5, 512 MB in one byte string': { file: byteString(512 * MIB), bytes: 200_000, requests: 5 },
  'opcode-dense, 2 MB': { file: dense(200_000).file, bytes: 2_200_000, requests: 10 },
};

let failed = 0;
function gate(name, what, value, limit) {
  const isOver = value > limit;
  if (isOver) failed += 1;
  console.log(`${name}: ${what} ${value} of ${limit}${isOver ? ': too many' : ''}`);
}

for (const [name, { file, bytes, requests, thorough = false }] of Object.entries(CASES)) {
  const counts = { bytes: 0, requests: 0 };
  const source = file.source(counts);
  const report = await scan([{ path: name, source, size: source.size }], { thorough });
  const [artifact] = report.artifacts;
  const unread = report.incomplete.map(({ reason }) => reason);
  const findings = report.findings.map(({ message }) => message);
  if (artifact?.parts[0]?.end !== 'stop' || unread.length > 0 || findings.length > 0) {
    failed += 1;
    console.log(
      `${name}: not read as expected: ${JSON.stringify({ format: artifact?.format, unread, findings }).slice(0, 400)}`,
    );
  }
  gate(name, 'bytes read', counts.bytes, bytes);
  gate(name, 'requests', counts.requests, requests);
}

// One run over each opcode: a second reading of the same stream has to have a cause.
const { bytes, opcodes } = dense(200_000);
let runs = 0;
const input = {
  path: 'dense',
  role: 'file',
  source: memorySource(bytes),
  names: catalogueNames,
  digests: false,
  budget: new Budget(DEFAULT_LIMITS, { ...portablePlatform, now: () => 0 }, bytes.length),
  observe: () => {
    runs += 1;
  },
};
const result = await analyseStream(input, 0);
gate('opcode-dense', 'machine steps', result.machine.steps, opcodes);
gate('opcode-dense', 'runs', runs, 1);
if (failed > 0) process.exitCode = 1;
