import { u32 } from '../../bytes/read.js';
import { byMarks, type FormatModule } from '../members/format.js';

/** Formats that are known and not analysed, with what their readers run. */

const NOTHING_KNOWN = 'Its readers run nothing of it that we know of. It is not analysed.';

export const safetensors: FormatModule = {
  title: 'safetensors',
  firstBytes: null,
  /** An 8-byte length, then a JSON object. */
  recognise: (head) =>
    head.length > 9 &&
    u32(head, 4) === 0 &&
    u32(head, 0) > 1 &&
    head[8] === 0x7b &&
    (head[9] === 0x22 || head[9] === 0x7d),
  promises: [],
  opaque: 'A list of tensors and their bytes: its readers run nothing of it. It is not analysed.',
};

export const hdf5: FormatModule = {
  title: 'HDF5',
  ...byMarks([[0x89, 0x48, 0x44, 0x46]]),
  promises: [],
  opaque:
    'HDF5 itself runs nothing. Keras rebuilds layers from the settings in it, Lambda layers with their byte code among them; PyTables and pandas.read_hdf unpickle attributes and arrays of objects in it. It is not analysed.',
};

/** Letters of a producer in `ModelProto`. */
const isPrintable = (byte: number): boolean => byte >= 0x20 && byte < 0x7f;

export const onnx: FormatModule = {
  title: 'ONNX',
  firstBytes: [0x08],
  /** ModelProto: ir_version (field 1), then producer_name (field 2) as text. No pickle begins with byte 8. */
  recognise: (head) => {
    const length = head[3] ?? 0;
    return (
      (head[1] ?? 0) > 0 &&
      (head[1] ?? 0) < 32 &&
      head[2] === 0x12 &&
      length > 0 &&
      length < 64 &&
      head.length >= 4 + length &&
      head.subarray(4, 4 + length).every(isPrintable)
    );
  },
  promises: [],
  opaque: 'A graph of operators. Custom operators in it come from libraries of their own. It is not analysed.',
};

export const png: FormatModule = {
  title: 'PNG image',
  ...byMarks([[0x89, 0x50, 0x4e, 0x47]]),
  promises: [],
  opaque: NOTHING_KNOWN,
};

export const jpeg: FormatModule = {
  title: 'JPEG image',
  ...byMarks([[0xff, 0xd8, 0xff]]),
  promises: [],
  opaque: NOTHING_KNOWN,
};

export const pdf: FormatModule = {
  title: 'PDF document',
  ...byMarks([[0x25, 0x50, 0x44, 0x46]]),
  promises: [],
  opaque: 'No model is loaded from it. It is not analysed.',
};

export const elf: FormatModule = {
  title: 'ELF program or library',
  ...byMarks([[0x7f, 0x45, 0x4c, 0x46]]),
  promises: [],
  opaque:
    'Machine code, which runs when it is loaded as such. In archives of PyTorch it is a finding. It is not analysed.',
};

export const idlSave: FormatModule = {
  title: "IDL's saved variables",
  ...byMarks([
    [0x53, 0x52, 0, 4],
    [0x53, 0x52, 0, 6],
  ]),
  promises: [],
  opaque: NOTHING_KNOWN,
};

export const spss: FormatModule = {
  title: 'SPSS data',
  ...byMarks([
    [0x24, 0x46, 0x4c, 0x32],
    [0x24, 0x46, 0x4c, 0x33],
  ]),
  promises: [],
  opaque: NOTHING_KNOWN,
};
