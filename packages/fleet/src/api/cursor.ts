import * as z from 'zod';
import { RefusedError } from '../model/errors.js';

/**
 * Where a list goes on: behind a row, by its time in microseconds (as the database writes it) and its ID. Rows that are added
 * meanwhile neither repeat nor skip one.
 */
const position = z.tuple([
  z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?$/),
  z.string().regex(/^[\w-]{1,64}$/),
]);
export type Position = z.output<typeof position>;

export function writeCursor(at: Position): string {
  return Buffer.from(JSON.stringify(at)).toString('base64url');
}

/** Null where no cursor is given. Throws a RefusedError for one that was not made here. */
export function readCursor(cursor: string | undefined): Position | null {
  if (cursor === undefined) return null;
  const read = position.safeParse(parsed(cursor));
  if (!read.success) throw new RefusedError(400, 'bad-cursor', 'the cursor is none that this service gave');
  return read.data;
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Takes a page and its cursor out of rows of which one more than `limit` was asked for. */
export function pageFrom<Row, Item>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => Item,
  at: (row: Row) => Position,
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(item),
    next: rows.length > limit && last !== undefined ? writeCursor(at(last)) : null,
  };
}

/** A text as a part of LIKE, in which nothing has a meaning. */
export function likePart(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
