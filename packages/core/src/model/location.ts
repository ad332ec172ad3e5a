/** Where something lies. */
export interface Location {
  /** Path of the member as shown to people: `a.pt!archive/data.pkl`. */
  readonly path: string;
  /** Byte offset in the decoded bytes of that member, or null where there is none. */
  readonly offset: number | null;
  readonly line: number | null;
  /** In source: where on the line it begins and where it ends, in UTF-16 units from 1; the end is behind the last one. */
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** The cell of a notebook that the lines are counted in, from 1. */
  readonly cell?: number;
}
