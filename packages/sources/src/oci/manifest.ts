import { MAX_TITLE } from '../model/limits.js';
import { isRecord } from '../model/record.js';
import { isDigest } from './address.js';

/** What a manifest says of a blob or of another manifest. Nothing has checked it. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  /** The name that clients write it under; null where it has none. */
  readonly title: string | null;
  /** Bytes that some clients take for the blob; null where it has none. */
  readonly data: string | null;
}

export interface BadDescriptor {
  readonly reason: string;
}

export type Manifest =
  | { readonly kind: 'index'; readonly manifests: readonly (Descriptor | BadDescriptor)[] }
  | { readonly kind: 'manifest'; readonly blobs: readonly (Descriptor | BadDescriptor)[] };

export const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.artifact.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** Names of files, by the annotations of OCI and of ModelPack in its two spellings. */
const TITLES = ['org.opencontainers.image.title', 'org.cncf.model.filepath', 'org.cnai.model.filepath'];

/**
 * A manifest by its members, whatever its media type says. One that is a manifest and an index as well is refused: clients
 * would differ on what it is (CVE-2021-41190).
 */
export function readManifest(value: unknown): Manifest | string {
  if (!isRecord(value)) return 'it is no manifest';
  const { manifests, layers, blobs, config } = value;
  const hasBlobs = layers !== undefined || blobs !== undefined || config !== undefined;
  if (manifests !== undefined && hasBlobs) return 'it is an index and a manifest at the same time';
  if (Array.isArray(manifests)) return { kind: 'index', manifests: manifests.map(readDescriptor) };
  if (manifests !== undefined || !hasBlobs) return 'it has neither layers nor manifests (schema version 1 is not read)';
  const lists = [layers, blobs].filter((list) => list !== undefined);
  if (!lists.every(Array.isArray)) return 'its layers are no list';
  const all = lists.flatMap((list: unknown) => (Array.isArray(list) ? (list as unknown[]) : []));
  return { kind: 'manifest', blobs: [...(config === undefined ? [] : [config]), ...all].map(readDescriptor) };
}

export function isBad(descriptor: Descriptor | BadDescriptor): descriptor is BadDescriptor {
  return 'reason' in descriptor;
}

function readDescriptor(value: unknown): Descriptor | BadDescriptor {
  if (!isRecord(value)) return { reason: 'a descriptor that is none' };
  const { mediaType, digest, size, annotations, data } = value;
  if (typeof digest !== 'string' || !isDigest(digest)) return { reason: 'a descriptor without a digest that is known' };
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
    return { reason: `${digest}: a descriptor without a size` };
  const title = isRecord(annotations) ? TITLES.map((name) => annotations[name]).find(isTitle) : undefined;
  return {
    mediaType: typeof mediaType === 'string' ? mediaType : '',
    digest,
    size,
    title: title ?? null,
    data: typeof data === 'string' ? data : null,
  };
}

function isTitle(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_TITLE;
}

/** How a blob without a title is called: by its digest, and by what its media type calls it. */
export function untitled({ digest, mediaType }: Descriptor): string {
  const ending = ENDINGS.find(([words]) => mediaType.includes(words))?.[1] ?? '';
  return `${digest.replace(':', '-')}${ending}`;
}

const ENDINGS: readonly (readonly [string, string])[] = [
  ['gguf', '.gguf'],
  ['safetensors', '.safetensors'],
  ['tar+gzip', '.tar.gz'],
  ['tar.gzip', '.tar.gz'],
  ['tar+zstd', '.tar.zst'],
  ['tar', '.tar'],
  ['json', '.json'],
];
