import { DEFAULT_LIMITS, type Limits } from '../bytes/budget.js';
import { portablePlatform, type Platform } from '../platform.js';
import { aFunction, be, isObject, type Check, type OptionChecks } from './check.js';

/** Options of everything that reads an artifact. */
export interface CommonOptions {
  /** Limits for one artifact; each has a default (docs/limits.md). */
  readonly limits?: Partial<Limits>;
  /** Ends the run, which then fails with the reason of the signal. */
  readonly signal?: AbortSignal;
  /** Stands for parts of what the host provides: JavaScript alone, or in `@artifact-sentinel/core/node` what Node has. */
  readonly platform?: Partial<Platform>;
}

const aLimit = be('a number from 0 on', (value) => typeof value === 'number' && value >= 0);

/** The same check for each of the names. */
function each<K extends string>(names: object, check: Check): Record<K, Check> {
  return Object.fromEntries(Object.keys(names).map((name) => [name, check])) as Record<K, Check>;
}

export const COMMON_CHECKS: OptionChecks<CommonOptions> = {
  limits: { options: each<keyof Limits>(DEFAULT_LIMITS, aLimit) },
  signal: be('an AbortSignal', (value) => isObject(value) && typeof value['throwIfAborted'] === 'function'),
  platform: { options: each<keyof Platform>(portablePlatform, aFunction) },
};

/** What the host provides, with the parts that a caller named. */
export function wholePlatform(own: Partial<Platform> | undefined, host: Platform = portablePlatform): Platform {
  return { ...host, ...own };
}
