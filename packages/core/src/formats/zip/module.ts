import { TAIL_BYTES } from './end-records.js';
import { zipMember } from '../archives/archives.js';
import { byMarks, type FormatModule } from '../members/format.js';

/** Local header, end record of an empty archive, end record of zip64 (APPNOTE 4.3). */
export const zip: FormatModule = {
  title: 'zip archive',
  ...byMarks([
    [0x50, 0x4b, 3, 4],
    [0x50, 0x4b, 5, 6],
    [0x50, 0x4b, 6, 6],
  ]),
  promises: [
    ['npz zip mar whl egg nemo skops', 'an archive'],
    ['pt2', 'an archive of torch.export'],
  ],
  ranges: (_, size) => [{ start: size - TAIL_BYTES, end: size }],
  open: (member, look) => zipMember(member, 'zip', look),
};
