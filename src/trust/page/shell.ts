import { markup, Markup } from '#base';
import type { Profile } from '#safeguards/profiles';
import { languages, type Language } from '../claim.ts';
import { contactLine } from './contacts.ts';
import { shellWords } from './shell-words.ts';
import { contentSecurityPolicy, formSecurityPolicy, style } from './style.ts';

/** A document of the Trust Center, before it has its frame. */
export type Document = {
  /** Path and `?lang=` apart: where it lies. */
  readonly path: string;
  readonly title: string;
  readonly intro?: string | undefined;
  readonly body: Markup;
  /** Address of the same for programs. */
  readonly data?: string | undefined;
  /** It has a form that posts to us. */
  readonly hasForm?: boolean | undefined;
  readonly navigation: readonly { readonly path: string; readonly name: string }[];
  /** Whose page it is; the name of the product stands there until that is known. */
  readonly profile?: Profile | undefined;
  /** Stands above everything: that it is not published yet. */
  readonly notice?: Markup | undefined;
};

export type Reader = {
  readonly language: Language;
  /** Chosen by a link: the links of the page keep it. */ readonly isChosen: boolean;
};

/** The one frame of all pages: skip link, name, navigation, languages, heading, content, footer. No script, its style inside. */
export function shell(page: Document, { language, isChosen }: Reader): Markup {
  const text = shellWords[language];
  const owner = page.profile?.legalName ?? 'Sotto';
  const document = markup`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title} · ${owner}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#content">${text.skip}</a>
<header class="top">
<p class="name">${owner}</p>
${languageLinks(page.path, language)}
</header>
<div class="columns">
${navigation(page, language)}
<main id="content" tabindex="-1">
${page.notice}
<h1>${page.title}</h1>
${page.intro && markup`<p class="intro">${page.intro}</p>`}
${page.body}
</main>
</div>
<footer class="foot">${page.profile && contactLine(page.profile, language)}${page.data !== undefined && markup`<p>${text.machine}: <a href="${page.data}">${page.data}</a></p>`}</footer>
</body>
</html>
`;
  return isChosen ? keepLanguage(document, language) : document;
}

/** A page as it is answered: in the reader's language, loading nothing, and kept by nobody in between. */
export function answerWith(document: Markup, { language }: Reader, { hasForm = false } = {}) {
  return {
    contentType: 'text/html; charset=utf-8',
    headers: {
      'content-security-policy': hasForm ? formSecurityPolicy : contentSecurityPolicy,
      'content-language': language,
      'vary': 'accept-language',
    },
    body: document.text,
  };
}

function navigation({ path, navigation }: Document, language: Language): Markup {
  const links = navigation.map(({ path: to, name }) =>
    to === path
      ? markup`<li><a href="${to}" aria-current="page">${name}</a></li>`
      : markup`<li><a href="${to}">${name}</a></li>`,
  );
  const name = shellWords[language].pages;
  return markup`<nav class="pages" aria-label="${name}"><details><summary>${name}</summary><ul>${links}</ul></details></nav>`;
}

function languageLinks(path: string, current: Language): Markup {
  const link = (language: Language) =>
    markup`<li><a href="${path}?lang=${language}" lang="${language}" hreflang="${language}"${language === current && markup` aria-current="true"`}>${shellWords[language].own}</a></li>`;
  return markup`<nav class="languages" aria-label="${shellWords[current].languages}"><ul>${languages.map(link)}</ul></nav>`;
}

/** Links to other pages here take the chosen language along; files for programs and anchors are left alone. */
function keepLanguage(document: Markup, language: Language): Markup {
  const pages = /href="(\/trust(?:\/[\w-]+)*)((?:#[^"]*)?)"/g;
  return new Markup(document.text.replaceAll(pages, `href="$1?lang=${language}$2"`));
}
