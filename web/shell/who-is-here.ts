import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../api/client.ts';
import type { Me } from '../api/me.ts';
import { isRefusal } from '../api/problem.ts';

type Here =
  | { readonly state: 'looking' | 'leaving' }
  | { readonly state: 'here'; readonly me: Me }
  | { readonly state: 'refused'; readonly error: unknown; readonly retry: () => void };

/** Who uses the page. Who is not signed in is sent to sign in, or, where nobody is known yet, to begin. */
export function useWhoIsHere(): Here {
  const query = useQuery({ queryKey: ['me'], queryFn: lookUp });
  const isNobody = isRefusal(query.error, 'sign-in-needed', 'sign-in-expired');
  useEffect(() => {
    if (isNobody && document.documentElement.dataset['leaving'] === undefined)
      location.replace(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
  }, [isNobody]);
  if (isNobody) return { state: 'leaving' };
  if (query.data) return { state: 'here', me: query.data };
  if (query.error) return { state: 'refused', error: query.error, retry: () => void query.refetch() };
  return { state: 'looking' };
}

async function lookUp(): Promise<Me> {
  const session = await inOneOfTheirs(await api('GET /api/v1/session'));
  if (session.organisation === null) return { session, organisation: undefined, grants: {} };
  const [organisation, me] = await Promise.all([api('GET /api/v1/organisation'), api('GET /api/v1/me')]);
  return { session, organisation, grants: me.grants };
}

type Session = Me['session'];

/** A session whose role was changed is in no organisation until one is chosen again; the oldest is where a sign-in begins too. */
async function inOneOfTheirs(session: Session): Promise<Session> {
  const [first] = session.organisations;
  if (session.organisation !== null || !first) return session;
  await api('PUT /api/v1/session/organisation', { body: { organisation: first.organisation } });
  return api('GET /api/v1/session');
}
