import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import { markup } from '#base';
import { route, type Route } from '#edge';

/**
 * What a mailed link leads to. The token stands behind the `#`: it is in no request, no log and no `Referer`. Opening
 * the page does nothing, because the scanners of mailboxes open every link; somebody has to press the button.
 */
export function linkPages(): Route[] {
  return [
    page('/sign-in/link', 'Sign in', '/api/v1/sign-in/link/use'),
    page('/sign-up/link', 'Begin', '/api/v1/sign-up/confirm'),
  ];
}

/**
 * The whole script. It takes the token out of the address bar at once; the claim of a sign-up is where the page that
 * began it has put it.
 */
export const linkScript = `
const token = location.hash.slice(1);
history.replaceState(null, '', location.pathname);
const button = document.querySelector('button');
const words = document.querySelector('#words');
button.addEventListener('click', async () => {
  button.disabled = true;
  const claim = localStorage.getItem('sotto-claim');
  localStorage.removeItem('sotto-claim');
  const body = { token, ...(claim && button.dataset.path.includes('sign-up') ? { claim } : {}) };
  const answer = await fetch(button.dataset.path, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  });
  const said = await answer.json();
  if (!answer.ok) { words.textContent = said.detail; return; }
  if (said.state === 'second-factor') { location.replace('/sign-in#' + said.pending); return; }
  location.replace('/');
});
`;

const hash = createHash('sha256').update(linkScript).digest('base64');
const policy =
  `default-src 'none'; script-src 'sha256-${hash}'; connect-src 'self'; base-uri 'none'; form-action 'none'; ` +
  "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

function page(path: string, title: string, to: string): Route {
  const body = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Sotto</title>
</head>
<body>
<main><h1>${title}</h1><p><button data-path="${to}">${title}</button></p><p id="words" role="status"></p></main>
SCRIPT
</body>
</html>
`.text.replace('SCRIPT', () => `<script>${linkScript}</script>`);
  return route({
    method: 'GET',
    path,
    say: 'The page that a mailed link opens. It does nothing until its button is pressed.',
    may: 'public',
    limit: 'public',
    audits: null,
    output: { 200: Type.String({ contentMediaType: 'text/html' }) },
    run: async () => ({
      status: 200 as const,
      contentType: 'text/html; charset=utf-8',
      headers: { 'content-security-policy': policy },
      body,
    }),
  });
}
