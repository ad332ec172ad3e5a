import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leavingAfter, raw, nearRig, send, type Rig } from '../../test/gate-kit.ts';

const ROUTES = `
routes:
  - dialect: triton
  - dialect: openai-chat
  - dialect: openai-embeddings
  - dialect: torchserve
  - path: /any
    methods: [POST, PUT]
    content_types: [application/json, application/octet-stream, text/plain]
    any_json: true
    body_limit: 64KiB
  - path: /own
    schema:
      type: object
      properties: { text: { type: string, maxLength: 40 } }
      required: [text]
  - path: /watched
    mode: observe
    any_json: true
timeouts: { headers_ms: 1000, body_ms: 4000, idle_ms: 700, connect_ms: 500, answer_ms: 800, stop_ms: 2000 }
`;
const PICKLE = Buffer.from("cposix\nsystem\n(S'true'\ntR.");
const JSON_TYPE = { 'Content-Type': 'application/json' };

let gate: Rig;
beforeAll(async () => {
  gate = await nearRig(ROUTES, (request, response, body) => {
    if (request.url === '/v1/models') response.end('{}');
    else if (request.url === '/predictions/slow') return;
    else if (request.url === '/v1/models/whole') {
      response.socket?.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nwh');
      setTimeout(() => response.socket?.end('ol'), 50);
    } else if (request.url === '/v1/models/stream') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write('data: {}\n\n');
      setTimeout(() => response.write('data: [DONE]\n\n'), 20);
    } else if (request.url === '/v1/models/part') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write('data: {}\n\n');
    } else if (request.url === '/v1/models/switched')
      response.socket?.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\nhello');
    else if (request.url === '/predictions/broken') request.socket.destroy();
    else if (request.url === '/predictions/cut') {
      response.writeHead(200, { 'Content-Length': 100 });
      response.write('half');
      setTimeout(() => response.destroy(), 50);
    } else {
      response.writeHead(200, {
        'Content-Type': request.headers['content-type'] ?? 'text/plain',
        Connection: 'X-Hop',
        'X-Hop': '1',
        'X-Stays': '2',
      });
      response.end(body);
    }
  });
});
afterAll(async () => {
  await gate.stop();
});

function last(): { rule: string; status: number; disposition: string } {
  const event = gate.events.at(-1);
  return { rule: event?.refusal.rule ?? '', status: event?.status ?? 0, disposition: event?.disposition ?? '' };
}

