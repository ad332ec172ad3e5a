import { u32 } from '../../bytes/read.js';
import { byMarks, startsWith, type FormatModule } from '../members/format.js';

/** Formats that are known and not analysed, with what their readers run. */

const NOTHING_KNOWN = 'Its readers run nothing of it that we know of. It is not analysed.';

/** What JSON has between its tokens. */
const SPACES: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

export const safetensors: FormatModule = {
  title: 'safetensors',
  firstBytes: null,
  /** An 8-byte length, then a JSON object. */
  recognise: (head) => {
    if (head.length < 10 || u32(head, 4) !== 0 || u32(head, 0) < 2 || head[8] !== 0x7b) return false;
    const first = head.subarray(9).find((byte) => !SPACES.has(byte));
    return first === 0x22 || first === 0x7d;
  },
  promises: [['safetensors', 'a safetensors file']],
  opaque: 'A list of tensors and their bytes: its readers run nothing of it. It is not analysed.',
};

export const tflite: FormatModule = {
  title: 'TensorFlow Lite model',
  firstBytes: null,
  /** A FlatBuffer with the identifier of TensorFlow Lite; its root lies behind that. */
  recognise: (head) => startsWith(head.subarray(4), [0x54, 0x46, 0x4c, 0x33]) && u32(head, 0) >= 8,
  promises: [['tflite', 'a TensorFlow Lite model']],
  // Labels and such: "TensorFlow Lite Metadata", associated files.
  endsInZip: true,
  opaque: 'A graph of operators. Custom operators in it come from the program that reads it. It is not analysed.',
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
