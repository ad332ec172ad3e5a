import { fileURLToPath } from 'node:url';
import { UsageError } from '@artifact-sentinel/core/internal';
import { expect, test } from 'vitest';
import type { ClientTls, GateConfig } from '../config/gate-config.ts';
import { readClientTls, readTlsFile, tlsFilesOf } from './tls-files.ts';

const file = (name: string): string => fileURLToPath(new URL(`../../test/certificates/${name}`, import.meta.url));
const TLS: ClientTls = {
  cert: file('server.pem'),
  key: file('server.key'),
  clientCa: null,
  clientCert: 'require',
};

test('files that fit together are read, with the authorities where there are some', () => {
  const files = readClientTls(TLS);
  expect([files.cert, files.key].map((bytes) => bytes.toString().startsWith('-----BEGIN'))).toEqual([true, true]);
  expect('ca' in files).toBe(false);
  expect(readClientTls({ ...TLS, clientCa: file('ca.pem') }).ca).toEqual(readTlsFile(file('ca.pem'), 'x'));
});

test.each<[Partial<ClientTls>, string]>([
  [{ cert: '/nowhere' }, 'tls.cert: /nowhere cannot be read (ENOENT)'],
  [{ key: '/nowhere' }, 'tls.key: /nowhere cannot be read (ENOENT)'],
  [{ clientCa: '/nowhere' }, 'tls.client_ca: /nowhere cannot be read (ENOENT)'],
  [{ key: file('client.key') }, 'are no certificate with its key'],
  [{ cert: file('generate.sh') }, 'are no certificate with its key'],
])('%j is refused', (more, words) => {
  expect(() => readClientTls({ ...TLS, ...more })).toThrow(UsageError);
  expect(() => readClientTls({ ...TLS, ...more })).toThrow(words);
});

test('all files of a configuration are named', () => {
  const files = (tls: ClientTls | null, upstream: Record<string, string | null>): string[] =>
    tlsFilesOf({ tls, upstream: { tls: upstream } } as unknown as GateConfig);
  expect(files(null, { ca: null, cert: null, key: null })).toEqual([]);
  expect(files({ ...TLS, clientCa: 'c' }, { ca: 'd', cert: null, key: 'e' })).toEqual([
    TLS.cert,
    TLS.key,
    'c',
    'd',
    'e',
  ]);
});
