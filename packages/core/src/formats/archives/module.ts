import { byMarks, type FormatModule } from '../members/format.js';
import { isTarHeader } from '../tar/header.js';
import { TAIL_BYTES } from '../zip/end-records.js';
import { tarMember } from './tar.js';
import { zipMember } from './zip.js';

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

/** Known by its first header, which is any block with a checksum that fits. */
export const tar: FormatModule = {
  title: 'tar archive',
  firstBytes: null,
  recognise: isTarHeader,
  promises: [['tar', 'a tar archive']],
  async *open(member, look, held) {
    yield { kind: 'format', format: 'tar', depth: member.depth };
    yield* tarMember(member, look, held);
  },
  weakly: { recognise: isTarHeader, open: (member, look) => tarMember(member, look) },
};
