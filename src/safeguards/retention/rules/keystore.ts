import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'The keystore and the root key',
    es: 'El almacén de claves y la clave raíz',
    pt: 'O cofre de chaves e a chave raiz',
    hi: 'कुंजी-भंडार और मूल कुंजी',
  },
  subject: 'installation',
  purpose: {
    en: 'To open what is sealed. A key is in it as long as what it opens may be read; the file itself holds nothing else, and is overwritten where a key was.',
    es: 'Abrir lo que está sellado. Una clave está en él mientras se pueda leer lo que abre; el archivo no contiene nada más, y se sobrescribe donde había una clave.',
    pt: 'Abrir o que está selado. Uma chave fica nele enquanto o que ela abre pode ser lido; o arquivo em si não contém mais nada e é sobrescrito onde havia uma chave.',
    hi: 'मुहरबंद को खोलने के लिए। कुंजी उसमें तब तक है जब तक उससे खुलने वाला पढ़ा जा सकता है; फ़ाइल में और कुछ नहीं, और जहाँ कुंजी थी वहाँ ऊपर से लिखा जाता है।',
  },
  covers: ['file:keys'],
  keeps: {
    by: 'installation',
    why: {
      en: 'The file stays; each key in it ends with what it opens.',
      es: 'El archivo queda; cada clave en él termina con lo que abre.',
      pt: 'O arquivo fica; cada chave nele termina com o que ela abre.',
      hi: 'फ़ाइल रहती है; उसकी हर कुंजी उसके साथ समाप्त होती है जिसे वह खोलती है।',
    },
  },
  ends: [],
} satisfies Rule;
