import { remembered } from '../model/lazy.js';
import { SINKS } from './generated/python-source.js';
import type { Sink } from './source-rows.js';

/** Names that are remembered between sources; each is short. */
const KEPT_NAMES = 20_000;

/** The function that loads objects of this full name, or null. */
export const sinkOf = remembered(KEPT_NAMES, (path: string): Sink | null => {
  const row = SINKS.find((item) => item.path.test(path));
  if (row === undefined) return null;
  const { path: _, ...sink } = row;
  return { ...sink, name: path.replace('()', '') };
});
