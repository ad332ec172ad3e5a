const KIB = 1024;
const MIB = 1024 * KIB;

/** What reads of a source cost, and so how its bytes are best asked for. Sizes are in bytes. */
export interface ReadProfile {
  /** The unit of the cache; a power of two. */
  readonly page: number;
  /** What is asked for at least where reads follow each other, or nearly; twice as much each time. Behind a jump only pages are. */
  readonly first: number;
  /** The most that is asked for at once. */
  readonly most: number;
  /** One read costs as much as so many bytes: smaller gaps are read too. */
  readonly gap: number;
  /** Reads of so many bytes go past the cache. */
  readonly straight: number;
  /** Bytes that the cache holds. */
  readonly cached: number;
  /**
   * Each read is a request that may be answered from another state of the file: bytes that are read again are compared
   * with what they were. Plans (`prefetch`) pay off, and records may be left unread (`ByteSource.selective`).
   */
  readonly remote: boolean;
}

/** A file: a read costs some microseconds. The bytes of one are copied by the system whether or not they are cached. */
export const FILE_READS: ReadProfile = {
  page: KIB,
  first: 2 * KIB,
  most: 64 * KIB,
  gap: 16 * KIB,
  straight: 16 * KIB,
  cached: 8 * MIB,
  remote: false,
};

/** A Blob: a read costs a turn of the event loop or, in browsers, a message to another process. */
export const BLOB_READS: ReadProfile = {
  page: 16 * KIB,
  first: 64 * KIB,
  most: MIB,
  gap: 256 * KIB,
  straight: MIB,
  cached: 16 * MIB,
  remote: false,
};

/** HTTP ranges: a request costs a tenth of a second, in which a megabyte or more arrives. */
export const REMOTE_READS: ReadProfile = {
  page: 32 * KIB,
  first: 64 * KIB,
  most: 4 * MIB,
  gap: MIB,
  straight: Infinity,
  cached: 32 * MIB,
  remote: true,
};
