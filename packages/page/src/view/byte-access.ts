import type { BytesAnswer, ContentsAnswer, TraceAnswer } from '../engine/protocol.js';
import type { Loaded } from '../state.js';

/** The bytes of one artifact, where they are at hand: what was read of them for the panes, and how to ask for it. */
export interface ByteAccess {
  readonly trace: Loaded<TraceAnswer>;
  readonly contents: Loaded<ContentsAnswer>;
  /** The bytes of the hex view. */
  readonly bytes: Loaded<BytesAnswer>;
  /** Asks for what is not there yet; the fields above then change. */
  readonly wantTrace: () => void;
  readonly wantContents: () => void;
  /** Bytes of a member, decoded, or of the artifact as stored where `member` is null. */
  readonly wantBytes: (member: string | null, offset: number, length: number) => void;
  /** Asks for the SHA-256 of whole files. */
  readonly wantHash: () => void;
}
