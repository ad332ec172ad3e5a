import { isLinesOfText } from '../../plausibility/file-names.js';
import type { Member } from '../members/container.js';
import { isUnread } from '../../model/origin.js';
import { guarded, type Found, type Look } from '../members/look.js';
import { pickles } from '../pickle-file/pickles.js';

/**
 * Watches the members of one zip or tar go by. Where there is just one, `pandas.read_pickle` takes the archive for a
 * compressed file (pandas/io/common.py, `get_handle`): a name that says text is then no reason to pass it over.
 */
export class SoleMember {
  #count = 0;
  #first: Member | null = null;
  #isSeen = false;

  add(member: Member): void {
    if (isUnread(member.origin)) return;
    this.#count += 1;
    this.#first ??= member;
  }

  /** Looks at a member that was added. */
  async *look(member: Member, look: Look): AsyncGenerator<Found> {
    for await (const found of look.inspect(member)) {
      if (this.#count === 1 && found.kind === 'stream' && found.stream.path === this.#first?.path) this.#isSeen = true;
      yield found;
    }
  }

  /** When all have gone by. */
  async *inspect(look: Look): AsyncGenerator<Found> {
    const member = this.#first;
    if (this.#count !== 1 || member === null || this.#isSeen || !isLinesOfText(member.name)) return;
    yield* guarded(member, pickles({ ...member, origin: { ...member.origin, reader: 'pandas' } }, false, look));
  }
}
