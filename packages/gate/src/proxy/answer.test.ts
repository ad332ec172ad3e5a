import { createServer, get, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { listening } from '../../test/gate-kit.ts';
import type { Refusal } from '../model/rules.ts';
import { endWith, passAnswer } from './answer.ts';

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
