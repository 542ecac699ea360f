import type { Ctx } from '#base';
import { kindsInDate, listDocuments } from './attestations/documents.ts';
import { refuseBoasts } from './boasts.ts';

/**
 * Throws `boast-unbacked` when something that is typed for a public page says more than the documents here that are in
 * date. The names are those of the request's fields, of which `legalName` and `slug` are read as names; what is no text is left alone.
 */
export async function insistPlain(
  ctx: { readonly db: Pick<Ctx['db'], 'tenant'>; readonly clock: Ctx['clock'] },
  typed: Readonly<Record<string, unknown>>,
): Promise<void> {
  const texts = Object.entries(typed).flatMap(([name, text]) =>
    typeof text === 'string' ? [{ at: `/${name}`, text, isName: name === 'legalName' || name === 'slug' }] : [],
  );
  if (texts.length > 0) refuseBoasts(texts, kindsInDate(await listDocuments(ctx), ctx.clock.now()));
}
