import type { AllowGroup } from './allow-group.js';

/**
 * What the catalogue knows of one library: names that may stand in a pickle, what honest saves do with them beyond the
 * ordinary, and names that such saves hold and that stay findings. A pack is data; it is asked for when a stream names a
 * module of its package.
 */
export interface Pack {
  /** The library with the releases that were read. */
  readonly library: string;
  readonly groups: readonly AllowGroup[];
  /** As a section of `use-table.ts`: `Name: codes`. */
  readonly uses: string;
  /** `Class member`, one a line: what `getattr` may take of a class or of an instance of it, to store it. */
  readonly members: string;
  /** `module Name Name: forms`, one line each (see call-shapes.ts): names that are judged by every call and state. */
  readonly shapes: string;
  /** `module name: why`, one a line. */
  readonly refused: string;
}
