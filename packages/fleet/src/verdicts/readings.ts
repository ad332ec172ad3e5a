import { createHash } from 'node:crypto';

/*
 * What the name of a file promises, on which its analysis depends. Files of one reading and the same bytes have the same facts.
 *
 * The core asks names for their last ending (promised formats, text, native code, roles in repositories), for whole names of
 * configurations, labels and parts of checkpoints, and for what is left once endings of compression are taken off. So of names with
 * an ending that stands for itself the beginning does not matter; of all others the whole name counts.
 */

/** Endings before which any name means the same. */
const ENDINGS: ReadonlySet<string> = new Set(
  (
    'pkl pickle joblib dill cloudpickle sav p pt pth ckpt bin model torchscript ptl npy npz safetensors gguf ggml h5 hdf5 keras ' +
    'onnx msgpack pte pt2 nemo skops zip tar 7z parquet arrow png jpg jpeg gif wav mp3 pdf tflite mlmodelc pb'
  ).split(' '),
);
/** Endings of compression: what is inside is named by the rest. */
const PACKED: ReadonlySet<string> = new Set(['gz', 'bz2', 'xz', 'lzma', 'lz4', 'zst']);
/** Beginnings that say nothing: other ones, such as those with a backslash, are left as they are. */
const PLAIN = /^[\p{L}\p{N}_][\p{L}\p{N}_ .=+@()-]{0,200}$/u;
/** Sources, whose facts depend on the files around them in a repository. */
const SOURCE = /\.(?:pyw?|ipynb)$/i;

/** The last part of a path with slashes. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function isSourceName(path: string): boolean {
  return SOURCE.test(path);
}

/** `*.pkl` for models/a.pkl, `*.pkl.gz`, `config.json`. */
export function readingOf(path: string): string {
  const base = baseName(path);
  const parts = base.split('.');
  if (!PLAIN.test(base) || parts.length < 2) return base;
  const last = parts.pop()?.toLowerCase() ?? '';
  if (ENDINGS.has(last)) return `*.${last}`;
  const inner = parts.pop()?.toLowerCase() ?? '';
  return PACKED.has(last) && parts.length > 0 && ENDINGS.has(inner) ? `*.${inner}.${last}` : base;
}

/** Of a source in a repository: its name, and the digest of where it lies and of all that lies around it. */
export function sourceReading(path: string, tree: string): string {
  return `${baseName(path)}@${createHash('sha256')
    .update(JSON.stringify([path, tree]))
    .digest('hex')
    .slice(0, 32)}`;
}

/** The name that a reading stands for, without what lies around it. */
export function nameOfReading(reading: string): string {
  return /^(.*)@[0-9a-f]{32}$/s.exec(reading)?.[1] ?? reading;
}

/** What stands in facts for the beginning of a name and for its folder. No bytes know their own hash. */
function token(sha256: string): string {
  return `sha256-${sha256}`;
}

/** The path under which bytes are analysed: its occurrences in the facts are those of the real one. */
export function canonicalPath(sha256: string, reading: string): string {
  const name = nameOfReading(reading);
  return `${token(sha256)}/${name.startsWith('*.') ? token(sha256) + name.slice(1) : name}`;
}

/** Facts as JSON, with the path under which they are to be shown. */
export function shownUnder(json: string, sha256: string, reading: string, path: string): string {
  const name = nameOfReading(reading);
  if (name !== reading) return shownInTree(json, sha256, path);
  const whole = escaped(canonicalPath(sha256, reading));
  const shown = json.replaceAll(whole, () => escaped(path));
  if (!name.startsWith('*.')) return shown;
  // Where only the name was written.
  const base = baseName(path);
  const beginning = base.slice(0, Math.max(0, base.length - name.length + 1));
  return shown.replaceAll(token(sha256), () => escaped(beginning));
}

/** Where a source lies in its repository; its facts name others of it, below the same beginning. */
export function treePath(sha256: string, own: string): string {
  return `${token(sha256)}/${own}`;
}

const FIRST_PATH = /^\{"path":("(?:[^"\\]|\\.)*")/;

function shownInTree(json: string, sha256: string, path: string): string {
  const first = FIRST_PATH.exec(json)?.[1] ?? '""';
  const own = (JSON.parse(first) as string).slice(token(sha256).length);
  // Without a path in a repository its own name stands for all of it.
  const root = path.endsWith(own) ? path.slice(0, path.length - own.length) : token(sha256);
  return json.replaceAll(token(sha256), () => escaped(root));
}

/** As it stands within a string of JSON. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
