import type { Budget } from '../../bytes/budget.js';
import { MAX_REPOSITORY_FACTS, MAX_REPOSITORY_FILE_BYTES } from '../../model/limits.js';
import { UNKNOWN, type Identity } from '../../model/identity.js';
import type { Location } from '../../model/location.js';
import type { SourceNeighbours } from '../../model/neighbours.js';
import type { RepositoryFact, RepositoryFile, RepositoryMarker } from '../../model/repository.js';
import type { Member } from '../members/container.js';
import { noticeOf, type Found } from '../members/look.js';
import { decodeText, linesOf } from './text.js';

/** What is being gathered of one file. */
export class FileFacts {
  readonly member: Member;
  readonly budget: Budget;
  /** The files around it; null where nobody knows them. */
  readonly neighbours: SourceNeighbours | null;
  readonly facts: RepositoryFact[] = [];
  readonly notices: Found[] = [];
  /** What it says to a loader that takes no repository. */
  readonly besides: Found[] = [];
  names: readonly string[] = [];
  marker: RepositoryMarker | null = null;
  #lineAt: ((offset: number) => number) | null = null;
  #digest: string | null = null;
  #isFull = false;

  constructor(member: Member, budget: Budget, neighbours: SourceNeighbours | null) {
    this.member = member;
    this.budget = budget;
    this.neighbours = neighbours;
  }

  get path(): string {
    return this.member.path;
  }

  add(fact: RepositoryFact): void {
    if (this.facts.length < MAX_REPOSITORY_FACTS) this.facts.push(fact);
    else if (!this.#isFull) {
      this.#isFull = true;
      this.note('limit', `more than ${MAX_REPOSITORY_FACTS} facts of a repository in one file`);
    }
  }

  note(cause: 'limit' | 'corrupt' | 'unsupported', reason: string): void {
    this.notices.push(noticeOf(this.path, null, cause, reason));
  }

  /** The whole file as text; null, with a notice, where it is too long or no text. */
  async text(what: string): Promise<string | null> {
    const bytes = await this.bytes(MAX_REPOSITORY_FILE_BYTES);
    if (bytes === null) {
      this.note('limit', `more than ${MAX_REPOSITORY_FILE_BYTES} bytes of ${what}`);
      return null;
    }
    const text = decodeText(bytes);
    if (text === null) {
      this.note('corrupt', `${what} could not be read: it is neither UTF-8 nor UTF-16`);
      return null;
    }
    this.#lineAt = linesOf(text);
    return text;
  }

  /** All bytes, which become the identity of what is found in them; null where there are more than `most`. */
  async bytes(most: number): Promise<Uint8Array | null> {
    const bytes = (await this.member.source.read(0, most + 1)).slice();
    if (bytes.length > most) return null;
    this.budget.countLooked(bytes.length);
    this.#digest = this.budget.platform.sha256(bytes);
    return bytes;
  }

  /** All of it was read as what it is. */
  claim(): void {
    const { source } = this.member;
    if (Number.isFinite(source.size)) this.budget.ledger.claim(source, 0, source.size, 'parsed');
  }

  at(offset: number | null): Location {
    const line = offset === null || this.#lineAt === null ? null : this.#lineAt(offset);
    return { path: this.path, offset: null, line };
  }

  /** Of the whole file, once it was read. */
  get identity(): Identity {
    return this.#digest === null || !this.budget.identifies ? UNKNOWN : { of: 'bytes', digest: this.#digest };
  }

  result(): RepositoryFile {
    return { path: this.path, marker: this.marker, facts: this.facts, names: this.names };
  }
}
