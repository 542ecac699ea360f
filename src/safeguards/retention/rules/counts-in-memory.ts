import type { Rule } from '../rule.ts';

export default {
  say: { en: 'Counts of a running process', es: 'Recuentos de un proceso en marcha' },
  subject: 'installation',
  purpose: {
    en: 'To know what was sent to which host, how fast answers are and which vendor is down. Names of vendors and hosts, and numbers.',
    es: 'Saber qué se envió a qué servidor, cuánto tardan las respuestas y qué proveedor está caído. Nombres de proveedores y servidores, y números.',
  },
  covers: [
    'cache:base/egress-ledger',
    'cache:base/socket-watch',
    'cache:base/telemetry-metrics',
    'cache:safeguards/retention/purger',
    'cache:secretary/calls/breakers',
    'cache:trust/schedule',
  ],
  keeps: { by: 'moment', until: { en: 'the end of the process', es: 'el fin del proceso' } },
  ends: ['memory'],
} satisfies Rule;
