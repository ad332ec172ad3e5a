import { isUnread } from '../../model/origin.js';
import { isNothing } from '../members/quick-reject.js';
import type { ZipReader } from '../zip/reading.js';
import { native } from './native.js';
import { isExportedProgram } from './torch-zip.js';

/** What `torch.export.save` writes. */
export const exportedProgram: ZipReader = ({ archive, member: { depth } }, look) => {
  if (!isExportedProgram(archive)) return null;
  return {
    whole: (async function* () {
      yield { kind: 'format', format: 'torch-export', depth };
    })(),
    listedAs: () => null,
    async *open({ member }) {
      if (!isUnread(member.origin)) yield* native(member, member.name.replace(/^[^/]+\/(?=models\/|data\/)/, ''), look);
      if (!isNothing(member, look)) yield* look.inspect(member);
    },
  };
};
