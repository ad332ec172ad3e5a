import { latin1, u32 } from '../../bytes/read.js';
import type { FormatModule } from '../members/format.js';

export const executorch: FormatModule = {
  title: 'ExecuTorch program',
  firstBytes: null,
  /** A FlatBuffer with the file identifier of ExecuTorch, "ET" and two digits; its root lies within reach. */
  recognise: (head) => head.length >= 8 && /^ET\d\d$/.test(latin1(head, 4, 8)) && u32(head, 0) >= 8,
  promises: [['pte', 'an ExecuTorch program']],
  async *open(member, look) {
    yield { kind: 'format', format: 'executorch', depth: member.depth };
    const { nativeNames } = await import('../torch/native-names.js');
    yield* nativeNames(member, 'executorch', look);
  },
};
