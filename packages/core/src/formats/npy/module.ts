import { npy as npyContainer } from './container.js';
import { opened } from '../members/opened.js';
import { byMarks, type FormatModule } from '../members/format.js';

export const npy: FormatModule = {
  title: 'numpy array',
  ...byMarks([[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]]),
  promises: [['npy', 'a numpy array']],
  async *open(member, look) {
    yield { kind: 'format', format: 'npy', depth: member.depth };
    yield* opened(npyContainer(member, look.budget), look);
  },
};
