import { createContext, useContext } from 'react';
import type { AnswerOf } from './client.ts';

/** Who is signed in, in which organisation, and what they may do there. */
export type Me = {
  readonly session: AnswerOf<'GET /api/v1/session'>;
  /** Undefined until they have chosen or made an organisation. */
  readonly organisation: AnswerOf<'GET /api/v1/organisation'> | undefined;
  readonly grants: Readonly<Record<string, 'all' | 'own'>>;
};

export const MeContext = createContext<Me | undefined>(undefined);

/** Who uses the page. Only pages for people who are signed in may ask. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('this page is for people who are signed in');
  return me;
}

/** Whether who uses the page may do that, at least with what is their own. */
export function useCan(permission: string): boolean {
  return useMe().grants[permission] !== undefined;
}

/** The time zone of the business: all times on the pages are told in it. */
export function useZone(): string {
  return useMe().organisation?.timeZone ?? 'UTC';
}
