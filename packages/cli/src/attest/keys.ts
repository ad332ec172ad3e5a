import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { rmSync } from 'node:fs';
import { UsageError } from '@artifact-sentinel/core/internal';
import { pathOf } from '@artifact-sentinel/core/node/internal';
import { readBytes } from '../retest/read-json.js';
import { writeNewFile } from '../write-file.js';
import { LARGEST_KEY } from '../limits.js';

export interface PrivateKey {
  readonly key: KeyObject;
  readonly id: string;
}
export interface PublicKey {
  readonly key: KeyObject;
  readonly id: string;
}

/** Hex SHA-256 of the public key as DER (SubjectPublicKeyInfo): what others compute over the same file. */
function keyId(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** A key of any kind. `kind`: what is expected, in messages. */
export function readPem(file: string, label: string, read: (pem: string) => KeyObject, kind = 'a'): KeyObject {
  const expected = `${file}: ${kind} key as PEM ("-----BEGIN ${label}-----") was expected`;
  const text = readBytes(file, 'key', LARGEST_KEY).toString('latin1');
  // Text may precede the block: openssl writes what the key is.
  const end = `-----END ${label}-----`;
  const [start, stop] = [text.indexOf(`-----BEGIN ${label}-----`), text.indexOf(end)];
  if (start < 0 || stop < start) throw new UsageError(expected);
  try {
    return read(text.slice(start, stop + end.length));
  } catch (error) {
    // What OpenSSL says of a broken key, with its code.
    if (error instanceof Error && 'code' in error) throw new UsageError(expected);
    throw error;
  }
}

/** Our own records are signed with Ed25519. */
function parse(file: string, label: string, read: (pem: string) => KeyObject): KeyObject {
  const key = readPem(file, label, read, 'an Ed25519');
  if (key.asymmetricKeyType !== 'ed25519')
    throw new UsageError(
      `${file}: an Ed25519 key as PEM ("-----BEGIN ${label}-----") was expected, not ${key.asymmetricKeyType ?? 'another'}`,
    );
  return key;
}

/** A PKCS#8 file (RFC 5958), not encrypted. */
export function readPrivateKey(file: string): PrivateKey {
  const key = parse(file, 'PRIVATE KEY', (pem) => createPrivateKey(pem));
  return { key, id: keyId(createPublicKey(key)) };
}

/** A SubjectPublicKeyInfo file (RFC 8410). */
export function readPublicKey(file: string): PublicKey {
  const key = parse(file, 'PUBLIC KEY', (pem) => createPublicKey(pem));
  return { key, id: keyId(key) };
}

export interface KeyFiles {
  readonly privateFile: string;
  readonly publicFile: string;
  readonly id: string;
}

/** Writes NAME.pem, for its owner only, and NAME.pub.pem. Neither may be there. */
export async function writeKeyPair(name: string): Promise<KeyFiles> {
  const privateFile = `${name}.pem`;
  const publicFile = `${name}.pub.pem`;
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  // The public one first: without the other it is worth nothing, and is taken away again.
  await writeNew(publicFile, publicKey.export({ type: 'spki', format: 'pem' }).toString(), 0o666);
  try {
    await writeNew(privateFile, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600);
  } catch (error) {
    rmSync(pathOf(publicFile), { force: true });
    throw error;
  }
  return { privateFile, publicFile, id: keyId(publicKey) };
}

async function writeNew(file: string, pem: string, mode: number): Promise<void> {
  if ((await writeNewFile(file, pem, mode)) === 'exists')
    throw new UsageError(`${file} exists; a key is never replaced`);
}
