/**
 * Where to go on: a path of our own out of what stands in the address. Whatever could lead elsewhere (`//evil.example`,
 * `/\evil.example`, `https:…`) leads home.
 */
export function nextPath(given: string | undefined): string {
  if (given === undefined || given.length > 500 || !/^\/(?![/\\])[\w\-./?=&%~+,:@]*$/.test(given)) return '/';
  const url = URL.parse(given, location.origin);
  return url && url.origin === location.origin && `${url.pathname}${url.search}` === given ? given : '/';
}