describe('honest requests pass byte for byte', () => {
  const infer = JSON.stringify({
    id: '42',
    inputs: [{ name: 'input0', shape: [2, 2], datatype: 'UINT32', data: [1, 2, 3, 4] }],
    outputs: [{ name: 'output0' }],
  });
  const header = JSON.stringify({
    model_name: undefined,
    inputs: [
      { name: 'in', shape: [3], datatype: 'INT32', parameters: { binary_data_size: 12 } },
      { name: 'text', shape: [1], datatype: 'BYTES', parameters: { binary_data_size: 9 } },
    ],
  });
  const binary = Buffer.concat([
    Buffer.from(header),
    Buffer.from([1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 5, 0, 0, 0]),
    Buffer.from('hello'),
  ]);
  test.each([
    ['an infer request', '/v2/models/m/infer', JSON_TYPE, infer],
    [
      'nested data',
      '/v2/models/m/versions/1/infer',
      JSON_TYPE,
      JSON.stringify({
        inputs: [
          {
            name: 'x',
            shape: [2, 2],
            datatype: 'FP32',
            data: [
              [0.1, 2],
              [3e-3, 4],
            ],
          },
        ],
      }),
    ],
    [
      'text tensors',
      '/v2/models/m/infer',
      JSON_TYPE,
      JSON.stringify({ inputs: [{ name: 'x', shape: [2], datatype: 'BYTES', data: ['a', 'What is (a)?\n.'] }] }),
    ],
    [
      'binary tensors',
      '/v2/models/m/infer',
      {
        'Content-Type': 'application/octet-stream',
        'Inference-Header-Content-Length': String(Buffer.byteLength(header)),
      },
      binary,
    ],
    [
      'a chat',
      '/v1/chat/completions',
      JSON_TYPE,
      JSON.stringify({
        model: 'gpt-4o',
        messages: [
          { role: 'developer', content: 'You are a helpful assistant.' },
          { role: 'user', content: [{ type: 'text', text: 'What does `cos\nsystem` mean?' }] },
        ],
        stream: true,
      }),
    ],
    [
      'an embedding',
      '/v1/embeddings',
      JSON_TYPE,
      JSON.stringify({
        input: 'The food was delicious and the waiter...',
        model: 'text-embedding-ada-002',
        encoding_format: 'float',
      }),
    ],
    [
      'an upload',
      '/predictions/resnet-18',
      { 'Content-Type': 'image/jpeg' },
      Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0x2e]),
    ],
    ['compressed JSON', '/v2/models/m/infer', { ...JSON_TYPE, 'Content-Encoding': 'gzip' }, gzipSync(infer)],
  ])('%s', async (_name, path, headers, body) => {
    const before = gate.events.length;
    const got = await send(gate.port, path, { headers, body });
    expect([got.status, gate.events.slice(before).map(({ refusal }) => refusal)]).toEqual([200, []]);
    expect(gate.seen.at(-1)?.body.equals(Buffer.from(body))).toBe(true);
    expect(got.body.equals(Buffer.from(body))).toBe(true);
  });

  test('headers of the hop stay, others go on in order, the gate adds its own', async () => {
    await send(gate.port, '/v1/models', {
      headers: { Connection: 'X-Drop', 'X-Drop': '1', 'X-Keep': 'a', 'X-Forwarded-For': '6.6.6.6', TE: 'trailers' },
    });
    const { headers } = gate.seen.at(-1)!;
    expect(headers).toMatchObject({ 'x-keep': 'a', 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' });
    expect(Object.keys(headers)).not.toContain('x-drop');
    expect(Object.keys(headers)).not.toContain('te');
    const got = await send(gate.port, '/any', { headers: { ...JSON_TYPE }, body: '{}' });
    expect([got.headers['x-hop'], got.headers['x-stays']]).toEqual([undefined, '2']);
  });
});

