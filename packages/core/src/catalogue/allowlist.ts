import type { AllowGroup } from './allow-group.js';
import { STANDARD_GROUPS } from './allow-standard.js';
import { GENERATED_GROUPS } from './generated/index.js';

/**
 * The criterion of every entry: calling it with any arguments, and any BUILD, SETITEMS or APPENDS on its result,
 * gives no code execution, no attribute access chosen by the stream, no import and no file access.
 * A callable that calls its argument (a factory, a rebuild function) passes when it can only get what the stream
 * itself names, for each of those names is judged by itself; a conditional name never reaches it (see classify.ts).
 */
export const ALLOW_GROUPS: readonly AllowGroup[] = [...STANDARD_GROUPS, ...GENERATED_GROUPS];

let index: Map<string, AllowGroup> | undefined;

export function allowKey(module: string, name: string): string {
  return `${module}\n${name}`;
}

/** Each entry of a group as (module, name). */
export function* entriesOf(group: AllowGroup): Generator<readonly [module: string, name: string]> {
  for (const line of group.names.split('\n')) {
    const colon = line.indexOf(': ');
    if (colon < 0) continue;
    const module = line.slice(0, colon);
    for (const name of line.slice(colon + 2).split(' ')) yield [module, name];
  }
}

function allowIndex(): Map<string, AllowGroup> {
  if (index === undefined) {
    index = new Map();
    for (const group of ALLOW_GROUPS) {
      for (const [module, name] of entriesOf(group)) index.set(allowKey(module, name), group);
    }
  }
  return index;
}

/** The group that allows exactly this pair, or undefined. */
export function findAllowed(module: string, name: string): AllowGroup | undefined {
  return allowIndex().get(allowKey(module, name));
}

/** True for a module of which the allowlist holds names. */
export function isAllowedModule(module: string): boolean {
  return [...allowIndex().keys()].some((key) => key.startsWith(`${module}\n`));
}

export function allowSize(): number {
  return allowIndex().size;
}
