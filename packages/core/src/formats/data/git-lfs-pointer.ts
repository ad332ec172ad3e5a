import { noticeOf } from '../members/look.js';
import { byMarks, type FormatModule } from '../members/format.js';

export const gitLfsPointer: FormatModule = {
  title: 'Git LFS pointer',
  ...byMarks([Array.from('version https://git-lfs.github.com/spec/', (char) => char.charCodeAt(0))]),
  promises: [],
  async *open(member, look) {
    look.budget.ledger.claim(member.source, 0, member.source.size, 'parsed');
    yield { kind: 'format', format: 'git-lfs-pointer', depth: member.depth };
    yield noticeOf(
      member.path,
      0,
      'unreadable',
      'a Git LFS pointer, not the file itself: fetch it with `git lfs pull`',
    );
  },
};
