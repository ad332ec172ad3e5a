import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Page } from '../api/types.js';
import { useDesk } from './context.js';
import { settle } from './loaded.js';

export interface Pages<Item> {
  readonly items: readonly Item[];
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  /** Nothing was answered yet. */
  readonly isFirst: boolean;
  readonly error: string | null;
  readonly more: () => void;
  /** Asks for the newest again; rows that are shown already change in place. */
  readonly refresh: () => void;
}

interface Held<Item> extends Page<Item> {
  readonly key: string;
}

/**
 * A list of which what is scrolled to is asked for. `name` with `key` is what it is a list of; `every`: milliseconds after which the
 * newest are asked for again while the page is seen.
 */
export function usePages<Item extends { readonly id: string }>(
  name: string,
  key: string,
  ask: (cursor: string | null) => Promise<Page<Item>>,
  every: number | null = null,
): Pages<Item> {
  const { left } = useDesk();
  const whole = `${name} ${key}`;
  const [held, setHeld] = useState<Held<Item> | null>(null);
  const [isLoading, setLoading] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [ended, setEnded] = useState(0);
  const asked = useRef(0);
  const busy = useRef(false);
  const latest = useRef(ask);
  latest.current = ask;
  const shown = held?.key === whole ? held : null;
  const current = useRef(shown);
  current.current = shown;

  /** Where the page is scrolled to: at the end of this list the page is another one already. */
  const scrolled = useRef(0);
  useEffect(() => {
    const note = (): void => void (scrolled.current = scrollY);
    addEventListener('scroll', note, { passive: true });
    return () => removeEventListener('scroll', note);
  }, []);

  const load = useCallback(
    async (cursor: string | null): Promise<void> => {
      const number = asked.current;
      busy.current = true;
      setLoading(true);
      const settled = await settle(latest.current(cursor));
      if (number !== asked.current) return;
      setLoading(false);
      setEnded((before) => before + 1);
      setError(settled.error);
      if (settled.error !== null) return;
      setHeld((before) => merged(before?.key === whole ? before : null, settled.value, cursor, whole));
    },
    [whole],
  );

  // Until the answer is drawn, `more` would ask for the page that was asked last.
  useLayoutEffect(() => {
    busy.current = false;
  }, [ended]);

  useEffect(() => {
    asked.current += 1;
    busy.current = false;
    setError(null);
    const before = left.get(whole);
    if (before !== undefined) setHeld({ ...(before.page as Page<Item>), key: whole });
    void load(null);
    const again = (): void => {
      if (!document.hidden && !busy.current) void load(null);
    };
    const timer = every === null ? null : setInterval(again, every);
    return () => {
      asked.current += 1;
      if (timer !== null) clearInterval(timer);
    };
  }, [whole, load, every]);

  // Before anything else is drawn: the ends of other effects come after that.
  useLayoutEffect(
    () => () => {
      if (current.current !== null) left.set(whole, { page: current.current, scroll: scrolled.current });
    },
    [whole],
  );

  // The rows of before are there: so is the height that the page was scrolled in.
  const isBack = shown !== null && left.has(whole);
  useLayoutEffect(() => {
    const before = left.get(whole);
    if (!isBack || before === undefined) return;
    left.delete(whole);
    scrollTo(0, before.scroll);
  }, [isBack, whole]);

  return {
    items: shown?.items ?? [],
    hasMore: shown !== null && shown.next !== null,
    isLoading,
    isFirst: shown === null,
    error,
    more: () => {
      const next = current.current?.next ?? null;
      if (!busy.current && error === null && next !== null) void load(next);
    },
    refresh: () => void load(null),
  };
}

function merged<Item extends { readonly id: string }>(
  before: Held<Item> | null,
  page: Page<Item>,
  cursor: string | null,
  key: string,
): Held<Item> {
  if (before === null) return { ...page, key };
  if (cursor !== null) {
    const known = new Set(before.items.map(({ id }) => id));
    return { key, next: page.next, items: [...before.items, ...page.items.filter(({ id }) => !known.has(id))] };
  }
  const last = page.items.at(-1)?.id;
  const end = before.items.findIndex(({ id }) => id === last);
  // All of it, or so much is new or gone that the rest does not follow any more: the list begins anew.
  if (page.next === null || end < 0) return { ...page, key };
  return { key, next: before.next, items: [...page.items, ...before.items.slice(end + 1)] };
}
