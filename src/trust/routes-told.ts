import { problem } from '#base';
import { ask, type Target } from './asking.ts';
import type { Reach, SelfRequest } from './claim.ts';

/** A route as the product's own document tells it (OpenAPI 3.1). */
export type RouteTold = {
  readonly method: SelfRequest['method'];
  /** `/api/v1/calls/{id}` */
  readonly path: string;
  /** The permission it asks for; undefined where it asks for none. */
  readonly scope: string | undefined;
  /** Whether a session is asked for, with or without a permission. */
  readonly needsSession: boolean;
  readonly takesBody: boolean;
  /** Whether it says what it writes into the audit log. */
  readonly audits: boolean;
  /** Whether it changes something, as far as it says. */
  readonly changes: boolean;
};

type Operation = {
  readonly 'x-scope'?: string;
  readonly 'security'?: readonly unknown[];
  readonly 'requestBody'?: unknown;
  readonly 'x-audits'?: string;
  readonly 'x-reads'?: boolean;
};

/** Every route that the product tells of. Throws `not-running` when it tells none: then nothing can be said of them. */
export async function routesTold(reach: Pick<Reach, 'self' | 'origin'>): Promise<readonly RouteTold[]> {
  const { json } = await ask(reach, {}, 'GET /api/openapi.json');
  const paths = (json['paths'] ?? {}) as Record<string, Record<string, Operation>>;
  const told = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase() as SelfRequest['method'],
      path,
      scope: operation['x-scope'],
      needsSession: operation['x-scope'] === undefined && (operation.security?.length ?? 0) > 0,
      takesBody: operation.requestBody !== undefined,
      audits: operation['x-audits'] !== undefined,
      changes: method !== 'get' && operation['x-reads'] !== true,
    })),
  );
  if (told.length === 0) throw problem('not-running', 'The product tells of no routes.');
  return told;
}

/** An id that names nothing: the highest there is. */
export const noId = 'ffffffff-ffff-7fff-bfff-ffffffffffff';

/** That route with an id that names nothing in each place. */
export function ofNothing({ method, path }: RouteTold): Target {
  return `${method} ${path.replaceAll(/\{\w+\}/g, noId) as `/${string}`}`;
}

/**
 * What may be asked without anything coming of it: reads, and what cannot succeed because it names nothing or lacks its
 * body. Whether somebody may is decided before that.
 */
export function isHarmless(route: RouteTold): boolean {
  return route.method === 'GET' || route.takesBody || route.path.includes('{');
}

/** So many routes one member tries: also when it is looked at three times in a minute, the limits of a person hold. */
const mostRoutes = 25;

/** Which of the members that a claim has for it tries which routes. */
export function amongMembers(
  of: string,
  routes: readonly RouteTold[],
): readonly { readonly of: string; readonly part: readonly RouteTold[] }[] {
  const parts = Math.ceil(routes.length / mostRoutes);
  return Array.from({ length: parts }, (_, at) => ({
    of: at === 0 ? of : `${of}-${at}`,
    part: routes.slice(at * mostRoutes, (at + 1) * mostRoutes),
  }));
}
