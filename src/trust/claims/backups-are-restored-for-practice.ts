import type { Claim } from '../claim.ts';

export default {
  fulfils: ['RES-02'],
  group: 'keeping',
  kind: 'roadmap',
  say: {
    en: 'Backups are made by themselves, up to any moment, and restoring them is practised.',
    es: 'Las copias de seguridad se hacen solas, hasta cualquier instante, y su restauración se practica.',
    pt: 'Os backups são feitos sozinhos, até qualquer instante, e a restauração é praticada.',
    hi: 'बैकअप अपने आप बनते हैं, किसी भी क्षण तक के, और उन्हें लौटाने का अभ्यास होता है।',
  },
} satisfies Claim;
