import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

export interface Disguised {
  readonly name: string;
  readonly contentType: string;
  readonly contentEncoding?: string;
  readonly inferHeaderLength?: string;
  readonly body: Buffer;
}

/** One whose body is made when it is asked for: a sample wants few of them. */
export type Disguise = Omit<Disguised, 'body'> & { readonly body: () => Buffer };

const b64 = (bytes: Buffer): string => bytes.toString('base64');
const b64url = (bytes: Buffer): string => bytes.toString('base64url');
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

export function multipart(parts: readonly { headers: readonly string[]; body: Buffer }[], boundary = 'x1y2'): Buffer {
  return Buffer.concat([
    ...parts.flatMap(({ headers, body }) => [
      Buffer.from(`--${boundary}\r\n${headers.map((line) => `${line}\r\n`).join('')}\r\n`),
      body,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
}

export function binaryTensor(bytes: Buffer): { body: Buffer; header: number } {
  const element = Buffer.alloc(4);
  element.writeUInt32LE(bytes.length);
  const header = json({
    inputs: [{ name: 'x', shape: [1], datatype: 'BYTES', parameters: { binary_data_size: bytes.length + 4 } }],
  });
  return { body: Buffer.concat([header, element, bytes]), header: header.length };
}

const infer = (data: unknown): Buffer => json({ inputs: [{ name: 'x', shape: [1], datatype: 'BYTES', data }] });

const BASE85 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';
const Z85 = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';
const ASCII85 = String.fromCharCode(...Array.from({ length: 85 }, (_, i) => 33 + i));

/** As Python's `b85encode` and `a85encode` write it. */
export function base85(bytes: Buffer, digits: string): string {
  let out = '';
  for (let at = 0; at < bytes.length; at += 4) {
    const group = Buffer.alloc(4);
    bytes.copy(group, 0, at, at + 4);
    let value = group.readUInt32BE();
    let text = '';
    for (let i = 0; i < 5; i += 1) {
      text = digits.charAt(value % 85) + text;
      value = Math.floor(value / 85);
    }
    out += text.slice(0, Math.min(4, bytes.length - at) + 1);
  }
  return out;
}

/** Lines as `binascii.b2a_uu` writes them. */
function uuLines(bytes: Buffer): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 45) {
    const part = bytes.subarray(at, at + 45);
    let line = String.fromCharCode(0x20 + part.length);
    for (let i = 0; i < part.length; i += 3) {
      const group = (part[i]! << 16) | ((part[i + 1] ?? 0) << 8) | (part[i + 2] ?? 0);
      for (const shift of [18, 12, 6, 0]) line += String.fromCharCode(0x20 + ((group >> shift) & 0x3f));
    }
    lines.push(`${line}\n`);
  }
  return lines.join('');
}

function uuencoded(bytes: Buffer): string {
  return `A file:\nbegin 644 model.bin\n${uuLines(bytes)}\`\nend\n`;
}

export function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  const text = groups.map((group) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(Number.parseInt(group.padEnd(5, '0'), 2)),
  );
  return text.join('').padEnd(Math.ceil(text.length / 8) * 8, '=');
}

/** Every encoding of `payload` that the gate promises to read. */
export function disguises(payload: Buffer): Disguise[] {
  const octets = 'application/octet-stream';
  const form = (value: string): Buffer => Buffer.from(`a=1&model=${value}`);
  const percent = (): string => [...payload].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const list: Disguise[] = [
    { name: 'as it is', contentType: octets, body: () => payload },
    { name: 'as an image', contentType: 'image/png', body: () => payload },
    { name: 'as text', contentType: 'text/plain', body: () => payload },
    { name: 'gzip coding', contentType: octets, contentEncoding: 'gzip', body: () => gzipSync(payload) },
    { name: 'deflate coding', contentType: octets, contentEncoding: 'deflate', body: () => deflateSync(payload) },
    {
      name: 'raw deflate coding',
      contentType: octets,
      contentEncoding: 'deflate',
      body: () => deflateRawSync(payload),
    },
    { name: 'br coding', contentType: octets, contentEncoding: 'br', body: () => brotliCompressSync(payload) },
    { name: 'zstd coding', contentType: octets, contentEncoding: 'zstd', body: () => zstdStored(payload) },
    {
      name: 'two codings',
      contentType: octets,
      contentEncoding: 'gzip, br',
      body: () => brotliCompressSync(gzipSync(payload)),
    },
    { name: 'gzip undeclared', contentType: octets, body: () => gzipSync(payload) },
    { name: 'zstd undeclared', contentType: octets, body: () => zstdStored(payload) },
    { name: 'base64 body', contentType: 'text/plain', body: () => Buffer.from(b64(payload)) },
    { name: 'JSON base64', contentType: 'application/json', body: () => json({ a: b64(payload) }) },
    { name: 'JSON base64url', contentType: 'application/json', body: () => json([[{ a: b64url(payload) }]]) },
    {
      name: 'JSON base64 in lines',
      contentType: 'application/json',
      body: () => json({ a: b64(payload).replaceAll(/(.{40})/g, '$1\n') }),
    },
    {
      name: 'JSON base64 with noise',
      contentType: 'application/json',
      body: () => json({ a: b64(payload).replaceAll(/(.{7})/g, '$1!') }),
    },
    {
      name: 'JSON base64 escaped',
      contentType: 'application/json',
      body: () =>
        Buffer.from(`{"a":"${[...b64(payload)].map((char) => `\\u00${char.charCodeAt(0).toString(16)}`).join('')}"}`),
    },
    { name: 'JSON key', contentType: 'application/json', body: () => json({ [b64(payload)]: 1 }) },
    {
      name: 'JSON data URL',
      contentType: 'application/json',
      body: () => json({ a: `data:image/png;base64,${b64(payload)}` }),
    },
    { name: 'JSON hex', contentType: 'application/json', body: () => json({ a: payload.toString('hex') }) },
    {
      name: 'JSON hex 0x',
      contentType: 'application/json',
      body: () => json({ a: `0x${payload.toString('hex').toUpperCase()}` }),
    },
    { name: 'JSON base32', contentType: 'application/json', body: () => json({ a: base32(payload) }) },
    {
      name: 'JSON base32 in small letters',
      contentType: 'application/json',
      body: () => json({ a: base32(payload).toLowerCase() }),
    },
    { name: 'JSON base85', contentType: 'application/json', body: () => json({ a: base85(payload, BASE85) }) },
    {
      name: 'JSON ascii85',
      contentType: 'application/json',
      body: () => json({ a: `<~${base85(payload, ASCII85)}~>` }),
    },
    {
      name: 'JSON Z85',
      contentType: 'application/json',
      body: () => json({ a: base85(Buffer.concat([payload, Buffer.alloc((4 - (payload.length % 4)) % 4)]), Z85) }),
    },
    { name: 'JSON uuencode', contentType: 'application/json', body: () => json({ a: uuencoded(payload) }) },
    {
      name: 'JSON uuencode in lines alone',
      contentType: 'application/json',
      body: () => json({ a: uuLines(payload).replaceAll(/ +$/gm, '') }),
    },
    {
      name: 'JSON base64 in pieces',
      contentType: 'application/json',
      body: () => json({ a: ['x', ...(b64(payload).match(/.{1,20}/g) ?? [])].slice(1), b: [] }),
    },
    {
      name: 'JSON hex in pieces',
      contentType: 'application/json',
      body: () => json([payload.toString('hex').match(/.{1,7}/g), 1]),
    },
    {
      name: 'JSON quoted-printable',
      contentType: 'application/json',
      body: () =>
        json({ a: [...payload].map((byte) => `=${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('') }),
    },
    { name: 'JSON percent', contentType: 'application/json', body: () => json({ a: percent() }) },
    {
      name: 'JSON base64 of base85',
      contentType: 'application/json',
      body: () => json({ a: b64(Buffer.from(base85(payload, BASE85))) }),
    },
    { name: 'JSON latin-1', contentType: 'application/json', body: () => json({ a: payload.toString('latin1') }) },
    { name: 'JSON base64 of gzip', contentType: 'application/json', body: () => json({ a: b64(gzipSync(payload)) }) },
    {
      name: 'JSON base64 of zlib',
      contentType: 'application/json',
      body: () => json({ a: b64(deflateSync(payload)) }),
    },
    {
      name: 'JSON base64 twice',
      contentType: 'application/json',
      body: () => json({ a: b64(Buffer.from(b64(payload))) }),
    },
    {
      name: 'JSON in JSON',
      contentType: 'application/json',
      body: () => json({ a: JSON.stringify({ b: [b64(payload)] }) }),
    },
    {
      name: 'JSON gzip coding',
      contentType: 'application/json',
      contentEncoding: 'gzip',
      body: () => gzipSync(json({ a: b64(payload) })),
    },
    {
      name: 'NDJSON',
      contentType: 'application/x-ndjson',
      body: () => Buffer.from(`{"a":1}\n${JSON.stringify({ a: b64(payload) })}\n`),
    },
    {
      name: 'form base64',
      contentType: 'application/x-www-form-urlencoded',
      body: () => form(encodeURIComponent(b64(payload))),
    },
    {
      name: 'form base64 not escaped',
      contentType: 'application/x-www-form-urlencoded',
      body: () => form(b64(payload)),
    },
    { name: 'form bytes', contentType: 'application/x-www-form-urlencoded', body: () => form(percent()) },
    { name: 'XML text', contentType: 'application/xml', body: () => Buffer.from(`<a><b>${b64(payload)}</b></a>`) },
    { name: 'XML CDATA', contentType: 'text/xml', body: () => Buffer.from(`<a><![CDATA[${b64(payload)}]]></a>`) },
    {
      name: 'XML split by a comment',
      contentType: 'text/xml',
      body: () => Buffer.from(`<a>${b64(payload).slice(0, 6)}<!-- -->${b64(payload).slice(6)}</a>`),
    },
    { name: 'XML attribute', contentType: 'text/xml', body: () => Buffer.from(`<a b="${b64(payload)}"/>`) },
    { name: 'CSV cell', contentType: 'text/csv', body: () => Buffer.from(`id,model\n1,${b64(payload)}\n`) },
    { name: 'CSV quoted cell', contentType: 'text/csv', body: () => Buffer.from(`id,model\n1,"${b64(payload)}"\n`) },
    { name: 'YAML scalar', contentType: 'application/yaml', body: () => Buffer.from(`a:\n  - b: ${b64(payload)}\n`) },
    {
      name: 'YAML binary',
      contentType: 'application/yaml',
      body: () => Buffer.from(`a: !!binary |\n  ${b64(payload).replaceAll(/(.{60})/g, '$1\n  ')}\n`),
    },
    {
      name: 'multipart file',
      contentType: 'multipart/form-data; boundary=x1y2',
      body: () =>
        multipart([
          {
            headers: ['Content-Disposition: form-data; name="f"; filename="a.png"', 'Content-Type: image/png'],
            body: payload,
          },
        ]),
    },
    {
      name: 'multipart base64',
      contentType: 'multipart/form-data; boundary="x1y2"',
      body: () =>
        multipart([
          {
            headers: ['Content-Disposition: form-data; name="f"', 'Content-Transfer-Encoding: base64'],
            body: Buffer.from(b64(payload)),
          },
        ]),
    },
    {
      name: 'multipart JSON',
      contentType: 'multipart/mixed; boundary=x1y2',
      body: () => multipart([{ headers: ['Content-Type: application/json'], body: json({ a: b64(payload) }) }]),
    },
    {
      name: 'v2 BYTES data',
      contentType: 'application/json',
      inferHeaderLength: '',
      body: () => infer([b64(payload)]),
    },
    {
      name: 'v2 binary BYTES',
      contentType: octets,
      inferHeaderLength: String(binaryTensor(payload).header),
      body: () => binaryTensor(payload).body,
    },
  ];
  return list;
}

/** A zstd frame of raw blocks (RFC 8878): Node 20 has no encoder. */
export function zstdStored(bytes: Buffer): Buffer {
  const parts: Buffer[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0])];
  parts[0]!.writeUInt32LE(bytes.length, 5);
  for (let at = 0; at < bytes.length || at === 0; at += 100_000) {
    const block = bytes.subarray(at, at + 100_000);
    const header = Buffer.alloc(3);
    header.writeUIntLE((at + 100_000 >= bytes.length ? 1 : 0) | (block.length << 3), 0, 3);
    parts.push(header, block);
  }
  return Buffer.concat(parts);
}
