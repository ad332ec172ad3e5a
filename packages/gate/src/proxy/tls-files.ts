import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { UsageError } from '@artifact-sentinel/core/internal';
import type { ClientTls, GateConfig } from '../config/gate-config.js';

/** A file in PEM, whose name is the user's; `key` says where it is named. */
export function readTlsFile(path: string, key: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new UsageError(`${key}: ${path} cannot be read (${String(error.code)})`);
  }
}

export interface TlsFiles {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly ca?: Buffer;
}

/** The files of TLS towards clients, once OpenSSL has taken them. */
export function readClientTls({ cert, key, clientCa }: ClientTls): TlsFiles {
  const files: TlsFiles = {
    cert: readTlsFile(cert, 'tls.cert'),
    key: readTlsFile(key, 'tls.key'),
    ...(clientCa === null ? {} : { ca: readTlsFile(clientCa, 'tls.client_ca') }),
  };
  try {
    createSecureContext({ ...files, minVersion: 'TLSv1.2' });
  } catch (error) {
    // OpenSSL's word on files that do not fit together, or are no PEM.
    if (!(error instanceof Error)) throw error;
    throw new UsageError(`tls: ${cert} and ${key} are no certificate with its key (${error.message})`);
  }
  return files;
}

/** All files that a configuration names for TLS. */
export function tlsFilesOf({ tls, upstream }: GateConfig): string[] {
  const { ca, cert, key } = upstream.tls;
  return [tls?.cert, tls?.key, tls?.clientCa, ca, cert, key].filter((path) => typeof path === 'string');
}
