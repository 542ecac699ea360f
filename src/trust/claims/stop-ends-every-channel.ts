import type { Claim } from '../claim.ts';

export default {
  fulfils: ['MSG-03'],
  group: 'calls',
  kind: 'roadmap',
  say: {
    en: 'Whoever writes STOP, in any form that carriers honour, is contacted on no channel any more.',
    es: 'A quien escribe STOP, en cualquier forma que acepten los operadores, no se le contacta más por ningún canal.',
    pt: 'Quem escreve STOP, em qualquer forma que as operadoras aceitem, não é mais contatado por nenhum canal.',
    hi: 'जो STOP लिखता है, वाहकों द्वारा मानी जाने वाली किसी भी रूप में, उससे फिर किसी माध्यम से संपर्क नहीं किया जाता।',
  },
  missing: {
    en: 'Whoever says in a call that they want no calls is put on the list of those who must not be contacted. There are no text messages yet, and nothing goes out that the list could stop.',
    es: 'Quien dice en una llamada que no quiere llamadas entra en la lista de quienes no deben ser contactados. Aún no hay mensajes de texto, ni nada que salga y que la lista pueda detener.',
    pt: 'Quem diz em uma chamada que não quer chamadas entra na lista de quem não deve ser contatado. Ainda não há mensagens de texto, nem nada que saia e que a lista possa barrar.',
    hi: 'जो कॉल में कहता है कि उसे कॉल नहीं चाहिए, वह संपर्क न करने की सूची में आ जाता है। टेक्स्ट संदेश अभी नहीं हैं, और ऐसा कुछ बाहर नहीं जाता जिसे सूची रोके।',
  },
} satisfies Claim;
