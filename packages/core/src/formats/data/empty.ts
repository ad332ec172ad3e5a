import { emptyFile } from '../pickle-file/pickles.js';
import { isUnread } from '../../model/origin.js';
import type { FormatModule } from '../members/format.js';

export const empty: FormatModule = {
  title: 'empty file',
  firstBytes: null,
  recognise: (head) => head.length === 0,
  promises: [],
  async *open(member, look) {
    if (!isUnread(member.origin) && (member.depth === 0 || look.formats.promisedBy(member.name) !== null))
      yield* emptyFile(member, look);
  },
};
