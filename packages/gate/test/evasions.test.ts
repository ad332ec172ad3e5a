import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { headValues } from '../src/inspect/head-values.ts';
import { Held } from '../src/inspect/feed.ts';
import { inspectRequest } from '../src/inspect/walker.ts';
import { multipart } from './disguises.ts';
import { ANY_ROUTE, inspected } from './inspect-kit.ts';

/*
 * What a server would see and a reader of its own would not: each as the named server, library or client reads it.
 */

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const TEXT = latin1("cposix\nsystem\n(S'true'\ntR.");
const BINARY = latin1('\x8c\x05posix\x8c\x06system\x93\x8c\x04true\x85R.');
const OLD = latin1('X\x05\0\0\0posixX\x06\0\0\0system\x93q\0X\x04\0\0\0true\x85R.');
const INST = latin1("(S'true'\niposix\nsystem\n.");
const STACKED = latin1('(\x8c\x05posix\x8c\x06system\x93\x8c\x04trueo.');
const MARKED = Buffer.concat([latin1('\x80\x04'), BINARY]);
const b64 = (bytes: Buffer): string => bytes.toString('base64');
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const PNG = Buffer.concat([
  latin1('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'),
  Buffer.from(Array.from({ length: 200 }, (_, i) => (i * 7) & 0xff)),
]);
const OCTETS = 'application/octet-stream';
const FORM = 'application/x-www-form-urlencoded';

async function refused(contentType: string, body: Buffer, more: object = {}): Promise<boolean> {
  return (await inspected({ contentType, body, ...more })) !== null;
}
const inJson = (text: string): Promise<boolean> => refused('application/json', json({ a: text }));

test('a string with control characters, which a server makes Latin-1 bytes of', async () => {
  const string = Buffer.from(MARKED.toString('latin1'));
  for (const type of ['text/plain', OCTETS, 'text/csv'])
    expect([type, await refused(type, string)]).toEqual([type, true]);
  expect(await refused(FORM, Buffer.from(`a=${encodeURIComponent(MARKED.toString('latin1'))}`))).toBe(true);
  expect(
    await refused('text/plain', Buffer.from('x'), { query: `a=${encodeURIComponent(MARKED.toString('latin1'))}` }),
  ).toBe(true);
  const headers = ['Content-Disposition: form-data; name="a"'];
  expect(await refused('multipart/form-data; boundary=x1y2', multipart([{ headers, body: string }]))).toBe(true);
  expect(await refused('text/plain', Buffer.from('words \u0004 with \u001b[1m signs \u00e9'))).toBe(false);
});

describe('a body in the encoding that its type declares, as aiohttp reads any type', () => {
  const utf7 = (text: string): string =>
    text.replaceAll('\\', `+${Buffer.from('\\', 'utf16le').swap16().toString('base64').replaceAll('=', '')}-`);
  const escaped = JSON.stringify({ a: BINARY.toString('latin1') });
  // Where the bytes are no UTF-8, and escapes stand between them.
  const mixed = latin1('"\x80\\u0004\x8c\\u0005posix\x8c\\u0006system\x93\x8c\\u0004true\x85R."');

  test.each(['text/plain', OCTETS, 'image/png', 'application/x-unknown'])('%s', async (type) => {
    expect(await refused(`${type}; charset=utf-7`, Buffer.from(utf7(escaped)))).toBe(true);
    expect(await refused(`${type}; charset=utf-16-le`, Buffer.from(BINARY.toString('latin1'), 'utf16le'))).toBe(true);
    for (const charset of ['latin-1', 'ISO-8859-15', 'cp1252'])
      expect([charset, await refused(`${type}; charset=${charset}`, mixed)]).toEqual([charset, true]);
    expect(await refused(`${type}; charset=cp037`, Buffer.from('words'))).toBe(true);
    for (const charset of ['utf-8', 'binary', 'latin-1', 'utf-7', 'us-ascii'])
      expect([charset, await refused(`${type}; charset=${charset}`, latin1('words, caf\xe9'))]).toEqual([
        charset,
        false,
      ]);
  });

  test('XML and CSV in Latin-1 are read, and forms are not taken apart by it', async () => {
    expect(await refused('text/csv; charset=iso-8859-1', latin1('a,caf\xe9\n1,2\n'))).toBe(false);
    expect(await refused('text/csv; charset=iso-8859-1', latin1(`caf\xe9,${b64(MARKED)}\n`))).toBe(true);
    expect(await refused('text/xml; charset=iso-8859-1', latin1(`<a>\xe9<b>${b64(MARKED)}</b></a>`))).toBe(true);
    expect(await refused(`${FORM}; charset=latin-1`, latin1('a=caf\xe9'))).toBe(true);
  });
});

