import {
  createServer,
  get,
  request,
  type ClientRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { PassThrough, Writable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { listening } from '../../test/gate-kit.ts';
import type { Refusal } from '../model/rules.ts';
import { endWith, endWithPieces, passAnswer } from './answer.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serving(act: (request: IncomingMessage, response: ServerResponse) => void): Promise<number> {
  const server = createServer(act);
  servers.push(server);
  return listening(server);
}

/** A server whose answers pass through another one; `ends`: what became of each. */
async function passing(answer: (response: ServerResponse) => void) {
  const ends: (Refusal | null)[] = [];
  const behind = await serving((_request, response) => answer(response));
  const port = await serving((given, response) => {
    request({ port: behind, method: given.method ?? 'GET' }, (got) => {
      response.writeHead(got.statusCode ?? 0, got.headers);
      void passAnswer(given.method, got, response).then((end) => ends.push(end));
    }).end();
  });
  return { port, ends };
}

const until = async (check: () => boolean): Promise<void> => {
  while (!check()) await new Promise((resolve) => setTimeout(resolve, 2));
};

async function bodyOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
const ask = (port: number, method = 'GET'): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => request({ port, method }, resolve).on('error', reject).end());

test('a body up to 16 KiB goes out with its head, as text', () => {
  const ended: unknown[] = [];
  const message = { end: (...given: unknown[]) => ended.push(given) } as unknown as ServerResponse;
  const short = Buffer.alloc(16 * 1024, 0xe9);
  for (const body of [Buffer.alloc(0), short, Buffer.concat([short, short])]) endWith(message, body);
  expect(ended).toEqual([[], ['\xe9'.repeat(16 * 1024), 'latin1'], [Buffer.concat([short, short])]]);
});

test('a body in pieces goes out together', () => {
  const said = (pieces: string[]): unknown[] => {
    const log: unknown[] = [];
    const say =
      (what: string) =>
      (...given: unknown[]) =>
        log.push([what, ...given.map(String)]);
    const message = { cork: say('cork'), uncork: say('uncork'), write: say('write'), end: say('end') };
    endWithPieces(
      message as unknown as ClientRequest,
      pieces.map((piece) => Buffer.from(piece)),
    );
    return log;
  };
  expect(said([])).toEqual([['end']]);
  expect(said(['a'])).toEqual([['cork'], ['end', 'a', 'latin1'], ['uncork']]);
  expect(said(['a', 'b', 'c'])).toEqual([['cork'], ['write', 'a'], ['write', 'b'], ['end', 'c', 'latin1'], ['uncork']]);
});

/** An answer of this length, and a client that takes a byte at a time. */
function watched(length: number | null, highWaterMark = 1) {
  const log: string[] = [];
  const answer = Object.assign(new PassThrough(), {
    headers: length === null ? {} : { 'content-length': String(length) },
    statusCode: 200,
    complete: false,
  });
  const taken: (() => void)[] = [];
  const response = Object.assign(
    new Writable({
      highWaterMark,
      write(chunk: Buffer, _encoding, done) {
        log.push(String(chunk.length));
        taken.push(done);
      },
    }),
    { headersSent: true, flushHeaders: () => log.push('head') },
  );
  const end = passAnswer('GET', answer as unknown as IncomingMessage, response as unknown as ServerResponse);
  return { answer, response, log, taken, end };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test.each<[number | null, string[]]>([
  [0, []],
  [3, []],
  [16_384, []],
  [16_385, ['head']],
  [null, ['head']],
])('a head whose body has %j bytes waits for it: %j', async (length, log) => {
  const one = watched(length);
  await turn();
  expect(one.log).toEqual(log);
  one.answer.destroy();
  await one.end;
});

test('a short answer ends with its last byte, a client that takes nothing is waited for', async () => {
  const { answer, response, log, taken, end } = watched(5);
  answer.write('abc');
  await turn();
  expect([log, answer.isPaused(), response.writableEnded]).toEqual([['3'], true, false]);
  answer.write('de');
  await turn();
  expect(log).toEqual(['3']);
  taken.shift()?.();
  await turn();
  await turn();
  expect([log, response.writableEnded]).toEqual([['3', '2'], true]);
  taken.shift()?.();
  expect(await end).toBeNull();
});

test.each<[what: string, length: number | null, sent: string, isWhole: boolean]>([
  ['all that was announced', 20_000, 'a'.repeat(20_000), true],
  ['a byte less', 20_000, 'a'.repeat(19_999), false],
  ['something, of which nobody knows the end', null, 'a', false],
  ['the last event', null, 'data: [DONE]\r\n\r\n', true],
])('a client that leaves with %s', async (_what, length, sent, isWhole) => {
  const { answer, response, end } = watched(length, 100_000);
  answer.write(sent);
  await turn();
  await turn();
  response.destroy();
  expect((await end)?.signal).toBe(isWhole ? undefined : 'aborted');
  expect(answer.destroyed).toBe(true);
});

describe('an answer', () => {
  test('of events has its head before its first event', async () => {
    let held: ServerResponse | null = null;
    const { port, ends } = await passing((response) => {
      held = response;
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    });
    const answer = await ask(port);
    expect([answer.statusCode, ends]).toEqual([200, []]);
    const body = bodyOf(answer);
    (held as unknown as ServerResponse).end('data: 1\n\n');
    expect(await body).toBe('data: 1\n\n');
    await until(() => ends.length === 1);
    expect(ends).toEqual([null]);
  });

  test.each([10, 16 * 1024, 40_000])('of %i bytes passes', async (size) => {
    const { port, ends } = await passing((response) => {
      response.writeHead(200, { 'Content-Length': size });
      response.write('a');
      response.end('b'.repeat(size - 1));
    });
    expect(await bodyOf(await ask(port))).toBe(`a${'b'.repeat(size - 1)}`);
    await until(() => ends.length === 1);
    expect(ends).toEqual([null]);
  });

  test.each([
    ['HEAD', 200],
    ['GET', 304],
    ['GET', 204],
  ])('to %s of status %i has no body, whatever its length says', async (method, status) => {
    const { port, ends } = await passing((response) => {
      response.writeHead(status, status === 204 ? {} : { 'Content-Length': 5 }).end();
    });
    const answer = await ask(port, method);
    expect([answer.statusCode, await bodyOf(answer)]).toEqual([status, '']);
    await until(() => ends.length === 1);
    expect(ends).toEqual([null]);
  });

  test('that breaks off breaks off for the client', async () => {
    const { port, ends } = await passing((response) => {
      response.writeHead(200, { 'Content-Length': 40_000 });
      response.write('a'.repeat(20_000), () => response.destroy());
    });
    await expect(ask(port).then(bodyOf)).rejects.toThrow('aborted');
    expect(ends.map((end) => end?.signal)).toEqual(['answer-cut']);
  });

  test.each([
    ['data: [DONE]\n\n', undefined],
    ['data:[DONE]\r\n', undefined],
    ['data: [DONE], no\n', 'aborted'],
  ])('whose client leaves behind %j: %s', async (event, signal) => {
    const { port, ends } = await passing((response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write(event);
    });
    get({ port }, (answer) => answer.on('data', () => answer.destroy()));
    await until(() => ends.length === 1);
    expect(ends.map((end) => end?.signal)).toEqual([signal]);
  });
});
