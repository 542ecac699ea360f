import { iso, sql } from '#base';
import { carrierAccount, openCredentials } from '#safeguards/accounts';
import { canary } from '../canary.ts';
import type { Claim } from '../claim.ts';
import { nobodysNumber, trulySigned } from '../ringing.ts';

/** How long one may stay open, and what a busy machine may add; milliseconds. */
const openMs = 60_000;
const slackMs = 10_000;

export default {
  fulfils: ['CRY-03'],
  group: 'encryption',
  kind: 'proven',
  say: {
    en: "A carrier's credential is opened when a request needs it, stays open in memory for a minute at most, and each opening stands in the audit log.",
    es: 'La credencial de un operador se abre cuando una petición la necesita, queda abierta en memoria un minuto como mucho y cada apertura consta en el registro de auditoría.',
    pt: 'A credencial de uma operadora é aberta quando uma requisição precisa dela, fica aberta na memória por um minuto no máximo e cada abertura consta no registro de auditoria.',
    hi: 'वाहक का क्रेडेंशियल तब खुलता है जब किसी अनुरोध को चाहिए, अधिकतम एक मिनट मेमोरी में खुला रहता है, और हर बार खुलना ऑडिट लॉग में दर्ज होता है।',
  },
  how: {
    en: 'The check rings with a true signature of an account that no call can reach. Whoever can tell that it is true has the credential open: so there must be an entry of the audit log that opened it, and it must be no older than a minute.',
    es: 'La comprobación llama con una firma verdadera de una cuenta a la que ninguna llamada llega. Quien puede decir que es verdadera tiene abierta la credencial: por eso debe haber una entrada en el registro de auditoría que la abrió, de hace un minuto como mucho.',
    pt: 'A verificação liga com uma assinatura verdadeira de uma conta a que nenhuma chamada chega. Quem consegue dizer que é verdadeira tem a credencial aberta: por isso deve haver uma entrada no registro de auditoria que a abriu, de no máximo um minuto atrás.',
    hi: 'जाँच ऐसे खाते के सच्चे हस्ताक्षर से कॉल करती है जिस तक कोई कॉल नहीं पहुँचती। जो बता सके कि वह सच्चा है, उसके पास क्रेडेंशियल खुला है: इसलिए ऑडिट लॉग में उसे खोलने की प्रविष्टि होनी चाहिए, और वह एक मिनट से पुरानी नहीं होनी चाहिए।',
  },
  yourself: {
    en: 'Ring one of your lines twice within a minute and look into the audit log: one opening. Ring again two minutes later: another one.',
    es: 'Llame dos veces en un minuto a una de sus líneas y mire el registro de auditoría: una apertura. Llame de nuevo dos minutos después: otra.',
    pt: 'Ligue duas vezes em um minuto para uma das suas linhas e olhe o registro de auditoria: uma abertura. Ligue de novo dois minutos depois: outra.',
    hi: 'एक मिनट में अपनी किसी लाइन पर दो बार कॉल करें और ऑडिट लॉग देखें: एक बार खुला। दो मिनट बाद फिर कॉल करें: दूसरी बार।',
  },
  kept: [openCredentials, carrierAccount],
  every: 60 * 60_000,
  async probe(reach) {
    const { request } = trulySigned(reach, 'a truly signed ring', nobodysNumber(reach));
    const { status } = await reach.self(request);
    // The signature was found true, and the number nobody's.
    if (status !== 404) {
      return { checked: 1, faults: [{ what: `a truly signed ring was answered ${status}`, where: request.path }] };
    }
    const since = iso(reach.clock.now() - openMs - slackMs);
    const { openings } = await reach.look.one<{ openings: number }>(sql`
      select count(*) as openings from app.audit_entries e
      join app.carrier_accounts a on a.organisation_id = e.organisation_id and a.account_sid = ${reach.canary.accountSid}
      where e.organisation_id = ${canary} and e.action = 'credential.opened' and e.at > ${since}
        and convert_from(e.leaf, 'UTF8')::jsonb ->> 'object' = 'credential:' || a.id`);
    const fault = { what: 'a credential was used that nothing opened within a minute', where: 'app.audit_entries' };
    return { checked: 1, faults: openings > 0 ? [] : [fault] };
  },
  counterexample: {
    kind: 'senses',
    // A product that has kept it open since long ago: its entry is two minutes old.
    broken: ({ clock, ...reach }) => ({ ...reach, clock: { ...clock, now: () => clock.now() + 2 * openMs } }),
  },
} satisfies Claim;
