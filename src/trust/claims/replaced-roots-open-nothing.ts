import { rotateOrganisationKey, rotateRootKey } from '#safeguards/vault';
import type { Claim, Fault } from '../claim.ts';

const day = 24 * 60 * 60_000;

export default {
  fulfils: ['CRY-08'],
  group: 'encryption',
  kind: 'proven',
  say: {
    en: 'The root key, and the key of each organisation, can be replaced while calls go on; a root key that was replaced opens nothing of the keystore any more.',
    es: 'La clave raíz, y la clave de cada organización, se pueden sustituir mientras siguen las llamadas; una clave raíz sustituida ya no abre nada del almacén de claves.',
    pt: 'A chave raiz, e a chave de cada organização, podem ser trocadas enquanto as chamadas seguem; uma chave raiz que foi trocada não abre mais nada do cofre.',
    hi: 'मूल कुंजी और हर संगठन की कुंजी कॉल चलते हुए बदली जा सकती हैं; बदली हुई मूल कुंजी कुंजी-भंडार का कुछ भी नहीं खोलती।',
  },
  how: {
    en: 'A new root is laid out beside the old one, the keys of organisations are wrapped again one after the other, and then the rows change their states in one write; wherever that is broken off, the next start finishes it. The check reads of the keystore, which shows no key, that exactly one root is in use, that no key of an organisation is wrapped by one that was replaced, and that no replacement has been left unfinished for a day. It does not see copies of the keystore from before, which the old root still opens.',
    es: 'Se prepara una raíz nueva junto a la anterior, las claves de las organizaciones se envuelven de nuevo una tras otra, y luego las filas cambian de estado en una sola escritura; si se interrumpe, el arranque siguiente lo termina. La comprobación lee en el almacén de claves, que no muestra ninguna, que hay exactamente una raíz en uso, que ninguna clave de organización está envuelta por una sustituida y que ninguna sustitución lleva un día sin terminar. No ve copias anteriores del almacén, que la raíz antigua aún abre.',
    pt: 'Uma nova raiz é disposta ao lado da antiga, as chaves das organizações são embrulhadas de novo uma a uma, e então as linhas mudam de estado em uma só escrita; onde quer que isso se interrompa, o próximo início o termina. A verificação lê do cofre, que não mostra nenhuma chave, que exatamente uma raiz está em uso, que nenhuma chave de organização está embrulhada por uma que foi trocada e que nenhuma troca ficou inacabada por um dia. Ela não vê cópias do cofre de antes, que a raiz antiga ainda abre.',
    hi: 'नई मूल कुंजी पुरानी के पास रखी जाती है, संगठनों की कुंजियाँ एक-एक कर फिर लपेटी जाती हैं, और फिर पंक्तियाँ एक ही लेखन में अपनी स्थिति बदलती हैं; जहाँ भी यह टूटे, अगला आरंभ उसे पूरा करता है। जाँच कुंजी-भंडार से, जो कोई कुंजी नहीं दिखाता, पढ़ती है कि ठीक एक मूल कुंजी उपयोग में है, किसी संगठन की कुंजी बदली हुई से लिपटी नहीं, और कोई बदलाव एक दिन से अधूरा नहीं। कुंजी-भंडार की पहले की प्रतियाँ वह नहीं देखती, जिन्हें पुरानी मूल कुंजी अब भी खोलती है।',
  },
  yourself: {
    en: 'Keep a copy of keys/root.key, run ./sotto keys rotate, and start with the copy: it is refused as the one that was replaced.',
    es: 'Guarde una copia de keys/root.key, ejecute ./sotto keys rotate y arranque con la copia: se rechaza por ser la sustituida.',
    pt: 'Guarde uma cópia de keys/root.key, execute ./sotto keys rotate e inicie com a cópia: ela é recusada como a que foi trocada.',
    hi: 'keys/root.key की प्रति रखें, ./sotto keys rotate चलाएँ और उस प्रति से शुरू करें: वह बदली हुई के रूप में अस्वीकार होती है।',
  },
  kept: [rotateRootKey, rotateOrganisationKey],
  every: day / 24,
  async probe({ keystore, clock }) {
    const { active, stagedAt, wrapped, strays, replaced } = await keystore.roots();
    const where = 'keystore:roots';
    const faults: Fault[] = [];
    if (active !== 1) faults.push({ what: `${active} root keys are in use`, where });
    if (strays > 0) faults.push({ what: `${strays} keys are wrapped by a root that was replaced`, where });
    if (stagedAt !== undefined && stagedAt < clock.now() - day) {
      faults.push({ what: 'a replacement of the root key was left unfinished', where });
    }
    return { checked: wrapped + replaced + strays, faults };
  },
  counterexample: {
    kind: 'senses',
    // A keystore that forgot one organisation when the root was replaced.
    broken: (reach) => ({
      ...reach,
      keystore: {
        ...reach.keystore,
        roots: async () => ({ ...(await reach.keystore.roots()), replaced: 1, strays: 1 }),
      },
    }),
  },
} satisfies Claim;
