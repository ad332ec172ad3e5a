/** What lies in an artifact, for people who ask what was read: members and tensors. Plain data; nothing is decided by it. */
export type ContentItem = MemberContent | TensorContent;

export interface MemberContent {
  readonly kind: 'member';
  /** As in a `Location`: the artifact's own path for the artifact itself. */
  readonly path: string;
  /** By its bytes; `storage` for the numbers of tensors of PyTorch; null where it is nothing that is known. */
  readonly format: string | null;
  /** Containers above it. */
  readonly depth: number;
  /** Of its decoded bytes; null where they were not decoded to their end. */
  readonly size: number | null;
  /** Where its bytes lie in the artifact, or the packed bytes that they come from; null where that is no range of it. */
  readonly start: number | null;
  readonly end: number | null;
  /** It is decoded: offsets in it are none in the artifact. */
  readonly packed: boolean;
}

export interface TensorContent {
  readonly kind: 'tensor';
  /** Path of the member that names it. */
  readonly member: string;
  readonly name: string;
  /** `float32`, or as the format writes it. */
  readonly dtype: string;
  /** The outermost dimension first. */
  readonly shape: readonly number[];
  /** Bytes of its elements; null where the size of one is not known. */
  readonly bytes: number | null;
  /** Where its data lie in the artifact; null where they are packed. */
  readonly start: number | null;
  readonly end: number | null;
}

export interface ContentsResult {
  /** False where a list ends before what it lists does. */
  readonly complete: boolean;
  /** Why, in words. */
  readonly problems: readonly string[];
}
