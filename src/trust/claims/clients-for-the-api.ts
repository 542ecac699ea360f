import type { Claim } from '../claim.ts';

export default {
  fulfils: ['OURS-20'],
  group: 'edge',
  kind: 'roadmap',
  say: {
    en: 'Beside the described API there are a typed client, an MCP server and an import of assistants from elsewhere.',
    es: 'Junto a la API descrita hay un cliente tipado, un servidor MCP y una importación de asistentes de otros sitios.',
    pt: 'Ao lado da API descrita há um cliente tipado, um servidor MCP e uma importação de assistentes de outros lugares.',
    hi: 'वर्णित API के साथ टाइप किया क्लाइंट, MCP सर्वर और अन्य जगहों के सहायकों का आयात है।',
  },
  missing: {
    en: 'The API is described in OpenAPI and the program has a command line. Client, MCP server and import are missing.',
    es: 'La API está descrita en OpenAPI y el programa tiene línea de órdenes. Faltan el cliente, el servidor MCP y la importación.',
    pt: 'A API é descrita em OpenAPI e o programa tem linha de comando. Faltam o cliente, o servidor MCP e a importação.',
    hi: 'API का वर्णन OpenAPI में है और प्रोग्राम की कमांड लाइन है। क्लाइंट, MCP सर्वर और आयात अभी नहीं हैं।',
  },
} satisfies Claim;
