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
export const pageRoutes: readonly PageRoute[] = [];