describe('refusals', () => {
  const b64 = PICKLE.toString('base64');
  test.each([
    ['an unknown route', '/nope', {}, undefined, 404, 'GATE-ROUTE'],
    ['a method', '/any', {}, undefined, 405, 'GATE-METHOD'],
    ['an encoded slash', '/v2%2fmodels', {}, undefined, 404, 'GATE-ROUTE'],
    ['dot segments with a parameter', '/files/..;/any', {}, undefined, 400, 'GATE-HTTP'],
    ['dot segments', '/files/../any', {}, undefined, 400, 'GATE-HTTP'],
    ['a media type', '/any', { 'Content-Type': 'text/html' }, 'x', 415, 'GATE-MEDIA-TYPE'],
    ['no media type', '/own', {}, 'x', 415, 'GATE-MEDIA-TYPE'],
    ['a pickle type', '/any', { 'Content-Type': 'application/x-pickle' }, 'x', 415, 'GATE-PICKLE-TYPE'],
    ['a +pickle type', '/any', { 'Content-Type': 'application/vnd.bentoml+pickle' }, 'x', 415, 'GATE-PICKLE-TYPE'],
    ['a serializer header', '/any', { ...JSON_TYPE, 'X-Serializer': 'cloudpickle' }, '{}', 415, 'GATE-PICKLE-TYPE'],
    ['a coding', '/any', { ...JSON_TYPE, 'Content-Encoding': 'compress' }, '{}', 415, 'GATE-CODING'],
    ['a pickle', '/any', { 'Content-Type': 'application/octet-stream' }, PICKLE, 400, 'GATE-PICKLE'],
    ['a pickle in base64', '/any', JSON_TYPE, `{"a":"${b64}"}`, 400, 'GATE-PICKLE'],
    ['a pickle in the query', `/any?model=${encodeURIComponent(b64)}`, JSON_TYPE, '{}', 400, 'GATE-PICKLE'],
    [
      'a pickle in a cookie',
      '/v1/models',
      { Cookie: `a=1; session="${encodeURIComponent(b64)}"` },
      undefined,
      400,
      'GATE-PICKLE',
    ],
    ['a pickle in a header', '/v1/models', { 'X-State': b64 }, undefined, 400, 'GATE-PICKLE'],
    ['a pickle in a token', '/v1/models', { Authorization: `Bearer ${b64}` }, undefined, 400, 'GATE-PICKLE'],
    [
      'a pickle in the path',
      `/v2/models/${encodeURIComponent(b64).replaceAll('%2F', '_')}`,
      {},
      undefined,
      400,
      'GATE-PICKLE',
    ],
    ['too many bytes', '/any', JSON_TYPE, `"${'x'.repeat(70_000)}"`, 413, 'GATE-SIZE'],
    ['malformed JSON', '/any', JSON_TYPE, '{"a":NaN}', 400, 'GATE-MALFORMED'],
    ['a repeated key', '/any', JSON_TYPE, '{"a":1,"a":2}', 400, 'GATE-MALFORMED'],
    ['an unknown field', '/own', JSON_TYPE, '{"text":"a","b":1}', 422, 'GATE-SCHEMA'],
    [
      'an unknown field of a chat',
      '/v1/chat/completions',
      JSON_TYPE,
      '{"model":"m","messages":[{"role":"user","content":"x"}],"logits_processors":["y"]}',
      422,
      'GATE-SCHEMA',
    ],
    [
      'a shape that lies',
      '/v2/models/m/infer',
      JSON_TYPE,
      '{"inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":[1,2]}]}',
      400,
      'GATE-TENSOR',
    ],
    [
      'shared memory',
      '/v2/models/m/infer',
      JSON_TYPE,
      '{"inputs":[{"name":"x","shape":[3],"datatype":"FP32","parameters":{"shared_memory_region":"r"}}]}',
      400,
      'GATE-TENSOR',
    ],
  ] as const)('%s', async (_name, path, headers, body, status, rule) => {
    const bytes = gate.reached.bytes;
    const before = gate.events.length;
    const got = await send(gate.port, path, body === undefined ? { headers } : { headers, body });
    expect(got.status).toBe(status);
    expect(gate.events.slice(before).map(({ refusal, disposition }) => [refusal.rule, disposition])).toEqual([
      [rule, 'denied'],
    ]);
    expect(got.headers['content-type']).toBe('application/problem+json');
    const problem = JSON.parse(got.body.toString()) as Record<string, unknown>;
    expect(problem).toMatchObject({
      type: `urn:sentinel:gate:${rule}`,
      status,
      instance: `urn:uuid:${gate.events.at(-1)?.requestId}`,
    });
    expect(got.body.toString()).not.toContain('system');
    expect(JSON.stringify(gate.events.at(-1))).not.toContain(b64);
    // Not even a head has reached the upstream.
    expect(gate.reached.bytes).toBe(bytes);
  });

  test('what is only observed is forwarded, with its event', async () => {
    const got = await send(gate.port, '/watched', { headers: JSON_TYPE, body: `["${b64}"]` });
    expect([got.status, last()]).toEqual([200, { rule: 'GATE-PICKLE', status: 400, disposition: 'allowed' }]);
  });
});

