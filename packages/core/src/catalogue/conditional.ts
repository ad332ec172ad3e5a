import type { Call } from '../model/fact.js';
import { perObject, remembered } from '../model/lazy.js';
import { fitsShapes, shapesIn } from './call-shapes.js';
import type { Hazard } from './hazard.js';
import { JUDGES } from './judges/index.js';
import type { ArgumentNames, ShapeVerdict } from './judges/judge.js';
import type { Voucher } from './uses.js';
import { type ConditionalRow, findConditionalRow, findShapes, mapPython2Name } from './lookup.js';

/**
 * A callable that fails the allowlist's criterion and that honest saves write all the same. It is judged by the
 * constant arguments of every call; a call that is not exactly of the known harmless shape stays a finding.
 */
export interface Conditional {
  readonly hazard: Hazard;
  /** What it does when it is called otherwise. */
  readonly why: string;
  /** The harmless shape, for the reader of a finding. */
  readonly shape: string;
  /** What it is where it is used otherwise; unset for what is dangerous then. */
  readonly otherwise?: 'unexpected';
  /** The values of its states are judged too. */
  readonly judgesStates?: true;
  /** Saves also hand it on; only its calls are judged. */
  readonly mayBeStored?: true;
  /** What a call of a harmless shape gives is a class. */
  readonly makesClass?: true;
  /** Keys of its states on whose values the judgement depends; of others, the value is not asked for. */
  readonly stateKeys?: ReadonlySet<string> | null;
  judge(calls: readonly Call[], names: ArgumentNames): ShapeVerdict;
}

const UNSHAPED = 'Calls or looks into what it is given, unless that is plain.';
/** Parsed lines of packs whose forms are known. */
const KEPT_FORMS = 2_000;

const judged = perObject((row: ConditionalRow): Conditional => ({ ...row, judge: JUDGES[row.judge] }));

/** A name of a pack that is judged by the forms of its line. */
const shaped = remembered(KEPT_FORMS, (forms: string): Conditional => {
  const own = shapesIn(forms);
  return {
    hazard: 'execution',
    otherwise: 'unexpected',
    why: UNSHAPED,
    shape: 'the form that default saves of its library have',
    judgesStates: true,
    stateKeys: own.stateKeys.size === 0 ? null : own.stateKeys,
    ...(own.classNews.length > 0 ? { makesClass: true as const } : {}),
    ...(own.mayBeStored ? { mayBeStored: true as const } : {}),
    judge: (calls) => (calls.every((call) => fitsShapes(call, own)) ? 'allowed' : 'dangerous'),
  };
});

/** How a name is judged by its calls and states; undefined for one that its name alone decides. */
export function findConditional(module: string, name: string): Conditional | undefined {
  const forms = findShapes(module, name);
  if (forms !== undefined) return shaped(forms);
  const row = findConditionalRow(module, name);
  return row === undefined ? undefined : judged(row);
}

/** True for callables whose calls decide; the machine records every call of these. */
export function isConditional(module: string, name: string): boolean {
  if (findConditional(module, name) !== undefined) return true;
  const mapped = mapPython2Name(module, name);
  return mapped !== null && findConditional(mapped.module, mapped.name) !== undefined;
}

/** What is judged of such a name beside its uses. */
export function voucherOf({ judgesStates, stateKeys }: Conditional): Voucher {
  if (stateKeys !== undefined) return 'shapes';
  return judgesStates === true ? 'conditional-states' : 'conditional';
}
