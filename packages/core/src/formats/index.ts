import type { Format } from '../model/format.js';
import { bzip2, gzip, lz4, lzma, xz, zfile, zlib, zstd } from './compressed.js';
import { empty } from './empty.js';
import { executorch } from './executorch.js';
import type { FormatModule } from './format.js';
import { gitLfsPointer } from './git-lfs-pointer.js';
import { npy } from './npy.js';
import { elf, gguf, hdf5, idlSave, jpeg, onnx, pdf, png, safetensors, spss } from './opaque.js';
import { maybePickle, pickle } from './pickle.js';
import { sevenZip } from './seven-zip.js';
import { FormatTable } from './table.js';
import { tar } from './tar.js';
import { zip } from './zip.js';

/** Every format, in the order in which bytes are held against them: strong marks first, `maybe-pickle` last. */
export const FORMATS: Readonly<Record<Format, FormatModule>> = {
  empty,
  pickle,
  zip,
  npy,
  gzip,
  xz,
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
  safetensors,
  hdf5,
  gguf,
  onnx,
  png,
  jpeg,
  pdf,
  elf,
  'idl-save': idlSave,
  spss,
  'maybe-pickle': maybePickle,
};

export const formats = new FormatTable(FORMATS);
