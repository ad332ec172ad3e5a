/** Which names are allowed. Only judging asks this: facts are collected without it (docs/decisions/22-fleet.md). */
import { perObject } from '../model/lazy.js';
import { packageOf } from '../model/module-name.js';
import { ALLOW } from './generated/allow.js';
import { PACK_NAMES } from './generated/pack-names.js';
import { nameTable, type NameTable } from './name-table.js';
import type { AllowGroup, PackNames } from './rows.js';

export type { AllowGroup } from './rows.js';

/**
 * The criterion of every entry: calling it with any arguments, and any BUILD, SETITEMS or APPENDS on its result,
 * gives no code execution, no attribute access chosen by the stream, no import and no file access.
 * A callable that calls its argument (a factory, a rebuild function) passes when it can only get what the stream
 * itself names, for each of those names is judged by itself; a conditional name never reaches it (see classify.ts).
 */
const allowed = nameTable(ALLOW);
const allowedInPacks = perObject((pack: PackNames) => nameTable(pack.groups ?? []));

function allowedInPack(module: string): NameTable<AllowGroup> | undefined {
  const pack = PACK_NAMES.get(packageOf(module));
  return pack?.groups === undefined ? undefined : allowedInPacks(pack);
}

/** The group that allows exactly this pair, or undefined. */
export function findAllowed(module: string, name: string): AllowGroup | undefined {
  return allowed.find(module, name) ?? allowedInPack(module)?.find(module, name);
}

/** True for a module of which the allowlist holds names. */
export function isAllowedModule(module: string): boolean {
  return allowed.has(module) || allowedInPack(module)?.has(module) === true;
}

/** Why a name stays a finding that default saves of its library write; undefined for all others. */
export function findRefused(module: string, name: string): string | undefined {
  const refused = PACK_NAMES.get(packageOf(module))?.refused;
  if (refused === undefined) return undefined;
  const start = `\n${module} ${name}: `;
  const at = refused.indexOf(start);
  if (at < 0) return undefined;
  const end = refused.indexOf('\n', at + 1);
  return refused.slice(at + start.length, end < 0 ? undefined : end);
}
