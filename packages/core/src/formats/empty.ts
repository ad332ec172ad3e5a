import { emptyFile } from '../inspect/pickles.js';
import type { FormatModule } from './format.js';

export const empty: FormatModule = {
  title: 'empty file',
  firstBytes: null,
  recognise: (head) => head.length === 0,
  promises: [],
  async *open(member, look) {
    if (member.stray !== true && (member.depth === 0 || look.formats.promisedBy(member.name) !== null))
      yield* emptyFile(member, look);
  },
};