describe('a pickle without PROTO, or with that of 0 and 1, behind any bytes', () => {
  const pickles = { TEXT, BINARY, OLD, INST, STACKED };
  test.each(Object.entries(pickles))('%s', async (_name, pickle) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(pickle.length);
    const fronts = [
      length,
      PNG,
      latin1('\x81\xa1a\xc4\x20'),
      Buffer.from('0042 '),
      latin1('\0'),
      Buffer.alloc(3_000, 0xff),
    ];
    for (const front of fronts) {
      const body = Buffer.concat([front, pickle]);
      expect([front.length, await refused(OCTETS, body)]).toEqual([front.length, true]);
      expect([front.length, await inJson(b64(body))]).toEqual([front.length, true]);
      expect([front.length, await inJson(`data:image/png;base64,${b64(body)}`)]).toEqual([front.length, true]);
    }
    for (const protocol of [0, 1, 2]) {
      const marked = Buffer.concat([PNG, Buffer.from([0x80, protocol]), pickle]);
      expect([protocol, await refused(OCTETS, marked)]).toEqual([protocol, true]);
    }
    expect(await refused(OCTETS, Buffer.concat([Buffer.from([0x80, 1]), pickle]))).toBe(true);
    const tensor = (datatype: string, bytes: Buffer, shape: number): Promise<boolean> => {
      const head = json({
        inputs: [{ name: 'x', shape: [shape], datatype, parameters: { binary_data_size: bytes.length } }],
      });
      return refused(OCTETS, Buffer.concat([head, bytes]), { inferHeaderLength: String(head.length) });
    };
    const element = Buffer.alloc(4);
    element.writeUInt32LE(pickle.length + 9);
    expect(await tensor('BYTES', Buffer.concat([element, Buffer.alloc(9, 0xee), pickle]), 1)).toBe(true);
    expect(await tensor('UINT8', Buffer.concat([Buffer.alloc(9, 0xee), pickle]), pickle.length + 9)).toBe(true);
  });

  test('behind words that are no prefix of it, it has to be called and to end', async () => {
    expect(await inJson('What does `cos\nsystem` do?')).toBe(false);
    expect(await inJson('cos\nsystem\nis how it begins')).toBe(false);
    expect(await inJson(`length=26;${TEXT.toString()}`)).toBe(true);
  });
});

describe('base64 as Python reads it', () => {
  test.each(['\x01', '\x07', '\x7f', '\x80', '\xff', '\0'])('with %j in it', async (stray) => {
    const text = b64(MARKED);
    const bytes = latin1(`${text.slice(0, 9)}${stray}${text.slice(9)}`);
    expect(await refused(OCTETS, bytes)).toBe(true);
    expect(
      await refused(
        FORM,
        Buffer.from(`a=${[...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')}`),
      ),
    ).toBe(true);
    expect(await inJson(bytes.toString('latin1'))).toBe(true);
  });

  test.each(['base64:', 'image/png;base64,', 'user:', 'b64|', 'data:,', 'x,y:'])(
    'behind the prefix %j',
    async (prefix) => {
      expect(await inJson(prefix + b64(MARKED))).toBe(true);
    },
  );

  test('padding within, which some readers stop at and others pass over', async () => {
    const first = b64(MARKED.subarray(0, 7));
    expect(await inJson(first + b64(MARKED.subarray(7)))).toBe(true);
    expect(await inJson(`QQ==${b64(MARKED)}`)).toBe(true);
    expect(await inJson(`${b64(MARKED)}QQ==QUFB`)).toBe(true);
  });

  test('within msgpack, CBOR and protobuf', async () => {
    const text = Buffer.from(b64(MARKED));
    for (const head of ['\x81\xa1a\xd9\x30', '\xa1\x61\x61\x78\x2f', '\x0a\x41', '\x81\xa1a\xda\x00\x41'])
      expect([head, await refused(OCTETS, Buffer.concat([latin1(head), text, Buffer.from([0xc0])]))]).toEqual([
        head,
        true,
      ]);
  });

  test('zlib behind a byte, on the short path for small bodies as on the long one', async () => {
    expect(await inJson(b64(Buffer.concat([latin1('\x07'), deflateSync(MARKED)])))).toBe(true);
    expect(await inJson(b64(Buffer.concat([latin1('\x07'), gzipSync(MARKED)])))).toBe(true);
  });
});

