import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'Counts of a running process',
    es: 'Recuentos de un proceso en marcha',
    pt: 'Contagens de um processo em execução',
    hi: 'चल रही प्रक्रिया की गिनतियाँ',
  },
  subject: 'installation',
  purpose: {
    en: 'To know what was sent to which host, how fast answers are and which vendor is down. Names of vendors and hosts, and numbers.',
    es: 'Saber qué se envió a qué servidor, cuánto tardan las respuestas y qué proveedor está caído. Nombres de proveedores y servidores, y números.',
    pt: 'Saber o que foi enviado a qual host, quão rápidas são as respostas e qual fornecedor está fora do ar. Nomes de fornecedores e hosts, e números.',
    hi: 'यह जानने के लिए कि किस होस्ट को क्या भेजा गया, उत्तर कितने तेज़ हैं और कौन-सा प्रदाता बंद है। प्रदाताओं और होस्ट के नाम, और संख्याएँ।',
  },
  covers: [
    'cache:base/egress-ledger',
    'cache:base/socket-watch',
    'cache:base/telemetry-metrics',
    'cache:safeguards/register/books',
    'cache:safeguards/log/sequencer',
    'cache:safeguards/retention/purger',
    'cache:safeguards/uptime/collector',
    'cache:secretary/calls/breakers',
    'cache:trust/rounds',
  ],
  keeps: {
    by: 'moment',
    until: { en: 'the end of the process', es: 'el fin del proceso', pt: 'o fim do processo', hi: 'प्रक्रिया के अंत' },
  },
  ends: ['memory'],
} satisfies Rule;
