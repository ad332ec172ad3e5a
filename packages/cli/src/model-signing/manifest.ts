import { MOST_IGNORED, MOST_RESOURCES } from '../limits.js';
import { createHash } from 'node:crypto';
import { readPayload } from '../attest/check-statement.js';
import { Refusal, Unsupported } from '../attest/dsse.js';
import { STATEMENT_TYPE } from '../attest/statement.js';
import { Shape } from '../retest/json-shape.js';

const PREDICATE = 'https://model_signing/signature/v1.0';
/** Version 0.2 of the reference implementation, which signed bytes that are no DSSE. */
const EARLIEST_PREDICATE = 'https://model_signing/Digests/v0.1';

/** Digests of the specification that Node has, and how long they are. */
const HASHES = {
  sha256: { name: 'sha256', bytes: 32 },
  blake2b: { name: 'blake2b512', bytes: 64 },
} as const;
type HashName = keyof typeof HASHES;

/** A file of a model, or a part of one: `[start, end)`. */
export interface Resource {
  readonly start: number;
  /** Null for the whole file. */
  readonly end: number | null;
  readonly digest: string;
}

/** What was signed: every file of a model with its digests. */
export interface Manifest {
  readonly model: string;
  /** As node:crypto calls it. */
  readonly hash: string;
  /** Bytes of a part; null where files are hashed whole. */
  readonly shardSize: number | null;
  readonly followsLinks: boolean;
  /** Paths that the signer left out. */
  readonly ignored: readonly string[];
  /** By path from the root of the model, parts in their order. */
  readonly files: ReadonlyMap<string, readonly Resource[]>;
}

/** A model that is one file may be signed under this name: older versions did so. */
export const SINGLE_FILE = '.';

function checkName(name: string): string {
  const isPlain = name.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !part.includes('\0'));
  if (!isPlain && name !== SINGLE_FILE)
    throw new Refusal(`a signed name is no path below the model: ${JSON.stringify(name)}`);
  return name;
}

/** `path:start:end`; the path may hold colons as well. */
const SHARD = /^(.+):(0|[1-9]\d{0,15}):([1-9]\d{0,15})$/s;

function resourceOf(item: Shape, hash: HashName, shardSize: number | null): { name: string; resource: Resource } {
  const given = item.key('name').text();
  const algorithm = item.key('algorithm').text();
  // The reference implementation writes the size of the parts into the name.
  const isSame = algorithm === hash || (shardSize !== null && algorithm === `${hash}-sharded-${shardSize}`);
  if (!isSame) throw new Refusal(`${given} is hashed otherwise than the rest`);
  const digest = item.key('digest').text();
  if (digest.length !== HASHES[hash].bytes * 2 || !/^[0-9a-f]+$/.test(digest))
    throw new Refusal(`${given} has no ${hash} as its digest`);
  if (shardSize === null) return { name: checkName(given), resource: { start: 0, end: null, digest } };
  const [, path = '', from, to] = SHARD.exec(given) ?? [];
  const [start, end] = [Number(from), Number(to)];
  if (path === '' || !(end > start) || end - start > shardSize || start % shardSize !== 0)
    throw new Refusal(`${JSON.stringify(given)} is no part of a file`);
  return { name: checkName(path), resource: { start, end, digest } };
}

/** Parts follow one another from the first byte. Each begins at a multiple of their size, so that only the last may be short. */
function checkParts(name: string, parts: readonly Resource[]): void {
  let at = 0;
  for (const { start, end } of parts) {
    if (start !== at) throw new Refusal(`the parts of ${name} leave bytes out, or cover them twice`);
    at = end ?? at;
  }
}

function filesOf(list: readonly Shape[], hash: HashName, shardSize: number | null): Map<string, Resource[]> {
  const files = new Map<string, Resource[]>();
  for (const item of list) {
    const { name, resource } = resourceOf(item, hash, shardSize);
    const known = files.get(name);
    if (known === undefined) files.set(name, [resource]);
    else if (shardSize === null) throw new Refusal(`${name} is signed twice`);
    else known.push(resource);
  }
  if (files.size === 0) throw new Refusal('it signs no file');
  if (shardSize !== null)
    for (const [name, parts] of files) {
      parts.sort((a, b) => a.start - b.start);
      checkParts(name, parts);
    }
  return files;
}

/** SHA-256 over the digests in their order: the name that other documents call the model by. */
function rootDigest(list: readonly Shape[]): string {
  const hash = createHash('sha256');
  for (const item of list) hash.update(Buffer.from(item.key('digest').text(), 'hex'));
  return hash.digest('hex');
}

function hashOf(serialization: Shape): HashName {
  const name = serialization.key('hash_type').text();
  if (Object.hasOwn(HASHES, name)) return name as HashName;
  throw new Unsupported(
    `the files are hashed with ${JSON.stringify(name)}, which is not checked here; known are ${Object.keys(HASHES).join(', ')}`,
  );
}

const EARLIEST = 'version 0.2 of model_signing made it, whose format is not checked here; sign the model again';

/** A payload whose signature does not fit may be one whose signed bytes were no DSSE: that has words of its own. */
export function refuseEarliest(payload: Uint8Array): void {
  if (Buffer.from(payload).includes(`"${EARLIEST_PREDICATE}"`)) throw new Unsupported(EARLIEST);
}

function manifestOf(value: unknown): Manifest {
  const root = new Shape(value, 'the statement');
  root.key('_type').oneOf([STATEMENT_TYPE]);
  const type = root.key('predicateType').text();
  if (type === EARLIEST_PREDICATE) throw new Unsupported(EARLIEST);
  if (type !== PREDICATE) throw new Refusal(`the predicate type is ${JSON.stringify(type)}, not ${PREDICATE}`);
  const subjects = root.key('subject').list(MOST_RESOURCES);
  const [subject] = subjects;
  if (subject === undefined || subjects.length > 1) throw new Refusal('it has to be about one model');
  const predicate = root.key('predicate');
  const serialization = predicate.key('serialization');
  const hash = hashOf(serialization);
  const method = serialization.key('method').oneOf(['files', 'shards']);
  const shardSize = method === 'shards' ? serialization.key('shard_size').number(1, Number.MAX_SAFE_INTEGER) : null;
  const resources = predicate.key('resources').list(MOST_RESOURCES);
  const files = filesOf(resources, hash, shardSize);
  if (rootDigest(resources) !== subject.key('digest').key('sha256').text())
    throw new Refusal('the digest of the model is not that of its files');
  const { predicate: plain } = value as { predicate: { serialization: Record<string, unknown> } };
  return {
    model: subject.key('name').text(),
    hash: HASHES[hash].name,
    shardSize,
    followsLinks: serialization.key('allow_symlinks').bool(),
    ignored:
      plain.serialization['ignore_paths'] === undefined
        ? []
        : serialization
            .key('ignore_paths')
            .list(MOST_IGNORED)
            .map((item) => item.text()),
    files,
  };
}

/** The manifest in a payload whose signature fits. */
export function readManifest(payload: Uint8Array): Manifest {
  return readPayload(payload, manifestOf);
}
