import { opened } from '../inspect/archives.js';
import { byMarks, type FormatModule } from './format.js';

export const sevenZip: FormatModule = {
  title: '7z archive',
  ...byMarks([[0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]]),
  promises: [['7z', 'a 7z archive']],
  async *open(member, look) {
    yield { kind: 'format', format: '7z', depth: member.depth };
    const container = await import('../containers/seven-zip.js');
    yield* opened(container.sevenZip(member, look.budget), look);
  },
};
