/**
 * What stands behind the `#`, where no server and no log sees it, and takes it out of the address bar and the history at
 * once. With a name: what stands behind `name=`.
 */
export function takeFromHash(name?: string): string | undefined {
  const hash = location.hash.slice(1);
  const start = name === undefined ? '' : `${name}=`;
  if (hash === '' || !hash.startsWith(start)) return undefined;
  history.replaceState(history.state, '', location.pathname + location.search);
  const token = hash.slice(start.length);
  return /^[\w-]{20,200}$/.test(token) ? token : undefined;
}
