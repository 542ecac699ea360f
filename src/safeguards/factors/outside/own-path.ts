import { problem } from '#base';

/**
 * Where a browser goes afterwards: a path of ours, as it will be sent. Everything that could lead elsewhere, or that two
 * programs could read differently, is refused as `input-invalid`: `//evil.example`, `/\evil.example`, `https:…`, tabs.
 */
export function ownPath(path: string | undefined, origin: string): string {
  if (path === undefined) return '/';
  const url = URL.parse(path, origin);
  const isPlain = /^\/(?![/\\])[\w\-./?=&%~+,:@]*$/.test(path) && path.length <= 500;
  if (isPlain && url?.origin === origin && `${url.pathname}${url.search}` === path) return path;
  const mistakes = [{ at: '/next', fix: 'must be a path here, such as /calls?page=2' }];
  throw problem('input-invalid', 'The way on leads elsewhere.', { mistakes });
}
