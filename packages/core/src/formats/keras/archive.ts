import { isUnread } from '../../model/origin.js';
import type { ZipInMember, ZipMember } from '../zip/reading.js';

/*
 * A model of Keras 3, and of Keras 2.12 and later (keras/src/saving/saving_lib.py, `load_model`): a zip archive with
 *
 *   config.json              the configuration; what it names is imported and called
 *   metadata.json            the version of Keras; the loader does not read it
 *   model.weights.h5, .npz   read when the model is made: what the configuration runs has run by then
 *   assets/…
 *
 * A folder with config.json is taken for the same, packed into whatever it comes in.
 */
const CONFIG = 'config.json';
const BESIDE: ReadonlySet<string> = new Set(['metadata.json', 'model.weights.h5', 'model.weights.npz']);

/** zipfile ends a name at a NUL byte. */
const asRead = (name: string): string => name.split('\0', 1)[0] ?? '';

/** Whether Keras reads this entry as the configuration, if it is given the archive. */
export function isReadAsKeras({ member, entry }: ZipMember): boolean {
  return !isUnread(member.origin) && entry !== null && entry.names.some((name) => asRead(name) === CONFIG);
}

/** Whether it is a model of Keras by its entries, or is called one. */
export function isKerasZip({ archive, member }: ZipInMember): boolean {
  const names = archive.entries.flatMap((entry) => entry.names).map(asRead);
  if (!names.includes(CONFIG)) return false;
  return member.name.toLowerCase().endsWith('.keras') || names.some((name) => BESIDE.has(name));
}
