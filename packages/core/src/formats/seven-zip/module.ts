import { u64 } from '../../bytes/read.js';
import { opened } from '../members/opened.js';
import { byMarks, type FormatModule } from '../members/format.js';

const SIGNATURE_HEADER_BYTES = 32;

export const sevenZip: FormatModule = {
  title: '7z archive',
  ...byMarks([[0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]]),
  promises: [['7z', 'a 7z archive']],
  /** The header behind the packed streams, which holds or leads to the names (7zFormat.txt, SignatureHeader). */
  ranges(head) {
    const start = SIGNATURE_HEADER_BYTES + u64(head, 12);
    return [{ start, end: start + u64(head, 20) }];
  },
  async *open(member, look) {
    yield { kind: 'format', format: '7z', depth: member.depth };
    const container = await import('./container.js');
    yield* opened(container.sevenZip(member, look.budget), look);
  },
};
