import { markup } from '#base';
import type { Failed } from '#edge';
import { failureWords, type FailureWords } from './failure-words.ts';
import { navigationIn, readerOf } from './page-routes.ts';
import { notPublished } from './publication.ts';
import { answerWith, shell } from './shell.ts';

/**
 * What people are told below `/trust` when a request fails: the same frame as every page there, in their language, and
 * where to go on. Made without the database, which may be what failed: it names nobody. Undefined for other addresses.
 */
export function trustFailurePage({ code, status, url, headers: asked }: Failed) {
  const path = URL.parse(url)?.pathname ?? '';
  if (path !== '/trust' && !path.startsWith('/trust/')) return undefined;
  const reader = readerOf({ url, headers: asked });
  const { language } = reader;
  const { title, body } =
    code === 'trust-not-published' ? notPublished(language) : said(failureWords[language], status);
  const { overview } = failureWords[language];
  const more = markup`${body}
<p><a href="/trust">${overview}</a></p>
<p class="quiet">HTTP ${String(status)} · <a href="/problems/${code}" hreflang="en"><code>${code}</code></a></p>`;
  const document = shell({ path, title, body: more, navigation: navigationIn(language) }, reader);
  const { contentType, headers, body: text } = answerWith(document, reader);
  return { headers: { ...headers, 'content-type': contentType, 'vary': 'accept, accept-language' }, body: text };
}

function said(words: FailureWords, status: number) {
  const { title, says } = words[kindOf(status)];
  return { title, body: markup`<p class="intro">${says}</p>` };
}

function kindOf(status: number): 'missing' | 'often' | 'wrong' | 'broken' {
  if (status === 404) return 'missing';
  if (status === 429) return 'often';
  return status < 500 ? 'wrong' : 'broken';
}
