import { MAX_VALUE_ITEMS, MAX_VALUE_TEXT, MAX_VALUE_TEXTS } from '../model/limits.js';

/**
 * What an expression of a template may be, as far as it can become the name of an attribute: the texts that are known, and
 * whether there are others. Containers are flat: everything in them, at any depth, counts as an item.
 */
export interface Value {
  readonly texts: ReadonlySet<string>;
  /** Texts anywhere within it. */
  readonly inner: ReadonlySet<string>;
  readonly flags: number;
}

/** Data that the renderer is given, as they are: messages, tools, and what is in them. */
export const INPUT = 1;
/** A text that the template puts together, and that is not known. */
export const BUILT = 2;
/** Such a text within it. */
export const INNER_BUILT = 4;
/** Nothing is known yet (in circles of variables). */
const UNKNOWN_YET = 8;
/** It may have items, though none is known. */
const CONTAINER = 16;

const NO_TEXTS: ReadonlySet<string> = new Set();

const flagged = (flags: number): Value => ({ texts: NO_TEXTS, inner: NO_TEXTS, flags });

/** Numbers, truth values, nothing: no names. */
export const NUMBER = flagged(0);
export const FROM_INPUT = flagged(INPUT);
export const BUILT_TEXT = flagged(BUILT);
/** Data or settings: a text of its own, or what has such in it. */
export const FROM_SETTINGS = flagged(INPUT | BUILT);
export const ANYTHING = flagged(INPUT | BUILT | INNER_BUILT);
export const NOT_YET = flagged(UNKNOWN_YET);

export const isNotYet = (value: Value): boolean => value.flags === UNKNOWN_YET;

export function text(value: string, isUncertain = false): Value {
  if (value.length > MAX_VALUE_TEXT) return BUILT_TEXT;
  return { texts: new Set([value]), inner: NO_TEXTS, flags: isUncertain ? BUILT : 0 };
}

/** Any of these. */
export function union(values: readonly Value[]): Value {
  const known = values.filter((value) => !isNotYet(value));
  const [first] = known;
  if (first === undefined) return values.length === 0 ? NUMBER : NOT_YET;
  if (known.length === 1) return first;
  const texts = new Set<string>();
  const inner = new Set<string>();
  let flags = 0;
  for (const value of known) {
    for (const item of value.texts) texts.add(item);
    for (const item of value.inner) inner.add(item);
    flags |= value.flags;
    if (texts.size > MAX_VALUE_TEXTS) {
      texts.clear();
      flags |= BUILT;
    }
    if (inner.size > MAX_VALUE_ITEMS) {
      for (const item of inner) if (!item.startsWith('_')) inner.delete(item);
      flags |= INNER_BUILT;
      if (inner.size > MAX_VALUE_ITEMS) inner.clear();
    }
  }
  return { texts, inner, flags };
}

/** A container of these. */
export function containerOf(values: readonly Value[]): Value {
  const { texts, inner, flags } = union(values);
  if ((flags & UNKNOWN_YET) !== 0) return NOT_YET;
  const all = inner.size === 0 ? texts : new Set([...texts, ...inner]);
  const isBuilt = (flags & (BUILT | INNER_BUILT)) !== 0;
  return { texts: NO_TEXTS, inner: all, flags: (flags & INPUT) | CONTAINER | (isBuilt ? INNER_BUILT : 0) };
}

/** An item of it, by number or by iteration; of a text its characters. */
export function itemOf(value: Value): Value {
  if (isNotYet(value)) return value;
  const { texts, inner, flags } = value;
  const isBuilt = texts.size > 0 || (flags & (BUILT | INNER_BUILT)) !== 0;
  return { texts: inner, inner, flags: (flags & (INPUT | INNER_BUILT | CONTAINER)) | (isBuilt ? BUILT : 0) };
}

