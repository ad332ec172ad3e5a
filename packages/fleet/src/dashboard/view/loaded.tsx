import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from '../api/client.js';

/** What was asked of the API. While it is asked again, the last answer remains. */
export interface Loaded<Value> {
  readonly value: Value | null;
  /** Null where nothing went wrong. */
  readonly error: string | null;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

/** Asks when it is shown, and again when one of `keys` changes or after `every` milliseconds while the page is seen. */
export function useLoaded<Value>(
  ask: () => Promise<Value>,
  keys: readonly (string | number)[],
  every: number | null = null,
): Loaded<Value> {
  const [answer, setAnswer] = useState<{ readonly key: string; readonly value: Value } | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isLoading, setLoading] = useState(true);
  const key = JSON.stringify(keys);
  /** The question whose answer counts. */
  const asked = useRef(0);
  const latest = useRef(ask);
  latest.current = ask;

  const reload = useCallback(() => {
    asked.current += 1;
    const number = asked.current;
    setLoading(true);
    const load = async (): Promise<void> => {
      const settled = await settle(latest.current());
      if (number !== asked.current) return;
      setLoading(false);
      setError(settled.error);
      if (settled.error === null) setAnswer({ key, value: settled.value });
    };
    void load();
  }, [key]);

  useEffect(() => {
    setError(null);
    reload();
    const timer = every === null ? null : setInterval(() => document.hidden || reload(), every);
    return () => {
      asked.current += 1;
      if (timer !== null) clearInterval(timer);
    };
  }, [reload, every]);

  return { value: answer?.key === key ? answer.value : null, error, isLoading, reload };
}

type Settled<Value> =
  | { readonly error: null; readonly value: Value }
  | { readonly error: string; readonly value: null };

/** What the API refuses is shown; what is wrong with this page is thrown on. */
export async function settle<Value>(asked: Promise<Value>): Promise<Settled<Value>> {
  try {
    return { error: null, value: await asked };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { error: error.message, value: null };
  }
}

/** What was loaded, or why it is not there. */
export function Shown<Value>(props: {
  readonly loaded: Loaded<Value>;
  readonly what: string;
  readonly children: (value: Value) => ComponentChildren;
}) {
  const { loaded, what, children } = props;
  return (
    <>
      {loaded.error === null ? null : (
        <Problem text={loaded.error}>
          <button type="button" onClick={loaded.reload}>
            Try again
          </button>
        </Problem>
      )}
      {loaded.value === null ? loaded.error === null ? <Waiting what={what} /> : null : children(loaded.value)}
    </>
  );
}

export function Problem({ text, children }: { readonly text: string; readonly children?: ComponentChildren }) {
  return (
    <div role="alert" class="problem">
      <p>
        <bdi>{text}</bdi>
      </p>
      {children}
    </div>
  );
}

/** A request that changes something: whether it runs, what it was refused for. */
export interface Doing {
  readonly isBusy: boolean;
  readonly error: string | null;
  /** True where it was done. */
  readonly run: (work: () => Promise<unknown>) => Promise<boolean>;
}

export function useDoing(): Doing {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setError(null);
    const settled = await settle(work());
    setBusy(false);
    setError(settled.error);
    return settled.error === null;
  };
  return { isBusy, error, run };
}

/** Stands for what is still to come. */
export function Waiting({ what }: { readonly what: string }) {
  return (
    <p class="soft waiting-for" role="status">
      Loading {what}
    </p>
  );
}
