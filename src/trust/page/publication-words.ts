import type { Needed } from '#safeguards/profiles';
import type { Language } from '../claim.ts';

/** `installation`: what it promises is nobody's word while the installation has no page of its own. */
export type Missing = Needed | 'installation';

type Words = {
  readonly draft: string;
  readonly missing: string;
  readonly fields: { readonly [M in Missing]: string };
  readonly settings: string;
  readonly notYet: string;
  readonly notYetWhy: string;
};

/** What stands above a draft, and instead of it for strangers. */
export const publicationWords: { readonly [L in Language]: Words } = {
  en: {
    draft: 'Not published.',
    missing: 'Strangers do not see this page. Still missing:',
    fields: {
      legalName: 'the legal name',
      privacyContact: 'a contact for privacy',
      supportContact: 'a contact for support',
      securityContact: 'a contact for security',
      slug: 'an address for the page',
      installation: 'the page of the installation itself',
    },
    settings: 'Settings of your business',
    notYet: 'This trust page is not published yet',
    notYetWhy:
      'Whoever runs this has not said yet who they are and whom to write to. Until then nothing is claimed here.',
  },
  es: {
    draft: 'Sin publicar.',
    missing: 'Los extraños no ven esta página. Aún falta:',
    fields: {
      legalName: 'la razón social',
      privacyContact: 'un contacto de privacidad',
      supportContact: 'un contacto de atención',
      securityContact: 'un contacto de seguridad',
      slug: 'una dirección para la página',
      installation: 'la página de la propia instalación',
    },
    settings: 'Ajustes de su negocio',
    notYet: 'Esta página de confianza aún no está publicada',
    notYetWhy:
      'Quien opera este servicio aún no ha dicho quién es ni a quién escribir. Hasta entonces aquí no se afirma nada.',
  },
  pt: {
    draft: 'Não publicada.',
    missing: 'Estranhos não veem esta página. Ainda falta:',
    fields: {
      legalName: 'a razão social',
      privacyContact: 'um contato de privacidade',
      supportContact: 'um contato de atendimento',
      securityContact: 'um contato de segurança',
      slug: 'um endereço para a página',
      installation: 'a página da própria instalação',
    },
    settings: 'Configurações da sua empresa',
    notYet: 'Esta página de confiança ainda não foi publicada',
    notYetWhy: 'Quem opera este serviço ainda não informou quem é nem a quem escrever. Até lá, nada é afirmado aqui.',
  },
  hi: {
    draft: 'अप्रकाशित।',
    missing: 'बाहरी लोगों को यह पृष्ठ नहीं दिखता। अभी बाकी है:',
    fields: {
      legalName: 'कानूनी नाम',
      privacyContact: 'निजता के लिए संपर्क',
      supportContact: 'सहायता के लिए संपर्क',
      securityContact: 'सुरक्षा के लिए संपर्क',
      slug: 'पृष्ठ का पता',
      installation: 'इंस्टॉलेशन का अपना पृष्ठ',
    },
    settings: 'आपके व्यवसाय की सेटिंग्स',
    notYet: 'यह विश्वास पृष्ठ अभी प्रकाशित नहीं हुआ है',
    notYetWhy: 'संचालक ने अभी तक यह नहीं बताया कि वे कौन हैं और किसे लिखा जाए। तब तक यहाँ कोई दावा नहीं किया जाता।',
  },
};
