import { identityOfBytes } from '../../bytes/identity.js';
import type { Identity } from '../../model/identity.js';
import { isUnread } from '../../model/origin.js';
import type { Member } from '../members/container.js';
import { loadFound, noticeOf, type Found, type Look } from '../members/look.js';
import { restrictedLoader } from './restricted-loader.js';
import { torchTarMember } from './torch-tar.js';

/** Watches the members of a tar go by for the three of a checkpoint (torch/serialization.py, `legacy_load`). */
export class TarCheckpoint {
  readonly #tar: Member;
  readonly #look: Look;
  readonly #parts = new Map<string, Member>();
  #whole: Promise<Identity> | null = null;

  constructor(tar: Member, look: Look) {
    this.#tar = tar;
    this.#look = look;
  }

  /** The member as its reader takes it. */
  add(member: Member): Member {
    const part = torchTarMember(member.name);
    if (part === null) return member;
    // Its persistent IDs refer to the contents of the other two, in any order of the tar.
    const held: Member = part === 'pickle' ? { ...member, beside: () => this.#identity() } : member;
    this.#parts.set(part, held);
    return held;
  }

  #identity(): Promise<Identity> {
    const { source } = this.#tar;
    return (this.#whole ??= identityOfBytes(source, 0, source.size, this.#look.budget));
  }

  /** What PyTorch makes of them, when all have gone by. */
  async *loaded(): AsyncGenerator<Found> {
    const { path, origin } = this.#tar;
    const object = this.#parts.get('pickle');
    if (this.#parts.size === 3 && object !== undefined) {
      if (isUnread(origin)) return;
      const { torchLoadTar } = await restrictedLoader();
      yield* loadFound(await torchLoadTar(path, object, this.#look.budget));
      return;
    }
    if (!this.#parts.has('storages')) return;
    const missing = ['tensors', 'pickle'].filter((name) => !this.#parts.has(name)).join(' and ');
    yield noticeOf(path, null, 'truncated', `a PyTorch checkpoint in tar format lacks its member ${missing}`);
  }
}
