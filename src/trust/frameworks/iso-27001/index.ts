import type { Control, Framework } from '../../framework.ts';
import { organisational } from './organisational.ts';
import { peopleAndPlaces } from './people-and-places.ts';
import { technological } from './technological.ts';

const controls: readonly Control[] = [...organisational, ...peopleAndPlaces, ...technological];

export default {
  name: { en: 'ISO 27001, Annex A', es: 'ISO 27001, anexo A', pt: 'ISO 27001, anexo A', hi: 'ISO 27001, अनुलग्नक A' },
  edition: { en: 'ISO/IEC 27001:2022', es: 'ISO/IEC 27001:2022', pt: 'ISO/IEC 27001:2022', hi: 'ISO/IEC 27001:2022' },
  kind: 'report',
  binds: ['operator'],
  applies: {
    en: 'Whoever runs this installation for others and has their management of security examined. What comes of that is about their organisation, never about a program.',
    es: 'Quien opera esta instalación para otros y hace examinar su gestión de la seguridad. Lo que resulte trata de su organización, nunca de un programa.',
    pt: 'Quem opera esta instalação para terceiros e submete sua gestão de segurança a exame. O resultado trata da organização, nunca de um programa.',
    hi: 'जो यह इंस्टॉलेशन दूसरों के लिए चलाता है और अपने सुरक्षा प्रबंधन की जाँच कराता है। उसका परिणाम उस संगठन के बारे में होता है, किसी प्रोग्राम के बारे में कभी नहीं।',
  },
  report: 'iso27001-certificate',
  source: {
    confidence: 'primary',
    say: {
      en: 'Numbers of Annex A as published; the short descriptions are ours. Clauses 4 to 10 of the standard, about management, are not in this list.',
      es: 'Números del anexo A tal como se publicaron; las descripciones breves son nuestras. Las cláusulas 4 a 10 de la norma, sobre gestión, no están en esta lista.',
      pt: 'Números do anexo A como publicados; as descrições curtas são nossas. As cláusulas 4 a 10 da norma, sobre gestão, não estão nesta lista.',
      hi: 'अनुलग्नक A की संख्याएँ प्रकाशित रूप में हैं; संक्षिप्त विवरण हमारे अपने हैं। मानक के प्रबंधन संबंधी खंड 4 से 10 इस सूची में नहीं हैं।',
    },
  },
  controls,
} satisfies Framework;
