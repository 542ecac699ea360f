import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'Keyed hashes of network addresses',
    es: 'Hashes con clave de direcciones de red',
    pt: 'Hashes com chave de endereços de rede',
    hi: 'नेटवर्क पतों के कुंजीबद्ध हैश',
  },
  subject: 'member',
  purpose: {
    en: 'To see in the audit log whether two entries of one day came from one place. The address itself is never stored; the hashes lie in the sealed details of the audit log and compare with nothing once the key of their day is destroyed.',
    es: 'Ver en el registro de auditoría si dos entradas de un día vinieron del mismo lugar. La dirección nunca se guarda; los hashes están en los detalles sellados del registro y no se comparan con nada en cuanto se destruye la clave de su día.',
    pt: 'Ver no registro de auditoria se duas entradas de um dia vieram do mesmo lugar. O endereço em si nunca é guardado; os hashes ficam nos detalhes selados do registro de auditoria e não se comparam com nada depois que a chave do seu dia é destruída.',
    hi: 'ऑडिट लॉग में देखने के लिए कि एक दिन की दो प्रविष्टियाँ एक ही जगह से आईं या नहीं। पता स्वयं कभी नहीं रखा जाता; हैश ऑडिट लॉग के मुहरबंद विवरण में हैं और अपने दिन की कुंजी नष्ट होने पर किसी से नहीं मिलते।',
  },
  covers: ['keys:address'],
  keeps: {
    by: 'law',
    ms: 90 * 86_400_000,
    from: { en: 'the request', es: 'la petición', pt: 'a requisição', hi: 'अनुरोध' },
    source: 'RET-06',
  },
  ends: ['key'],
} satisfies Rule;
