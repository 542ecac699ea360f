import type { Claim } from '../claim.ts';

export default {
  fulfils: ['BIL-03'],
  group: 'audit',
  kind: 'roadmap',
  say: {
    en: 'Plans, prices, trials and receipts stand in one place, and each change of a price is recorded.',
    es: 'Planes, precios, pruebas y recibos están en un solo lugar, y cada cambio de precio queda registrado.',
    pt: 'Planos, preços, testes e recibos ficam em um só lugar, e cada mudança de preço é registrada.',
    hi: 'योजनाएँ, मूल्य, परीक्षण अवधि और रसीदें एक स्थान पर हैं, और मूल्य का हर बदलाव दर्ज होता है।',
  },
} satisfies Claim;