/** What it has under a name: a text has nothing there. */
export function memberOf(value: Value): Value {
  if (isNotYet(value)) return value;
  const { inner, flags } = value;
  const isBuilt = (flags & INNER_BUILT) !== 0;
  return { texts: inner, inner, flags: (flags & (INPUT | INNER_BUILT | CONTAINER)) | (isBuilt ? BUILT : 0) };
}

/** The same items, grouped or ordered otherwise; of a text its characters. */
export function groupsOf(value: Value): Value {
  if (isNotYet(value)) return value;
  const { texts, inner, flags } = value;
  const isBuilt = texts.size > 0 || (flags & (BUILT | INNER_BUILT)) !== 0;
  return { texts: NO_TEXTS, inner, flags: (flags & (INPUT | CONTAINER)) | (isBuilt ? INNER_BUILT : 0) };
}

/** A text that is made of these, in a manner that is not followed. */
export function madeOf(values: readonly Value[]): Value {
  return values.some(isNotYet) ? NOT_YET : BUILT_TEXT;
}

/** It has no items: a number, or nothing. */
export const isBare = ({ texts, inner, flags }: Value): boolean => flags === 0 && texts.size === 0 && inner.size === 0;
/** Data that the renderer is given, and nothing else. */
export const isInput = ({ texts, inner, flags }: Value): boolean =>
  (flags & ~CONTAINER) === INPUT && texts.size === 0 && inner.size === 0;
export const mayBeText = ({ texts, flags }: Value): boolean => texts.size > 0 || (flags & (INPUT | BUILT)) !== 0;
export const holdsTexts = (value: Value): boolean =>
  value.texts.size > 0 || value.inner.size > 0 || (value.flags & (BUILT | INNER_BUILT)) !== 0;

/** Texts side by side. */
export function joined(values: readonly Value[]): Value {
  if (values.some(isNotYet)) return NOT_YET;
  let texts: ReadonlySet<string> = new Set(['']);
  let flags = 0;
  for (const value of values) {
    // A number, or a container, stands there as text too.
    if (value.flags !== 0 || value.texts.size === 0 || value.inner.size > 0) flags = BUILT;
    if (texts.size * value.texts.size > MAX_VALUE_TEXTS) return BUILT_TEXT;
    const longer = new Set<string>();
    for (const start of texts) for (const end of value.texts) longer.add(start + end);
    texts = longer;
    for (const item of texts) if (item.length > MAX_VALUE_TEXT) return BUILT_TEXT;
  }
  return { texts, inner: NO_TEXTS, flags };
}

/** Each known text changed; the rest stays what it is. */
export function mapped(value: Value, change: (text: string) => string | null): Value {
  const texts = new Set<string>();
  let { flags } = value;
  for (const item of value.texts) {
    const changed = change(item);
    if (changed === null || changed.length > MAX_VALUE_TEXT) flags |= BUILT;
    else texts.add(changed);
  }
  return { texts, inner: value.inner, flags };
}

/** The only text that it can be. */
export function onlyText({ texts, inner, flags }: Value): string | null {
  if (texts.size !== 1 || inner.size > 0 || flags !== 0) return null;
  return texts.values().next().value ?? null;
}

/** A value that goes on changing: new texts of it are not followed. */
export function widened(before: Value, value: Value): Value {
  if (isNotYet(value) || isNotYet(before)) return value;
  const isLonger = !isWithin(value.texts, before.texts);
  const isFuller = !isWithin(value.inner, before.inner);
  return {
    texts: before.texts,
    inner: before.inner,
    flags: before.flags | value.flags | (isLonger ? BUILT : 0) | (isFuller ? INNER_BUILT | CONTAINER : 0),
  };
}

export function sameValue(a: Value, b: Value): boolean {
  return a.flags === b.flags && sameTexts(a.texts, b.texts) && sameTexts(a.inner, b.inner);
}

function sameTexts(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && isWithin(a, b);
}

function isWithin(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const item of a) if (!b.has(item)) return false;
  return true;
}
