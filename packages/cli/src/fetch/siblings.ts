/** Endings of weights that are pickles. */
const PICKLED = /\.(?:bin|pt|pth|ckpt)$/i;
const SAFETENSORS = /\.safetensors$/i;
/** `-00001-of-00002` */
const SHARD = /-\d{1,6}-of-\d{1,6}$/;

interface Sibling {
  readonly path: string;
  readonly reason: string;
}

/**
 * Weights that lie as safetensors beside a pickle of the same stem: what loads one of them needs no other. The shards of a
 * model have one stem, and `pytorch_model.bin` is what transformers calls `model.safetensors` in its older format.
 */
export function pickledSiblings(paths: readonly string[]): Sibling[] {
  const safe = new Map<string, string>();
  for (const path of paths) {
    const stem = stemOf(path, SAFETENSORS);
    if (stem !== null && !safe.has(stem)) safe.set(stem, path);
  }
  return paths.flatMap((path) => {
    // An index names shards that are not there then.
    const stem = stemOf(path.replace(/\.index\.json$/i, ''), PICKLED);
    const sibling = stem === null ? undefined : safe.get(stem);
    return sibling === undefined ? [] : [{ path, reason: `${sibling} is beside it` }];
  });
}

/** Folder and stem; null for another ending. */
function stemOf(path: string, ending: RegExp): string | null {
  if (!ending.test(path)) return null;
  const slash = path.lastIndexOf('/') + 1;
  const stem = path.slice(slash).replace(ending, '').replace(SHARD, '');
  return `${path.slice(0, slash)}${stem === 'pytorch_model' ? 'model' : stem}`;
}
