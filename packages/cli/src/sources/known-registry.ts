import { knowsRegistry, SourceError } from '@artifact-sentinel/sources';
import { readSmallText } from '@artifact-sentinel/sources/node';

/** A registry at one digest that the user is logged in to: a report does not choose who sees the retest. */
export function isKnownRegistry(address: string): boolean {
  if (!/^oci:[^@]*@sha(?:256|512):/i.test(address)) return false;
  try {
    return knowsRegistry(address, { variable: (name) => process.env[name], readText: readSmallText });
  } catch (error) {
    if (error instanceof SourceError) return false;
    throw error;
  }
}
