/** What a document may do that all others may not (Permissions-Policy). */
export type Opens = 'microphone' | 'passkeys';

/** One page of the dashboard. */
export type PageRoute = {
  /** As the router writes it: `/calls/$id`. */
  readonly path: string;
  /** Its folder in `web/pages`. */
  readonly page: string;
  /** `all`: whoever comes; else only who is signed in, with this permission in the organisation they chose. */
  readonly may: 'all' | 'signed-in' | `${string}:${string}`;
  readonly opens?: readonly Opens[];
};

/** Every page there is. The server answers these paths, the router shows them, the tests visit them. */
export const pageRoutes: readonly PageRoute[] = [
  { path: '/welcome', page: 'welcome', may: 'all' },
  { path: '/sign-in', page: 'sign-in', may: 'all', opens: ['passkeys'] },
  { path: '/sign-in/link', page: 'sign-in-link', may: 'all', opens: ['passkeys'] },
  { path: '/sign-up', page: 'sign-up', may: 'all' },
  { path: '/sign-up/link', page: 'sign-up-link', may: 'all', opens: ['passkeys'] },
  { path: '/invitation', page: 'invitation', may: 'all' },
  { path: '/account', page: 'account', may: 'signed-in', opens: ['passkeys'] },
  { path: '/setup', page: 'setup', may: 'lines:read' },
  { path: '/call', page: 'call', may: 'calls:try', opens: ['microphone'] },
  { path: '/agent', page: 'agent', may: 'agents:read' },
  { path: '/connections', page: 'connections', may: 'lines:read' },
  { path: '/settings', page: 'settings', may: 'organisation:read' },
  { path: '/promises', page: 'trust', may: 'organisation:read' },
  { path: '/team', page: 'team', may: 'team:read' },
  { path: '/keys', page: 'keys', may: 'keys:read' },
  { path: '/audit', page: 'audit', may: 'audit:read' },
  { path: '/deletion', page: 'deletion', may: 'erasures:read' },
  { path: '/', page: 'today', may: 'calls:read' },
  { path: '/calls', page: 'calls', may: 'calls:read' },
  { path: '/calls/$id', page: 'call-detail', may: 'calls:read' },
  { path: '/messages', page: 'messages', may: 'messages:read' },
  { path: '/leads', page: 'leads', may: 'leads:read' },
  { path: '/appointments', page: 'appointments', may: 'appointments:read' },
];