describe('JSON that Python reads, on a route of other types', () => {
  const text = `{"n": NaN, "a": "${b64(MARKED)}"}`;
  const utf16 = Buffer.from(text, 'utf16le');
  const utf32 = Buffer.alloc(text.length * 4);
  for (const [at, char] of [...text].entries()) utf32.writeUInt32LE(char.charCodeAt(0), at * 4);
  test.each<[string, Buffer]>([
    ['NaN', Buffer.from(text)],
    ['a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16', utf16],
    ['UTF-16 with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
    ['UTF-16 big-endian', Buffer.from(utf16).swap16()],
    ['UTF-32', utf32],
    ['UTF-32 big-endian', Buffer.from(utf32).swap32()],
    ['a fault behind it', Buffer.from(`["${b64(MARKED)}", nope`)],
    ['a fault before it', Buffer.from(`[nope, "${b64(MARKED)}"`)],
    ['control characters', Buffer.from(`{"a":"${b64(MARKED)}\n"}`)],
    ['other lines before it', Buffer.from(`hello\n${text}`)],
  ])('%s', async (_name, body) => {
    for (const type of [OCTETS, 'text/plain']) expect([type, await refused(type, body)]).toEqual([type, true]);
    if (!body.includes(0)) expect(await inJson(body.toString())).toBe(true);
  });
});

describe('forms and parts', () => {
  test('a semicolon is part of a value to Werkzeug, Starlette and aiohttp', async () => {
    const text = b64(MARKED);
    const cut = `${text.slice(0, 11)};${text.slice(11)}`;
    expect(await refused(FORM, Buffer.from(`a=${cut}`))).toBe(true);
    expect(await refused('application/json', json({}), { query: `a=${cut}` })).toBe(true);
    expect(await refused(FORM, Buffer.from(`a=1;b=${text}`))).toBe(true);
  });

  const part = (
    headers: readonly string[],
    body: Buffer,
    type = 'multipart/form-data; boundary=x1y2',
  ): Promise<boolean> => refused(type, multipart([{ headers, body }]));
  const name = 'Content-Disposition: form-data; name="a"';
  test('in another encoding', async () => {
    const utf16 = Buffer.from(b64(MARKED), 'utf16le');
    expect(await part([name, 'Content-Type: text/plain; charset=utf-16'], utf16)).toBe(true);
    expect(await part([name, 'Content-Type: text/plain; charset=utf-16le'], utf16)).toBe(true);
    const utf32 = Buffer.alloc(b64(MARKED).length * 4);
    for (const [at, char] of [...b64(MARKED)].entries()) utf32.writeUInt32LE(char.charCodeAt(0), at * 4);
    expect(await part([name, 'Content-Type: text/plain; charset=utf-32-le'], utf32)).toBe(true);
    const utf7 = Buffer.from(
      `+${Buffer.from(b64(MARKED), 'utf16le').swap16().toString('base64').replaceAll('=', '')}-`,
    );
    expect(await part([name, 'Content-Type: text/plain; charset=utf-7'], utf7)).toBe(true);
    expect(await part([name, 'Content-Type: text/plain; charset=cp037'], Buffer.from('hello'))).toBe(true);
    expect(await part([name], Buffer.from('hello'), 'multipart/form-data; boundary=x1y2; charset=utf-16')).toBe(true);
    expect(await part(['Content-Disposition: form-data; name="_charset_"'], Buffer.from('utf-16'))).toBe(true);
  });

  test('in another encoding, with a type of bytes', async () => {
    const units = Buffer.from(BINARY.toString('latin1'), 'utf16le');
    expect(await part([name, 'Content-Type: image/png; charset=utf-16'], units)).toBe(true);
    expect(await part([name, 'Content-Type: image/png; charset=utf-16'], Buffer.from('words', 'utf16le'))).toBe(false);
    expect(await part([name, 'Content-Type: image/png; charset=cp037'], Buffer.from('words'))).toBe(true);
    // A transfer encoding that the server does not undo.
    const coded = 'Content-Transfer-Encoding: base64';
    expect(await part([name, 'Content-Type: text/plain; charset=utf-16', coded], units)).toBe(true);
    expect(await part([name, 'Content-Type: image/png; charset=utf-16', coded], units)).toBe(true);
  });

  test.each([
    `form-data; name="a"; filename="${b64(MARKED)}"`,
    `form-data; name="${b64(MARKED)}"`,
    `form-data; name=a; filename*=utf-8''${[...MARKED].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')}`,
    `form-data; name=a; filename*0="${b64(MARKED).slice(0, 20)}"; filename*1="${b64(MARKED).slice(20)}"`,
    `form-data; name="=?utf-8?b?${b64(MARKED)}?="`,
    `form-data; name="\\"${b64(MARKED)}"`,
  ])('in the header %j of a part', async (header) => {
    expect(await part([`Content-Disposition: ${header}`], Buffer.from('x'))).toBe(true);
  });

  test('in another header, before the first boundary, and behind the last', async () => {
    expect(await part([name, `X-Model: ${b64(MARKED)}`], Buffer.from('x'))).toBe(true);
    const good = multipart([{ headers: [name], body: Buffer.from('x') }]);
    const type = 'multipart/form-data; boundary=x1y2';
    expect(await refused(type, Buffer.concat([Buffer.from(`${b64(MARKED)}\r\n`), good]))).toBe(true);
    expect(await refused(type, Buffer.concat([good, Buffer.from(b64(MARKED))]))).toBe(true);
    expect(await refused(type, Buffer.concat([Buffer.from('This is a message in several parts.\r\n'), good]))).toBe(
      false,
    );
  });
});

describe('values in pieces', () => {
  const pieces = b64(MARKED).match(/.{1,20}/g) ?? [];
  test.each<[string, unknown]>([
    ['with nothing between', pieces],
    ['with an empty string between', pieces.flatMap((piece) => [piece, ''])],
    ['with null between', pieces.flatMap((piece) => [piece, null])],
    ['with line ends between', pieces.flatMap((piece) => [piece, '\n'])],
    ['that end in blanks', pieces.map((piece) => `${piece} \n`)],
    ['lines of a pickle', TEXT.toString().split('\n')],
  ])('%s', async (_name, list) => {
    expect(await refused('application/json', json({ a: list }))).toBe(true);
  });

  test('in the lines of NDJSON', async () => {
    const lines = pieces.map((piece) => JSON.stringify({ id: 1, chunk: piece })).join('\n');
    expect(await refused('application/x-ndjson', Buffer.from(lines))).toBe(true);
  });
});

describe('tags and reducers outside of their type', () => {
  test.each([
    '!!python/object/apply:os.system ["true"]',
    '- !!python/object/apply:os.system ["true"]',
    'a: !!python/name:os.system',
    'a:\n  - {b: !!python/object/new:os.system []}',
    '!<tag:yaml.org,2002:python/object/apply:os.system> ["true"]',
    'a: &x !!python%2Fobject/apply:os.system []',
    '%TAG !p! tag:yaml.org,2002:python/\n---\n!p!object/apply:os.system []',
    'a: !!javax.script.ScriptEngineManager []',
    'a: !ruby/object:Gem::Installer {}',
  ])('the YAML %j', async (text) => {
    expect(await refused('text/plain', Buffer.from(text))).toBe(true);
    expect(await inJson(text)).toBe(true);
    expect(await inJson(b64(Buffer.from(text)))).toBe(true);
  });

  test('a tag within a sentence is part of it', async () => {
    for (const text of [
      'The tag !!python/object/apply:os.system runs it.',
      'See `!!python/name:os.system`!',
      'Hello, !world',
    ])
      expect([text, await inJson(text)]).toEqual([text, false]);
  });

  test.each([{ 'py/reduce': [{ 'py/function': 'os.system' }, ['true']] }, { a: [{ 'py/object': 'os.x' }] }])(
    'the jsonpickle %j',
    async (value) => {
      expect(await refused('application/json', json(value))).toBe(true);
      expect(await inJson(JSON.stringify(value))).toBe(true);
      expect(await refused('text/plain', json(value))).toBe(true);
    },
  );

  test('a list of marshal with a code object', async () => {
    const code = Buffer.alloc(60);
    code[0] = 0xe3;
    code.writeUInt32LE(2, 13);
    code[21] = 0xf3;
    code.writeUInt32LE(10, 22);
    expect(await refused(OCTETS, Buffer.concat([latin1('[\x02\0\0\0z\x01a'), code]))).toBe(true);
    expect(await inJson(b64(Buffer.concat([latin1('\xa9\x01'), code])))).toBe(true);
  });
});

describe('other encodings', () => {
  const hex = MARKED.toString('hex');
  const pairs = hex.match(/../g) ?? [];
  const repr = [...TEXT]
    .map((byte) => (byte === 0x0a ? '\\n' : byte === 0x27 ? "\\'" : String.fromCharCode(byte)))
    .join('');
  test.each<[string, string]>([
    ['hex with colons', pairs.join(':')],
    ['hex with \\x', pairs.map((pair) => `\\x${pair}`).join('')],
    ['hex with blanks', pairs.join(' ')],
    ['hex with 0x and commas', pairs.map((pair) => `0x${pair}`).join(', ')],
    ['bytea of Postgres', `\\x${hex}`],
    ['repr(bytes)', `b'${pairs.map((pair) => `\\x${pair}`).join('')}'`],
    ['repr(bytes) of text', `b'${repr}'`],
    ['repr(bytes) in double quotes', `b"${repr.replaceAll("\\'", "'")}"`],
    ['unicode escapes', pairs.map((pair) => `\\u00${pair}`).join('')],
    ['octal escapes', [...MARKED].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')],
  ])('%s', async (_name, text) => {
    expect(await inJson(text)).toBe(true);
    expect(await refused('text/plain', Buffer.from(text))).toBe(true);
  });

  test.each<[string, Record<string, string>]>([
    ['a password', { authorization: `Basic ${b64(Buffer.from(`user:${b64(MARKED)}`))}` }],
    ['a referrer', { referer: `https://host/a/${MARKED.toString('base64url')}` }],
    ['the query of a referrer', { referer: `https://host/a?x=${MARKED.toString('base64url')}` }],
    ['the baggage of a trace', { baggage: `a=b,model=${encodeURIComponent(b64(MARKED))}` }],
    ['the state of a trace', { tracestate: `a=b,v=${MARKED.toString('base64url')}` }],
    ['an address before the gate', { 'x-forwarded-for': b64(MARKED) }],
  ])('%s', async (_name, headers) => {
    const job = {
      route: 'any',
      contentType: null,
      contentEncoding: null,
      inferHeaderLength: null,
      query: '',
      body: Buffer.alloc(0),
    };
    const head = headValues(headers, '/');
    expect((await inspectRequest({ ...job, head }, ANY_ROUTE, null, new Held(Buffer.alloc(0)))).refusal).not.toBeNull();
  });
});

describe('what has to pass', () => {
  test('the raw binary request of Triton', async () => {
    const floats = Buffer.from(Float32Array.from({ length: 64 }, (_, i) => i / 3).buffer);
    expect(await refused(OCTETS, floats, { inferHeaderLength: '0' })).toBe(false);
    expect(await refused(OCTETS, MARKED, { inferHeaderLength: '0' })).toBe(true);
  });

  test('NaN in an answer', async () => {
    const body = Buffer.from('{"n": NaN, "m": [Infinity, -Infinity]}');
    expect(await inspected({ body }, { readsAsPython: true })).toBeNull();
    expect((await inspected({ body }))?.rule).toBe('GATE-MALFORMED');
    expect(
      await inspected({ body: Buffer.from(`{"n": NaN, "a": "${b64(MARKED)}"}`) }, { readsAsPython: true }),
    ).not.toBeNull();
  });
});
