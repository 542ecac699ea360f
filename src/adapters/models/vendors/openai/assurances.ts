import type { Baa, Certification } from '#base';

const security = 'https://openai.com/security-and-privacy/';

/** Widely said, and not read at OpenAI itself: the page of its help centre could not be opened. */
export const openaiBaa: Baa = {
  offered: 'yes',
  when: {
    en: 'For the API, on request and case by case; said to cover what runs with zero data retention alone',
    es: 'Para la API, a petición y caso por caso; se dice que cubre solo lo que funciona con retención cero',
    pt: 'Para a API, mediante pedido e caso a caso; diz-se que cobre apenas o que funciona com retenção zero',
    hi: 'API के लिए, अनुरोध पर और हर मामले में अलग से; कहा जाता है कि यह केवल शून्य प्रतिधारण वाले उपयोग पर लागू है',
  },
  source: security,
  verified: false,
};

/** In OpenAI's own words there (read in November 2026); reports are shown to customers at trust.openai.com alone. */
export const openaiCertifications: readonly Certification[] = [
  { name: 'SOC 2 Type 2 (security, confidentiality)', by: 'OpenAI', source: security, verified: true },
  { name: 'CSA STAR Level 1 (its own assessment)', by: 'OpenAI', source: security, verified: true },
  { name: 'ISO/IEC 27001:2022', by: 'OpenAI', source: 'https://trust.openai.com', verified: false },
];
