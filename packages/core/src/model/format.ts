/** What bytes are, by what they begin with. Each has a module in `formats/`. The name of a file decides none of it. */
export type Format =
  | 'empty'
  | 'git-lfs-pointer'
  | 'pickle'
  | 'zip'
  | 'npy'
  | 'gzip'
  | 'xz'
  | 'lzip'
  | 'lz4'
  | 'zstd'
  | '7z'
  | 'bzip2'
  | 'zfile'
  | 'tar'
  | 'zlib'
  | 'lzma'
  | 'executorch'
  | 'safetensors'
  | 'hdf5'
  | 'gguf'
  | 'onnx'
  | 'tflite'
  | 'png'
  | 'jpeg'
  | 'gif'
  | 'bmp'
  | 'webp'
  | 'tiff'
  | 'pdf'
  | 'elf'
  | 'idl-save'
  | 'spss'
  | 'maybe-pickle'; // nothing else explains the bytes: found out by trial

/** Recognised by a mark. */
export type KnownFormat = Exclude<Format, 'maybe-pickle'>;

/** What an artifact turned out to be: by its bytes, or by what is in them. */
export type FoundFormat =
  | KnownFormat
  | 'joblib'
  | 'torch-zip'
  | 'torch-legacy'
  | 'torch-export'
  | 'torch-joined'
  | 'torchscript'
  | 'keras'
  | 'npz'
  | 'python'
  | 'notebook'
  | 'unknown' // incomplete, or an archive problem in bytes of no format
  | 'repository'; // no artifact by itself: what it says of its repository is a finding

/** What the end of a name promises. */
export interface NamePromise {
  readonly format: Format;
  /** For messages: `a numpy array`. */
  readonly words: string;
}

/** Bytes that are enough to recognise each format: a tar header. */
export const HEAD_BYTES = 512;
