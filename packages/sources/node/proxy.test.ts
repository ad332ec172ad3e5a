import { createServer as createHttp, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { HttpClient } from '@artifact-sentinel/sources';
import { nodeTransport } from './node-transport.js';
import { proxyFor } from './proxy.js';

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

function listening(server: Server): Promise<string> {
  open.push(server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

const variables = (values: Readonly<Record<string, string>>) => (name: string) => values[name];

test.each([
  ['https://a.example/', { HTTPS_PROXY: 'http://p:1' }, 'http://p:1/'],
  ['https://a.example/', { HTTP_PROXY: 'http://p:1' }, null],
  ['http://a.example/', { HTTP_PROXY: 'p:1' }, 'http://p:1/'],
  ['http://a.example/', { http_proxy: 'http://q:1', HTTP_PROXY: 'http://p:1' }, 'http://q:1/'],
  ['https://a.example/', { ALL_PROXY: 'http://p:1' }, 'http://p:1/'],
  ['https://a.example/', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'example' }, null],
  ['https://a.example/', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'x.org, .a.example' }, null],
  ['https://a.example/', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '*' }, null],
  ['https://a.example/', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'a.example:443' }, null],
  ['https://a.example/', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'a.example:80' }, 'http://p:1/'],
  ['https://ba.example/', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'a.example' }, 'http://p:1/'],
  ['http://[::1]:8/', { HTTP_PROXY: 'http://p:1', NO_PROXY: '::1' }, null],
  ['http://a.example/', {}, null],
])('%s with %j goes through %s', (address, values, proxy) =>
  expect(proxyFor(new URL(address), variables(values))?.url.href ?? null).toBe(proxy),
);

test('a proxy that cannot be one is said, without its password', () => {
  for (const named of ['socks5://user:secret@p:1', 'http://user:secret@[']) {
    const find = () => proxyFor(new URL('http://a.example/'), variables({ HTTP_PROXY: named }));
    expect(find).toThrow(/proxy/);
    expect(find).not.toThrow(/secret/);
  }
});

describe('requests', () => {
  test('go to the proxy, with its credentials, which no server gets', async () => {
    const seen: IncomingMessage['headers'][] = [];
    const proxy = await listening(
      createHttp((request, response) => {
        seen.push(request.headers);
        response.end(request.url);
      }),
    );
    const variable = variables({ HTTP_PROXY: `http://user:p%40ss@${proxy}`, NO_PROXY: '127.0.0.1' });
    const client = new HttpClient({ transport: nodeTransport({ variable }) });
    const text = await client.exchange({ url: new URL('http://models.example/x?y=1') }, async ({ body }) => {
      let all = '';
      for await (const chunk of body) all += Buffer.from(chunk).toString();
      return all;
    });
    client.close();
    expect(text).toBe('http://models.example/x?y=1');
    expect(seen[0]).toMatchObject({
      host: 'models.example',
      'proxy-authorization': `Basic ${Buffer.from('user:p@ss').toString('base64')}`,
    });
  });

  test('of https go through a tunnel, and one that is refused is said', async () => {
    const targets: string[] = [];
    const proxy = createHttp();
    proxy.on('connect', (request: IncomingMessage, socket: Socket) => {
      targets.push(request.url ?? '');
      if (targets.length === 1) socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      else {
        const [host = '', port = ''] = (request.url ?? '').split(':');
        const onward = connect(Number(port), host, () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          socket.pipe(onward).pipe(socket);
        });
        onward.on('error', () => socket.destroy());
        socket.on('error', () => onward.destroy());
      }
    });
    const address = await listening(proxy);
    const plain = await listening(createHttp((_request, response) => response.end('no TLS')));
    const client = new HttpClient({
      transport: nodeTransport({ variable: variables({ HTTPS_PROXY: `http://${address}` }) }),
      addresses: 'any',
      backOffMs: 1,
    });
    const get = () => client.exchange({ url: new URL(`https://${plain}/`) }, async () => null);
    await expect(get()).rejects.toThrow(/the proxy 127\.0\.0\.1:\d+ refuses the connection \(407\)/);
    // The tunnel stands; what is behind it speaks no TLS.
    await expect(get()).rejects.toMatchObject({ code: 'unreachable' });
    expect(new Set(targets)).toEqual(new Set([plain]));
    client.close();
  });
});
