import { describe, expect, test } from 'vitest';
import { MAX_CLIENTS } from '../model/limits.js';
import { Clients, networkOf, TrustedProxies } from './clients.js';

const A = '192.0.2.1';
const B = '192.0.2.2';
const signal = (clients: Clients, address: string, now: number): string => {
  const admission = clients.admit(address, now);
  return 'signal' in admission ? `${admission.signal} ${admission.retryAfter}` : 'admitted';
};

describe('rates', () => {
  test('a burst, then the rate, for each client', () => {
    const clients = new Clients({ rate: 2, burst: 3, concurrency: null });
    expect([0, 0, 0, 0, 400, 500, 501, 900, 1_000].map((now) => signal(clients, A, now))).toEqual([
      'admitted',
      'admitted',
      'admitted',
      'rate 1',
      'rate 1',
      'admitted',
      'rate 1',
      'rate 1',
      'admitted',
    ]);
    expect(signal(clients, B, 1_000)).toBe('admitted');
  });

  test('a pause fills the bucket, and no more than that', () => {
    const clients = new Clients({ rate: 10, burst: 2, concurrency: null });
    expect([0, 0, 0].map((now) => signal(clients, A, now))).toEqual(['admitted', 'admitted', 'rate 1']);
    expect([90_000, 90_000, 90_000].map((now) => signal(clients, A, now))).toEqual(['admitted', 'admitted', 'rate 1']);
  });

  test('less than one a second says how long to wait', () => {
    const clients = new Clients({ rate: 0.1, burst: 1, concurrency: null });
    expect([0, 0, 9_000, 10_000].map((now) => signal(clients, A, now))).toEqual([
      'admitted',
      'rate 10',
      'rate 1',
      'admitted',
    ]);
  });
});

test('requests in flight are bounded, and a release counts once', () => {
  const clients = new Clients({ rate: null, burst: null, concurrency: 2 });
  const first = clients.admit(A, 0);
  expect([signal(clients, A, 0), signal(clients, A, 0), signal(clients, B, 0)]).toEqual([
    'admitted',
    'concurrency 1',
    'admitted',
  ]);
  if ('release' in first) {
    first.release();
    first.release();
  }
  expect([signal(clients, A, 0), signal(clients, A, 0)]).toEqual(['admitted', 'concurrency 1']);
  clients.limits = { rate: null, burst: null, concurrency: 3 };
  expect([signal(clients, A, 0), signal(clients, A, 0)]).toEqual(['admitted', 'concurrency 1']);
});

test('no more clients are remembered than the limit says, the silent ones are forgotten', () => {
  const clients = new Clients({ rate: 0.001, burst: 1, concurrency: null });
  signal(clients, 'first', 0);
  for (let i = 0; i < MAX_CLIENTS; i += 1) clients.admit(`10.0.${i >> 8}.${i & 255}`, 0);
  expect(clients.size).toBe(MAX_CLIENTS);
  expect(signal(clients, '10.0.255.255', 0)).toMatch(/^rate/);
  expect(signal(clients, 'first', 0)).toBe('admitted');
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::9', '2001:db8:1:2'],
  ['2001:0db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['1::2:3:4:5:6:7', '1:0:2:3'],
  ['1:2:3::', '1:2:3:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['unknown', 'unknown'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

describe('the client behind trusted proxies', () => {
  const proxies = new TrustedProxies(['10.0.0.0/8', '192.0.2.9', 'fd00::/8']);
  const clientOf = (peer: string, forwarded?: string): string =>
    proxies.clientOf({
      socket: { remoteAddress: peer, remotePort: 1 },
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    }).address;

  test.each([
    ['198.51.100.1', '203.0.113.5', '198.51.100.1'],
    ['10.1.2.3', '203.0.113.5', '203.0.113.5'],
    ['::ffff:10.1.2.3', '203.0.113.5', '203.0.113.5'],
    ['10.1.2.3', 'forged, 203.0.113.5, 10.9.9.9', '203.0.113.5'],
    ['10.1.2.3', '203.0.113.5, ::ffff:10.9.9.9,192.0.2.9', '203.0.113.5'],
    ['fd00::1', '2001:db8::5', '2001:db8::5'],
    ['10.1.2.3', '203.0.113.5, nonsense', '10.1.2.3'],
    ['10.1.2.3', '10.4.5.6', '10.1.2.3'],
    ['10.1.2.3', undefined, '10.1.2.3'],
  ])('%s with %s is %s', (peer, forwarded, client) => {
    expect(clientOf(peer, forwarded)).toBe(client);
  });

  test.each([
    ['203.0.113.5, 198.51.100.7', '198.51.100.7'],
    ['203.0.113.5, 10.9.9.9', '203.0.113.5'],
    ['203.0.113.5, nonsense', '192.0.2.77'],
    [undefined, '192.0.2.77'],
  ])('behind Envoy, which is believed wherever it is, %s is %s', (forwarded, client) => {
    expect(proxies.clientBehind({ address: '192.0.2.77', port: 1 }, forwarded).address).toBe(client);
  });
});
