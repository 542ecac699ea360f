import type { Business } from './business.ts';

/** What stands for each parameter of a path; undefined where a business has no such thing. */
const parameters: Readonly<Record<string, (business: Business) => string | undefined>> = {
  // The newest one of the lively business goes on; the one before has everything.
  '/calls/$id': ({ calls }) => calls[1] ?? calls[0],
};

/** Where a page is in that business; undefined when there is nothing that it could show. Throws for a path that is new here. */
export function addressOf(path: string, business: Business): string | undefined {
  if (!path.includes('$')) return path;
  const parameter = parameters[path];
  if (!parameter) throw new Error(`say in test/pages/addresses.ts what stands for the parameter of ${path}`);
  const value = parameter(business);
  return value && path.replace(/\$\w+/, value);
}
