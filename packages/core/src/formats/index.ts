import type { Format } from '../model/format.js';
import { tar, zip } from './archives/module.js';
import { bzip2, gzip, lz4, lzip, lzma, xz, zfile, zlib, zstd } from './compressed/module.js';
import { empty } from './data/empty.js';
import { executorch } from './executorch/module.js';
import type { FormatModule } from './members/format.js';
import { gitLfsPointer } from './data/git-lfs-pointer.js';
import { gguf } from './gguf/module.js';
import { npy } from './npy/module.js';
import { hdf5 } from './data/hdf5.js';
import { bmp, gif, jpeg, png, tiff, webp } from './data/images.js';
import { onnx } from './data/onnx.js';
import { elf, idlSave, pdf, safetensors, spss, tflite } from './data/opaque.js';
import { maybePickle, pickle } from './pickle-file/module.js';
import { sevenZip } from './seven-zip/module.js';
import { FormatTable } from './members/table.js';

/** Every format, in the order in which bytes are held against them: strong marks first, `maybe-pickle` last. */
export const FORMATS: Readonly<Record<Format, FormatModule>> = {
  empty,
  // Before pickle: the length of its header may begin as PROTO does. What is both is looked at as both.
  safetensors,
  pickle,
  zip,
  npy,
  gzip,
  xz,
  lzip,
  lz4,
  zstd,
  '7z': sevenZip,
  bzip2,
  zfile,
  tar,
  'git-lfs-pointer': gitLfsPointer,
  zlib,
  lzma,
  executorch,
  hdf5,
  gguf,
  onnx,
  tflite,
  png,
  jpeg,
  gif,
  bmp,
  webp,
  tiff,
  pdf,
  elf,
  'idl-save': idlSave,
  spss,
  'maybe-pickle': maybePickle,
};

export const formats = new FormatTable(FORMATS);
