import type { ByteSource } from '../../bytes/source.js';
import { byMarks, startsWith, type FormatModule } from '../members/format.js';

const MARK = [0x89, 0x48, 0x44, 0x46];
const SIGNATURE = [...MARK, 0x0d, 0x0a, 0x1a, 0x0a];

/** Where a file may begin behind a block of the user's: this, and every double of it. */
const FIRST_BLOCK = 512;
/** Blocks that are looked behind whatever the name: MATLAB writes the first one. */
const USUAL_BLOCK = 2048;

/** The HDF5 specification, III.A: the superblock lies at 0, 512, 1024, 2048, … */
async function hasUserBlock(source: ByteSource, isPromised: boolean): Promise<boolean> {
  if (source.size < FIRST_BLOCK + SIGNATURE.length) return false;
  const first = await source.read(FIRST_BLOCK, USUAL_BLOCK + SIGNATURE.length - FIRST_BLOCK);
  let at = FIRST_BLOCK;
  for (; at <= USUAL_BLOCK; at *= 2) if (startsWith(first.subarray(at - FIRST_BLOCK), SIGNATURE)) return true;
  // Nobody knows the end of what is still being decoded.
  if (!isPromised || !Number.isFinite(source.size)) return false;
  const starts: number[] = [];
  for (; at + SIGNATURE.length <= source.size; at *= 2) starts.push(at);
  await source.prefetch?.(starts.map((start) => ({ start, end: start + SIGNATURE.length })));
  for (const start of starts) if (startsWith(await source.read(start, SIGNATURE.length), SIGNATURE)) return true;
  return false;
}

export const hdf5: FormatModule = {
  title: 'HDF5',
  ...byMarks([MARK]),
  recogniseBehind: hasUserBlock,
  promises: [['h5 hdf5', 'an HDF5 file']],
  opaque:
    'HDF5 itself runs nothing. Keras rebuilds layers from the settings in it, Lambda layers with their byte code among them; PyTables and pandas.read_hdf unpickle attributes and arrays of objects in it. It is not analysed.',
};
