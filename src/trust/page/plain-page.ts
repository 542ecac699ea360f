import { markup, type Markup } from '#base';
import { contentSecurityPolicy, style } from './style.ts';

/** A small public page in the manner of the trust page: no script, its style inside, its policy closed. */
export function plainPage(title: string, body: Markup) {
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Sotto</title>
<style>${style}</style>
</head>
<body>
<header class="top"><p class="name">Sotto</p></header>
<main class="alone"><h1>${title}</h1>${body}</main>
<footer class="foot"><p><a href="/">Sotto</a> · <a href="/trust">What it promises</a></p></footer>
</body>
</html>
`;
  return {
    status: 200 as const,
    contentType: 'text/html; charset=utf-8',
    headers: { 'content-security-policy': contentSecurityPolicy },
    body: page.text,
  };
}
