import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Type } from 'typebox';
import { markup } from '#base';
import { route, type Route } from '#edge';

/**
 * What a mailed link leads to. The token stands behind the `#`: it is in no request, no log and no `Referer`. Opening
 * the page does nothing, because the scanners of mailboxes open every link; somebody has to press the button.
 */
export function linkPages(): Route[] {
  return [
    page({ path: '/sign-in/link', title: 'Sign in', to: '/api/v1/sign-in/link/use', script: 'link-script.js' }),
    page({
      path: '/sign-up/link',
      title: 'Begin',
      to: '/api/v1/sign-up/confirm',
      claims: true,
      script: 'link-script.js',
    }),
    page({
      path: '/invitation',
      title: 'Accept the invitation',
      to: '/api/v1/invitations/accept',
      script: 'invitation-script.js',
    }),
  ];
}

type Plan = {
  readonly path: string;
  readonly title: string;
  readonly to: string;
  /** The browser shows that it began what the link ends. */
  readonly claims?: boolean;
  readonly script: string;
};

function page({ path, title, to, claims = false, script: file }: Plan): Route {
  const script = readFileSync(join(import.meta.dirname, file), 'utf8');
  const hash = createHash('sha256').update(script).digest('base64');
  const policy =
    `default-src 'none'; script-src 'sha256-${hash}'; connect-src 'self'; base-uri 'none'; form-action 'none'; ` +
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
  const body = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Sotto</title>
</head>
<body>
<main>
<h1>${title}</h1>
<form data-path="${to}" data-claims="${claims ? 'yes' : 'no'}">
<label hidden data-say="Enter the code of your authenticator app.">Code
<input name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="16"></label>
<button>${title}</button>
</form>
<p id="words" role="status"></p>
<noscript><p>This page needs JavaScript, to keep the link out of every log.</p></noscript>
</main>
`.text;
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
      body: `${body}<script>${script}</script>\n</body>\n</html>\n`,
    }),
  });
}
