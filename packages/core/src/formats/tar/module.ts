import { isTarHeader } from './header.js';
import { tarMember } from '../archives/archives.js';
import type { FormatModule } from '../members/format.js';

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
