import Type from 'typebox';
import { iso, markup, type Markup } from '#base';
import { logKeys, publicHead } from '#safeguards/log';
import type { Language } from '../claim.ts';
import { logWords } from './log-words.ts';
import { everywhere, table, time, trustPage } from './trust-page.ts';

type State = {
  /** As `./sotto audit verify --key` takes them; empty before the log was begun. */
  readonly keys: readonly string[];
  readonly head: {
    readonly origin: string;
    readonly size: number;
    readonly at: string | null;
    readonly note: string | null;
  } | null;
  /** The origin under which this installation is asked. */
  readonly address: string;
};

function body(state: State, language: Language): Markup {
  const text = logWords[language];
  return markup`<section id="keys"><h2>${text.keys.title}</h2>
${state.keys.length === 0 ? markup`<p>${text.keys.none}</p>` : markup`<p>${text.keys.says}</p><pre><code>${state.keys.join('\n')}</code></pre>`}
</section>
<section id="head"><h2>${text.head.title}</h2>${head(state, language)}</section>
<section id="check"><h2>${text.checks.title}</h2>${commands(state, language)}</section>
<section id="witness"><h2>${text.witness.title}</h2><p>${text.witness.says}</p>
${command('./sotto audit witness --help')}
</section>
<section id="addresses"><h2>${text.address}</h2>${addresses(language)}</section>`;
}

function head({ head: newest }: State, language: Language): Markup {
  const text = logWords[language];
  if (newest === null || newest.note === null) return markup`<p>${text.head.none}</p>`;
  return markup`<p>${text.head.says}</p>
<dl class="facts">
<div><dt>${text.origin}</dt><dd><code>${newest.origin}</code></dd></div>
<div><dt>${text.size}</dt><dd>${newest.size}</dd></div>
<div><dt>${text.signed}</dt><dd>${time(newest.at)}</dd></div>
</dl>
<pre><code>${newest.note}</code></pre>`;
}

function commands({ keys, address }: State, language: Language): Markup {
  const text = logWords[language];
  const key = keys[0] === undefined ? 'KEY' : `'${keys[0]}'`;
  return markup`<p>${text.live}</p>${command(`./sotto audit verify ${address} --key ${key}`)}
<p>${text.exported}</p>${command(`./sotto audit verify export.jsonl --key ${key}`)}
<p>${text.again}</p>${command(`./sotto audit verify export.jsonl --key ${key} --state seen.json`)}
<p>${text.evidence}</p>${command(`./sotto verify evidence evidence.json --key ${key}`)}
<p>${text.certificate}</p>${command('./sotto verify certificate certificate.txt --key KEY')}`;
}

function command(line: string): Markup {
  return markup`<pre><code>${line}</code></pre>`;
}

function addresses(language: Language): Markup {
  const text = logWords[language];
  return table(
    text.addresses,
    [text.address, text.what],
    [
      [markup`<a href="/.well-known/sotto/log/keys"><code>/.well-known/sotto/log/keys</code></a>`, text.keysAt],
      [
        markup`<a href="/.well-known/sotto/log/checkpoint"><code>/.well-known/sotto/log/checkpoint</code></a>`,
        text.checkpointAt,
      ],
      [markup`<code>/.well-known/sotto/log/tile/&lt;L&gt;/&lt;N&gt;</code>`, text.tilesAt],
    ],
  );
}

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** The keys and the newest head of the log, and how a stranger checks it. */
export const logPage = trustPage<State>({
  path: '/trust/log',
  field: 'log',
  title: everywhere(logWords, ({ title }) => title),
  intro: everywhere(logWords, ({ intro }) => intro),
  short: everywhere(logWords, ({ short }) => short),
  async load(ctx) {
    const [keys, newest] = await Promise.all([logKeys(ctx), ctx.db.open(publicHead)]);
    return {
      keys: [...keys],
      head: newest
        ? {
            origin: newest.origin,
            size: newest.size,
            at: newest.at === undefined ? null : iso(newest.at),
            note: newest.note ?? null,
          }
        : null,
      address: ctx.publicUrl(),
    };
  },
  body,
  schema: Type.Object({
    keys: Type.Array(Type.String()),
    head: orNull(
      Type.Object({
        origin: Type.String(),
        size: Type.Integer({ minimum: 0 }),
        at: orNull(Type.String({ format: 'date-time' })),
        note: orNull(Type.String()),
      }),
    ),
    address: Type.String(),
  }),
});
