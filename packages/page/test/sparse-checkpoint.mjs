// A checkpoint as torch.save writes it, with plain tensors only, whose numbers are a hole in the file: it has any size and takes no room.
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';

const le = (value, width) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes.subarray(0, width);
};
const joined = (...parts) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
const text = (value) => joined('X', le(value.length, 4), value);
const int = (value) => joined('J', le(value, 4));

/** Protocol 2, a dict of name to tensor. */
function stateDict(tensors, elements) {
  const parts = ['\x80\x02}('];
  for (let i = 0; i < tensors; i += 1)
    parts.push(
      text(`layers.${i}.weight`),
      'ctorch._utils\n_rebuild_tensor_v2\n((',
      text('storage'),
      'ctorch\nFloatStorage\n',
      text(String(i)),
      text('cpu'),
      int(elements),
      'tQK\x00',
      int(elements),
      '\x85K\x01\x85\x89ccollections\nOrderedDict\n)RtR',
    );
  return joined(...parts, 'u.');
}

/** Writes `tensors` tensors of so many bytes each; APPNOTE 4.3, with the records of zip64. */
export function writeSparseCheckpoint(file, tensors, bytesEach) {
  const out = openSync(file, 'w');
  let at = 0;
  const directory = [];
  const put = (bytes) => {
    writeSync(out, bytes, 0, bytes.length, at);
    at += bytes.length;
  };
  const entry = (name, size, crc, write) => {
    const start = at;
    const head = [
      le(20, 2),
      le(0, 2),
      le(0, 2),
      le(0, 2),
      le(0x21, 2),
      le(crc, 4),
      le(size, 4),
      le(size, 4),
      le(name.length, 2),
    ];
    // The data of storages are aligned to 64 bytes by a field that readers pass over.
    const padding = (64 - ((start + 30 + name.length + 4) % 64)) % 64;
    put(joined('PK\x03\x04', ...head, le(padding + 4, 2), name, 'FB', le(padding, 2), Buffer.alloc(padding, 'Z')));
    write();
    directory.push(
      joined(
        'PK\x01\x02',
        le(45, 2),
        ...head,
        le(12, 2),
        le(0, 2),
        le(0, 2),
        le(0, 2),
        le(0, 4),
        le(0xffffffff, 4),
        name,
        le(1, 2),
        le(8, 2),
        le(start, 8),
      ),
    );
  };
  const whole = (name, bytes) => entry(name, bytes.length, crc32(bytes), () => put(bytes));
  const zeros = crc32(Buffer.alloc(bytesEach));
  whole('model/data.pkl', stateDict(tensors, bytesEach / 4));
  whole('model/byteorder', Buffer.from('little'));
  for (let i = 0; i < tensors; i += 1)
    entry(`model/data/${i}`, bytesEach, zeros, () => {
      at += bytesEach;
    });
  whole('model/version', Buffer.from('3\n'));
  const start = at;
  const records = joined(...directory);
  put(records);
  const end64 = at;
  const count = directory.length;
  put(
    joined(
      'PK\x06\x06',
      le(44, 8),
      le(45, 2),
      le(45, 2),
      le(0, 4),
      le(0, 4),
      le(count, 8),
      le(count, 8),
      le(records.length, 8),
      le(start, 8),
    ),
  );
  put(joined('PK\x06\x07', le(0, 4), le(end64, 8), le(1, 4)));
  put(
    joined(
      'PK\x05\x06',
      le(0, 2),
      le(0, 2),
      le(count, 2),
      le(count, 2),
      le(records.length, 4),
      le(0xffffffff, 4),
      le(0, 2),
    ),
  );
  ftruncateSync(out, at);
  closeSync(out);
  return at;
}
