import { problem, type Certification, type Ctx } from '#base';
import { confirmHosting, declareHosting, removeHosting } from '#safeguards/register';
import { insistPlain } from '#trust';
import type { Io } from './command.ts';

type HandCtx = Pick<Ctx, 'clock' | 'random' | 'keys' | 'db'>;

/** Says who runs the machines of this installation, that it is still so, or that one does no more. Throws `usage`, `not-found`, `boast-unbacked`. */
export async function hostByHand(ctx: HandCtx, io: Io, actor: 'command:processors'): Promise<void> {
  const { name: verb, company } = io.words;
  if (verb === 'confirm') {
    if (company !== undefined)
      throw problem('usage', 'host confirm is about all of them. Take away who is no more: host remove COMPANY.');
    const count = await confirmHosting(ctx, actor);
    return io.print({ confirmed: count }, `${count} companies are still as declared.`);
  }
  if (company === undefined || !['add', 'remove'].includes(verb ?? ''))
    throw problem('usage', './sotto processors host add|remove COMPANY, or host confirm');
  if (verb === 'remove') await removeHosting(ctx, actor, company);
  else {
    const declared = declaredIn(io);
    await insistPlain(ctx, { does: declared.does, region: declared.region });
    await declareHosting(ctx, actor, { name: fits(company, 100), ...declared });
  }
  io.print({ [verb === 'add' ? 'declared' : 'removed']: company }, `Done, and published: ${company}.`);
}

function declaredIn({ options }: Io) {
  const { does, region, website, certifications = '' } = options;
  if (typeof does !== 'string' || typeof region !== 'string')
    throw problem('usage', 'Say what it does with --does "…" and where with --region "…".');
  if (website !== undefined && !isHttps(website)) throw problem('usage', '--website is an https address.');
  return {
    does: fits(does, 300),
    region: fits(region, 100),
    website: typeof website === 'string' ? website : null,
    certifications: String(certifications).split(';').filter(Boolean).map(certification),
  };
}

function certification(given: string): Certification {
  const [name = '', until = '', source = '', ...rest] = given.split('|').map((part) => part.trim());
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(until) && !Number.isNaN(Date.parse(until));
  if (name === '' || (until !== '' && !isDay) || !isHttps(source) || rest.length > 0)
    throw problem(
      'usage',
      '--certifications is NAME|YYYY-MM-DD|https://SOURCE, several with semicolons; the day may be empty.',
    );
  return { name: fits(name, 100), by: 'operator', ...(until && { until }), source, verified: false };
}

function isHttps(given: string | boolean): boolean {
  return typeof given === 'string' && URL.parse(given)?.protocol === 'https:' && !/\s/.test(given);
}

function fits(given: string, longest: number): string {
  const text = given.replace(/[\p{C}\s]+/gu, ' ').trim();
  if (text === '' || text.length > longest) throw problem('usage', `Names and texts have 1 to ${longest} letters.`);
  return text;
}