describe('request smuggling', () => {
  const head = 'POST /any HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';
  test.each([
    [
      'length and chunked',
      `${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /v1/models HTTP/1.1\r\nHost: a\r\n\r\n`,
    ],
    [
      'two lengths',
      `${head}Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}GET /v1/models HTTP/1.1\r\nHost: a\r\n\r\n`,
    ],
    ['the same length twice', `${head}Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}`],
    ['lengths in one header', `${head}Content-Length: 2, 2\r\n\r\n{}`],
    ['a length with a sign', `${head}Content-Length: +2\r\n\r\n{}`],
    ['a length in hex', `${head}Content-Length: 0x2\r\n\r\n{}`],
    ['another coding', `${head}Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`],
    ['chunked twice', `${head}Transfer-Encoding: chunked, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`],
    ['two codings', `${head}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n`],
    ['a coding with a tab', `${head}Transfer-Encoding:\x0bchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`],
    ['a space before the colon', `${head}Transfer-Encoding : chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`],
    ['a folded header', `${head}X: a\r\n Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n{}`],
    ['a header with a bare line feed', `${head}X: a\nContent-Length: 2\r\n\r\n{}`],
    ['a bare carriage return', `${head}X: a\rContent-Length: 40\r\nContent-Length: 2\r\n\r\n{}`],
    ['a chunk size that is none', `${head}Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n`],
    ['a chunk size that overflows', `${head}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff2\r\n{}\r\n0\r\n\r\n`],
    ['a chunk without its end', `${head}Transfer-Encoding: chunked\r\n\r\n2\r\n{}XX0\r\n\r\n`],
    [
      'chunked in HTTP/1.0',
      'POST /any HTTP/1.0\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
    ],
    ['no host', 'POST /any HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}'],
    ['two hosts', `${head}Host: b\r\nContent-Length: 2\r\n\r\n{}`],
    ['an absolute target', 'GET http://evil/v1/models HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['an underscored length', `${head}Content_Length: 40\r\nContent-Length: 2\r\n\r\n{}`],
    ['a NUL in a header', `${head}X: a\0b\r\nContent-Length: 2\r\n\r\n{}`],
    ['a coding that only ends like chunked', `${head}Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`],
    [
      'a length among the trailers',
      `${head}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nContent-Length: 9\r\n\r\n`,
    ],
    [
      'a chunk extension without end',
      `${head}Transfer-Encoding: chunked\r\n\r\n2;${'a'.repeat(100_000)}\r\n{}\r\n0\r\n\r\n`,
    ],
    ['another method in a header', `${head}X-HTTP-Method-Override: DELETE\r\nContent-Length: 2\r\n\r\n{}`],
    ['another target in a header', `${head}X-Original-URL: /admin\r\nContent-Length: 2\r\n\r\n{}`],
    ['HTTP/2 by prior knowledge', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a version that there is not', 'GET /v1/models HTTP/2.0\r\nHost: a\r\n\r\n'],
    [
      'a WebSocket where no route has one',
      'GET /v1/models HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    ],
    ['no HTTP', 'hello\r\n\r\n'],
    ['CONNECT', 'CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n'],
    [
      'h2c',
      'GET /v1/models HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n',
    ],
  ])('%s', async (_name, bytes) => {
    const reached = gate.reached.bytes;
    const before = gate.events.length;
    const got = await raw(gate.port, bytes);
    expect(got).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(got.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(gate.events.slice(before)).toHaveLength(1);
    expect(gate.reached.bytes).toBe(reached);
  });

  // Node keeps the first 2,000 entries of a head in `headers`, and up to 2,046 in `rawHeaders`; the upstream gets the latter.
  test.each(['Content-Type: application/x-pickle', 'Content-Encoding: br', `X-Late: ${PICKLE.toString('base64')}`])(
    'behind a thousand other headers: %s',
    async (late) => {
      for (const count of [989, 996, 999, 1_014, 1_029, 2_099]) {
        const before = gate.seen.length;
        const bytes = `POST /any HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n${'a:\r\n'.repeat(count)}${late}\r\n\r\n{}`;
        expect([count, await raw(gate.port, bytes)]).toEqual([count, expect.stringMatching(/^HTTP\/1\.1 4\d\d /)]);
        expect(gate.seen.length).toBe(before);
      }
    },
  );

  test('requests in a row on one connection are answered in order', async () => {
    const one = 'GET /v1/models HTTP/1.1\r\nHost: a\r\n\r\n';
    const got = await raw(gate.port, one + one.replace('Host', 'Connection: close\r\nHost'));
    expect(got.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
  });
});

describe('clients that are slow or leave, servers that fail', () => {
  test.each([
    ['a head that does not end', 'POST /any HTTP/1.1\r\nHost: a\r\n', 'GATE-SLOW', 408],
    [
      'a body that does not end',
      'POST /any HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n{',
      'GATE-SLOW',
      408,
    ],
    [
      'a header section without end',
      `GET /v1/models HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
      'GATE-HEADERS',
      431,
    ],
  ])('%s', async (_name, bytes, rule, status) => {
    const got = await raw(gate.port, bytes, 4_000);
    expect(got).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(last()).toEqual({ rule, status, disposition: 'denied' });
  });

  test('a server that switches protocols unasked', async () => {
    expect(await raw(gate.port, 'GET /v1/models/switched HTTP/1.1\r\nHost: a\r\n\r\n', 4_000)).toMatch(
      /^HTTP\/1\.1 502 /,
    );
    // And not for the time that an answer may take (504).
    expect(last()).toEqual({ rule: 'GATE-UPSTREAM', status: 502, disposition: 'failed' });
  });

  test('a client that leaves in its body', async () => {
    const before = gate.events.length;
    await raw(
      gate.port,
      'POST /any HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n{',
      100,
    );
    for (let i = 0; i < 40 && gate.events.length === before; i += 1)
      await new Promise((resolve) => setTimeout(resolve, 25));
    expect(last()).toEqual({ rule: 'GATE-ABORTED', status: 400, disposition: 'failed' });
  });

  // What a client does that has read all that was announced: openai's does after [DONE], tritonclient's with no body.
  test.each([
    ['the announced length', '/v1/models/whole', 'whol', 'passed'],
    ['the last event of a stream', '/v1/models/stream', '[DONE]\n\n', 'passed'],
    ['less than all', '/v1/models/part', 'data: {}\n\n', 'failed'],
  ])('a client that leaves with %s', async (_name, path, awaited, outcome) => {
    const before = gate.events.length;
    const ended = async (): Promise<number> => {
      const { body } = await send(gate.adminPort, '/metrics');
      const line = new RegExp(`^sentinel_gate_requests_total\\{.*outcome="${outcome}".*\\} (\\d+)$`, 'gm');
      return [...body.toString().matchAll(line)].reduce((sum, found) => sum + Number(found[1]), 0);
    };
    const endedBefore = await ended();
    await leavingAfter(gate.port, path, awaited);
    for (let i = 0; i < 80 && (await ended()) === endedBefore; i += 1)
      await new Promise((resolve) => setTimeout(resolve, 25));
    expect(await ended()).toBe(endedBefore + 1);
    expect(gate.events.slice(before).map(({ refusal }) => refusal.rule)).toEqual(
      outcome === 'passed' ? [] : ['GATE-ABORTED'],
    );
  });

  test.each([
    ['an answer that does not come', '/predictions/slow', 504, 'GATE-UPSTREAM-TIMEOUT'],
    ['a connection that breaks', '/predictions/broken', 502, 'GATE-UPSTREAM'],
  ])('%s', async (_name, path, status, rule) => {
    const got = await send(gate.port, path, { headers: JSON_TYPE, body: '{}' });
    expect([got.status, last()]).toEqual([status, { rule, status, disposition: 'failed' }]);
  });

  test('an answer that breaks off breaks off for the client', async () => {
    await expect(send(gate.port, '/predictions/cut', { headers: JSON_TYPE, body: '{}' })).rejects.toThrow(
      /aborted|hang up/,
    );
    for (let i = 0; i < 40 && last().rule !== 'GATE-UPSTREAM'; i += 1)
      await new Promise((resolve) => setTimeout(resolve, 25));
    expect(last().disposition).toBe('failed');
  });

  test('100-continue is asked for only where the head passes', async () => {
    const head = (type: string): string =>
      `POST /any HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n`;
    expect(await raw(gate.port, head('text/html'))).toMatch(/^HTTP\/1\.1 415 /);
    expect(await raw(gate.port, `${head('application/json')}{}`)).toMatch(
      /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /,
    );
  });
});

test('counters agree with events exactly', async () => {
  const { body } = await send(gate.adminPort, '/metrics');
  const counted = new Map(
    [
      ...body.toString().matchAll(/^sentinel_gate_events_total\{rule="([^"]+)",disposition="([^"]+)"\} ([1-9]\d*)$/gm),
    ].map(([, rule, disposition, count]) => [`${rule} ${disposition}`, Number(count)]),
  );
  const expected = new Map<string, number>();
  for (const { refusal, disposition } of gate.events) {
    const key = `${refusal.rule} ${disposition}`;
    expected.set(key, (expected.get(key) ?? 0) + 1);
  }
  expect(counted).toEqual(expected);
  expect((await send(gate.adminPort, '/readyz')).status).toBe(200);
  expect((await send(gate.adminPort, '/healthz')).status).toBe(200);
});
