import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

const KEY_BYTES = 32;
/** Of AES-GCM (NIST SP 800-38D): a random one for each text, and the whole tag. */
const IV_BYTES = 12;
const TAG_BYTES = 16;
const SEALED = /^v1\.([0-9a-f]{16})\.([\w-]+)$/;

/** A key that is none, or another one than a text was encrypted with. */
export class SecretKeyError extends Error {
  override readonly name = 'SecretKeyError';
  /** Of those who start the service. */
  readonly code = 'secret-key';
}

/** Encrypts secrets that have to be read again, with a key that is not in the database: AES-256-GCM. */
export class SecretBox {
  readonly #key: Buffer;
  /** Which key it is; nothing of the key can be learned from it. */
  readonly #id: string;

  /** `key`: 32 bytes. */
  constructor(key: Buffer) {
    if (key.length !== KEY_BYTES) throw new SecretKeyError(`the key for secrets has ${KEY_BYTES} bytes`);
    this.#key = key;
    this.#id = createHash('sha256').update('sentinel-secret-key').update(key).digest('hex').slice(0, 16);
  }

  /** `of`: what the secret belongs to, such as `webhook:<id>`: in another row it cannot be read. */
  seal(secret: string, of: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(of));
    const bytes = Buffer.concat([iv, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `v1.${this.#id}.${bytes.toString('base64url')}`;
  }

  /** Throws a SecretKeyError for a text of another key, of another row, or that was changed. */
  open(sealed: string, of: string): string {
    const match = SEALED.exec(sealed);
    if (match === null) throw new SecretKeyError('a secret in the database is not encrypted as it should be');
    if (match[1] !== this.#id)
      throw new SecretKeyError(
        'the secrets of webhooks were encrypted with another key: set SENTINEL_SECRET_KEY to it',
      );
    const bytes = Buffer.from(match[2] ?? '', 'base64url');
    const [iv, tag] = [bytes.subarray(0, IV_BYTES), bytes.subarray(-TAG_BYTES)];
    if (bytes.length < IV_BYTES + TAG_BYTES) throw changed();
    const decipher = createDecipheriv('aes-256-gcm', this.#key, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(of));
    decipher.setAuthTag(tag);
    try {
      return decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      throw changed();
    }
  }
}

function changed(): SecretKeyError {
  return new SecretKeyError('a secret in the database was changed, or belongs to something else');
}

/** The key that is set (Base64 of 32 bytes), or that of a file, which is made for its owner only where there is none. */
export async function secretBox(set: string | undefined, path: string): Promise<SecretBox> {
  if (set !== undefined) return new SecretBox(keyOf(set, 'SENTINEL_SECRET_KEY'));
  // Of two that start at once one makes it, and both read it.
  await writeFile(path, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { flag: 'wx', mode: 0o600 }).catch(
    (error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    },
  );
  return new SecretBox(keyOf(await readFile(path, 'utf8'), path));
}

function keyOf(text: string, where: string): Buffer {
  const trimmed = text.trim();
  if (!/^[A-Za-z0-9+/]{43}=$/.test(trimmed))
    throw new SecretKeyError(`${where}: a key for secrets is ${KEY_BYTES} random bytes in Base64`);
  return Buffer.from(trimmed, 'base64');
}
