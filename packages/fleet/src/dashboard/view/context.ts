import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { mayAct, type Role, type Session } from '../api/types.js';
import type { Api } from '../api/client.js';
import type { Page } from '../api/types.js';

/** What every view has: the API, who is signed in, what time it is. */
export interface Desk {
  readonly api: Api;
  readonly session: Session;
  /** Milliseconds since 1970; moves on by itself. */
  readonly now: number;
  /** Lists as they were left, by their name: the way back leads to the same row. */
  readonly left: Map<string, { readonly page: Page<unknown>; readonly scroll: number }>;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('a view stands outside of the signed-in dashboard');
  return desk;
}

export function useMayAct(needed: Role): boolean {
  return mayAct(useDesk().session.role, needed);
}
