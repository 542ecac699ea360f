import type { Acknowledgement } from '#safeguards/profiles';
import type { Language } from '../claim.ts';

type Words = {
  readonly title: string;
  readonly legalName: string;
  readonly address: string;
  readonly privacyContact: string;
  readonly supportContact: string;
  readonly securityContact: string;
  readonly acknowledgement: string;
  readonly within: { readonly [A in Acknowledgement]: string };
  readonly notice: string;
  readonly days: (count: number) => string;
};

/** Who stands behind a page, and whom to write to. */
export const contactWords: { readonly [L in Language]: Words } = {
  en: {
    title: 'Who is responsible',
    legalName: 'Legal name',
    address: 'Address',
    privacyContact: 'Privacy',
    supportContact: 'Support',
    securityContact: 'Security',
    acknowledgement: 'Reports of weaknesses are acknowledged',
    within: { 'hours-24': 'within 24 hours', 'hours-48': 'within 48 hours', 'business-day': 'within one business day' },
    notice: 'New processors are announced',
    days: (count) => `${count} days before they get data`,
  },
  es: {
    title: 'Quién es responsable',
    legalName: 'Razón social',
    address: 'Domicilio',
    privacyContact: 'Privacidad',
    supportContact: 'Atención',
    securityContact: 'Seguridad',
    acknowledgement: 'Los avisos de fallos de seguridad se acusan',
    within: { 'hours-24': 'en 24 horas', 'hours-48': 'en 48 horas', 'business-day': 'en un día hábil' },
    notice: 'Los nuevos encargados se anuncian',
    days: (count) => `${count} días antes de que reciban datos`,
  },
  pt: {
    title: 'Quem é responsável',
    legalName: 'Razão social',
    address: 'Endereço',
    privacyContact: 'Privacidade',
    supportContact: 'Atendimento',
    securityContact: 'Segurança',
    acknowledgement: 'Relatos de falhas de segurança são confirmados',
    within: { 'hours-24': 'em até 24 horas', 'hours-48': 'em até 48 horas', 'business-day': 'em até um dia útil' },
    notice: 'Novos operadores são anunciados',
    days: (count) => `${count} dias antes de receberem dados`,
  },
  hi: {
    title: 'कौन ज़िम्मेदार है',
    legalName: 'कानूनी नाम',
    address: 'पता',
    privacyContact: 'निजता',
    supportContact: 'सहायता',
    securityContact: 'सुरक्षा',
    acknowledgement: 'कमज़ोरियों की सूचना की पावती',
    within: { 'hours-24': '24 घंटे के भीतर', 'hours-48': '48 घंटे के भीतर', 'business-day': 'एक कार्यदिवस के भीतर' },
    notice: 'नए प्रोसेसरों की सूचना',
    days: (count) => `उन्हें डेटा मिलने से ${count} दिन पहले`,
  },
};
