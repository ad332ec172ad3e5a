import { isUnread } from '../../model/origin.js';
import { loadFound, type Found, type Look } from '../members/look.js';
import { isNothing } from '../members/quick-reject.js';
import type { ZipInMember, ZipMember, ZipReader } from '../zip/reading.js';
import { native } from './native.js';
import { torchPickle } from './pickles.js';
import { recordsBeside } from './records-beside.js';
import { restrictedLoader } from './restricted-loader.js';
import { storageMember } from './storage-members.js';
import { recordCase, torchArchive, type TorchArchive } from './torch-zip.js';

type Beside = ReturnType<typeof recordsBeside>;

/** A checkpoint of `torch.save`, a TorchScript archive, a package of torch.package. */
export const checkpoint: ZipReader = (zip, look) => {
  const torch = torchArchive(zip.archive);
  if (torch === null) return null;
  const beside = recordsBeside(zip.archive, look.budget);
  return {
    whole: whole(zip, torch, beside, look),
    listedAs: (name) => (torch.isStorage(name) ? 'storage' : torch.roleOf(name)),
    open: (item) => opened(item, torch, beside, look),
  };
};

async function* whole(
  { archive, member, format }: ZipInMember,
  torch: TorchArchive,
  beside: Beside,
  look: Look,
): AsyncGenerator<Found> {
  yield { kind: 'format', format: torch.kind, depth: member.depth };
  if (format === 'zip' && !isUnread(member.origin)) {
    const { torchLoadZip } = await restrictedLoader();
    yield* loadFound(await torchLoadZip(member, archive, beside, look.budget));
  }
  for (const entry of torch.oddCase) yield { kind: 'fact', fact: recordCase(member.path, entry) };
}

async function* opened({ member }: ZipMember, torch: TorchArchive, beside: Beside, look: Look): AsyncGenerator<Found> {
  const { name, origin } = member;
  const record = isUnread(origin) ? null : torch.recordOf(name);
  if (record !== null && mayAskForNative(torch, name)) yield* native(member, record, look);
  if (!isUnread(origin) && torch.isStorage(name)) {
    yield* storageMember(member, look);
    return;
  }
  const role = isUnread(origin) ? null : torch.roleOf(name);
  if (role !== null) {
    yield* torchPickle({ ...member, role, beside }, torch, look);
    return;
  }
  const isScript = record !== null && torch.kind === 'torchscript' && record.startsWith('code/');
  const inner = { ...member, beside, origin: isScript ? ({ ...origin, reader: 'torchscript' } as const) : origin };
  if (!isNothing(inner, look)) yield* look.inspect(inner);
}

/** All but tensors in a TorchScript archive, members by their names in a checkpoint. */
function mayAskForNative(torch: TorchArchive, name: string): boolean {
  if (torch.isStorage(name)) return false;
  return torch.kind === 'torchscript' || /\.(?:so(?:\.\d+)*|dylib|dll|pyd)$/i.test(name);
}
