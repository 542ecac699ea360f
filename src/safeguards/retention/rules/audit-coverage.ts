import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'Whether every change has its entry in the audit log',
    es: 'Si cada cambio tiene su anotación en el registro de auditoría',
    pt: 'Se cada alteração tem seu registro no log de auditoria',
    hi: 'क्या हर बदलाव की ऑडिट लॉग में प्रविष्टि है',
  },
  subject: 'installation',
  purpose: {
    en: 'To find changes that were made past the program. Names of tables, ids of transactions, counts for each day.',
    es: 'Encontrar cambios hechos al margen del programa. Nombres de tablas, ids de transacciones, recuentos de cada día.',
    pt: 'Encontrar alterações feitas fora do programa. Nomes de tabelas, ids de transações, contagens de cada dia.',
    hi: 'प्रोग्राम से बाहर किए गए बदलावों का पता लगाना। तालिकाओं के नाम, लेन-देन की आईडी, हर दिन की गिनती।',
  },
  covers: ['app.audit_coverage.*', 'sec.changes.*', 'sec.action_reach.*'],
  keeps: {
    by: 'installation',
    why: {
      en: 'Some rows a day, however much is done; what transactions wrote down goes within a minute, when it is counted.',
      es: 'Algunas filas al día, por mucho que se haga; lo que anotan las transacciones desaparece en un minuto, al contarse.',
      pt: 'Algumas linhas por dia, por mais que se faça; o que as transações anotam some em um minuto, ao ser contado.',
      hi: 'काम कितना भी हो, दिन में केवल कुछ पंक्तियाँ; लेन-देन जो दर्ज करते हैं, वह एक मिनट में गिनकर हटा दिया जाता है।',
    },
  },
  ends: [],
} satisfies Rule;
