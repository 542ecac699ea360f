import type { Language, Sentence } from './claim.ts';

/**
 * What a check reports that is not about one thing it found. Kept and signed in English, as all that is reported, and
 * shown to each reader in their language.
 */
export const remarks = {
  'nothing-broken': {
    en: 'Nothing broken was found.',
    es: 'No se encontró nada roto.',
    pt: 'Nada quebrado foi encontrado.',
    hi: 'कुछ टूटा नहीं मिला।',
  },
  'deadlines-kept': {
    en: 'Every deadline was kept.',
    es: 'Se respetaron todos los plazos.',
    pt: 'Todos os prazos foram respeitados.',
    hi: 'हर समय-सीमा निभाई गई।',
  },
  'never-seen-failing': {
    en: 'Nothing broken was found, but this check was never seen failing on this installation.',
    es: 'No se encontró nada roto, pero esta comprobación nunca se vio fallar en esta instalación.',
    pt: 'Nada quebrado foi encontrado, mas esta verificação nunca foi vista falhando nesta instalação.',
    hi: 'कुछ टूटा नहीं मिला, पर यह जाँच इस इंस्टॉलेशन पर कभी विफल होते नहीं देखी गई।',
  },
  'check-does-not-work': {
    en: 'This check does not work: it did not notice its own counterexample.',
    es: 'Esta comprobación no funciona: no notó su propio contraejemplo.',
    pt: 'Esta verificação não funciona: não notou o próprio contraexemplo.',
    hi: 'यह जाँच काम नहीं करती: इसने अपने ही प्रति-उदाहरण को नहीं पकड़ा।',
  },
  'not-looked-yet': {
    en: 'Not looked at yet.',
    es: 'Aún no se ha mirado.',
    pt: 'Ainda não se olhou.',
    hi: 'अभी तक नहीं देखा गया।',
  },
  'too-old': {
    en: 'The last look is older than two intervals, so it counts no more.',
    es: 'La última mirada tiene más de dos intervalos, así que ya no cuenta.',
    pt: 'A última verificação tem mais de dois intervalos, então já não conta.',
    hi: 'पिछली जाँच दो अंतरालों से पुरानी है, इसलिए अब नहीं गिनी जाती।',
  },
  'not-made-here': {
    en: 'What lies here as a look was not written by this program, or was changed since, so it counts for nothing.',
    es: 'Lo que hay aquí como mirada no lo escribió este programa, o se cambió después, así que no cuenta.',
    pt: 'O que há aqui como verificação não foi escrito por este programa, ou foi alterado depois, então não conta.',
    hi: 'जाँच के रूप में जो यहाँ रखा है, वह इस प्रोग्राम ने नहीं लिखा या बाद में बदला गया, इसलिए नहीं गिना जाता।',
  },
  'page-unreadable': {
    en: 'The page could not be read.',
    es: 'No se pudo leer la página.',
    pt: 'A página não pôde ser lida.',
    hi: 'पृष्ठ पढ़ा नहीं जा सका।',
  },
  'nothing-yet': {
    en: 'There was nothing to check yet.',
    es: 'Aún no había nada que comprobar.',
    pt: 'Ainda não havia nada a verificar.',
    hi: 'अभी जाँचने को कुछ नहीं था।',
  },
  'no-clock': {
    en: 'No clock has run yet.',
    es: 'Aún no ha corrido ningún plazo.',
    pt: 'Nenhum prazo correu ainda.',
    hi: 'अभी तक कोई समय-सीमा नहीं चली।',
  },
  'nothing-handed-over': {
    en: 'No call has been forgotten after a hand-over.',
    es: 'Ninguna llamada se ha olvidado tras una entrega.',
    pt: 'Nenhuma ligação foi esquecida após uma entrega.',
    hi: 'हस्तांतरण के बाद कोई कॉल अब तक नहीं भुलाई गई।',
  },
  'nothing-old': {
    en: 'Nothing has been here longer than it is kept.',
    es: 'Nada lleva aquí más tiempo del que se guarda.',
    pt: 'Nada está aqui há mais tempo do que é guardado.',
    hi: 'कुछ भी रखे जाने की अवधि से अधिक समय से यहाँ नहीं है।',
  },
  'no-report': {
    en: 'No report of a weakness has come in the last 90 days.',
    es: 'En los últimos 90 días no ha llegado ningún aviso de vulnerabilidad.',
    pt: 'Nos últimos 90 dias não chegou nenhum relato de fraqueza.',
    hi: 'पिछले 90 दिनों में किसी कमज़ोरी की रिपोर्ट नहीं आई।',
  },
  'not-measured': {
    en: 'Nothing was measured yet.',
    es: 'Aún no se ha medido nada.',
    pt: 'Nada foi medido ainda.',
    hi: 'अभी कुछ मापा नहीं गया।',
  },
  'no-other-provider': {
    en: 'Nobody can sign in with another provider here: none is set up.',
    es: 'Aquí nadie puede entrar con otro proveedor: no hay ninguno configurado.',
    pt: 'Aqui ninguém pode entrar por outro provedor: nenhum está configurado.',
    hi: 'यहाँ किसी अन्य प्रदाता से साइन इन नहीं हो सकता: कोई स्थापित नहीं है।',
  },
  'no-key-by-age': {
    en: 'No key has an end by its age yet.',
    es: 'Ninguna clave acaba aún por su edad.',
    pt: 'Nenhuma chave acaba ainda por idade.',
    hi: 'अभी किसी कुंजी का अंत उसकी आयु से तय नहीं है।',
  },
  'loopback': {
    en: 'Only this machine can reach the installation: its public address is http on loopback.',
    es: 'Solo esta máquina llega a la instalación: su dirección pública es http en la propia máquina.',
    pt: 'Só esta máquina alcança a instalação: o endereço público dela é http na própria máquina.',
    hi: 'केवल यही मशीन इंस्टॉलेशन तक पहुँच सकती है: उसका सार्वजनिक पता इसी मशीन पर http है।',
  },
  'no-live-audio': {
    en: 'No process takes live audio now, so no socket for it is offered.',
    es: 'Ahora ningún proceso recibe audio en vivo, así que no se ofrece conexión para él.',
    pt: 'Agora nenhum processo recebe áudio ao vivo, então nenhuma conexão é oferecida para ele.',
    hi: 'अभी कोई प्रक्रिया सीधी आवाज़ नहीं लेती, इसलिए उसके लिए कोई कनेक्शन नहीं दिया जाता।',
  },
  'no-erasure': {
    en: 'Nobody has asked to have anything erased.',
    es: 'Nadie ha pedido borrar nada.',
    pt: 'Ninguém pediu para apagar nada.',
    hi: 'किसी ने कुछ मिटाने को नहीं कहा।',
  },
  'too-young': {
    en: 'The installation is younger than an hour.',
    es: 'La instalación tiene menos de una hora.',
    pt: 'A instalação tem menos de uma hora.',
    hi: 'इंस्टॉलेशन एक घंटे से भी नया है।',
  },
  'nothing-left': {
    en: 'Nobody outside is switched on, and nothing has left.',
    es: 'Nadie de fuera está activado, y nada ha salido.',
    pt: 'Ninguém de fora está ativado, e nada saiu.',
    hi: 'बाहर का कोई चालू नहीं है, और कुछ बाहर नहीं गया।',
  },
  'no-hosting': {
    en: 'The operator has not declared who runs the machines.',
    es: 'El operador no ha declarado quién gestiona las máquinas.',
    pt: 'Quem opera não declarou quem cuida das máquinas.',
    hi: 'संचालक ने यह घोषित नहीं किया है कि मशीनें कौन चलाता है।',
  },
  'no-call-outside': {
    en: 'No call at a carrier that holds anything has ended here yet.',
    es: 'Aún no ha terminado aquí ninguna llamada de una operadora que guarde algo.',
    pt: 'Ainda não terminou aqui nenhuma ligação de uma operadora que guarde algo.',
    hi: 'कुछ रखने वाले किसी ऑपरेटर की कोई कॉल यहाँ अभी समाप्त नहीं हुई।',
  },
  'no-hold': {
    en: 'Nothing is under a legal hold.',
    es: 'Nada está bajo retención legal.',
    pt: 'Nada está sob retenção legal.',
    hi: 'कुछ भी क़ानूनी रोक में नहीं है।',
  },
  'nothing-signed': {
    en: 'Nothing was signed here yet.',
    es: 'Aquí aún no se ha firmado nada.',
    pt: 'Nada foi assinado aqui ainda.',
    hi: 'यहाँ अभी कुछ हस्ताक्षरित नहीं हुआ।',
  },
  'no-mail': {
    en: 'No mail has been written here.',
    es: 'Aquí no se ha escrito ningún correo.',
    pt: 'Nenhum e-mail foi escrito aqui.',
    hi: 'यहाँ कोई मेल नहीं लिखा गया।',
  },
  'nobody-spoke': {
    en: 'Nobody has said anything yet.',
    es: 'Nadie ha dicho nada todavía.',
    pt: 'Ninguém disse nada ainda.',
    hi: 'अभी तक किसी ने कुछ नहीं कहा।',
  },
  'nothing-switched-on': {
    en: 'No company has been switched on for everybody since the register began.',
    es: 'Desde que empezó el registro no se ha activado ninguna empresa para todos.',
    pt: 'Desde que o registro começou, nenhuma empresa foi ativada para todos.',
    hi: 'रजिस्टर शुरू होने के बाद से सबके लिए कोई कंपनी चालू नहीं की गई।',
  },
  'log-not-signed': {
    en: 'Nothing of that log was signed yet.',
    es: 'De ese registro aún no se ha firmado nada.',
    pt: 'Nada desse registro foi assinado ainda.',
    hi: 'उस लॉग में अभी कुछ हस्ताक्षरित नहीं हुआ।',
  },
  'nobody-closed': {
    en: 'Nobody has closed an account here.',
    es: 'Aquí nadie ha cerrado una cuenta.',
    pt: 'Ninguém encerrou uma conta aqui.',
    hi: 'यहाँ किसी ने खाता बंद नहीं किया।',
  },
  'canary-silent': {
    en: 'The canary has not rung in the last 24 hours.',
    es: 'El canario no ha llamado en las últimas 24 horas.',
    pt: 'O canário não ligou nas últimas 24 horas.',
    hi: 'जाँच का कॉल पिछले 24 घंटों में नहीं हुआ।',
  },
  'canary-soon': {
    en: 'The canary has not rung yet; it does within the hour.',
    es: 'El canario aún no ha llamado; lo hará en menos de una hora.',
    pt: 'O canário ainda não ligou; vai ligar dentro de uma hora.',
    hi: 'जाँच का कॉल अभी नहीं हुआ; एक घंटे के भीतर होगा।',
  },
  'canary-not-over': {
    en: 'The canary has rung, and the time of its call is not over yet.',
    es: 'El canario ha llamado, y el plazo de su llamada aún no ha acabado.',
    pt: 'O canário ligou, e o prazo da ligação dele ainda não acabou.',
    hi: 'जाँच का कॉल हुआ, और उसका समय अभी पूरा नहीं हुआ।',
  },
  'canary-no-end': {
    en: 'No call of the canary of the last 24 hours came to its end.',
    es: 'Ninguna llamada del canario de las últimas 24 horas llegó a su fin.',
    pt: 'Nenhuma ligação do canário das últimas 24 horas chegou ao fim.',
    hi: 'पिछले 24 घंटों का जाँच का कोई कॉल अपने अंत तक नहीं पहुँचा।',
  },
  'not-reachable': {
    en: 'The public address cannot be reached from this machine, so its TLS was not seen.',
    es: 'Desde esta máquina no se llega a la dirección pública, así que no se vio su TLS.',
    pt: 'O endereço público não é alcançado desta máquina, então o TLS dele não foi visto.',
    hi: 'इस मशीन से सार्वजनिक पते तक नहीं पहुँचा जा सकता, इसलिए उसका TLS नहीं देखा गया।',
  },
  'no-security-contact': {
    en: 'The operator has not published a security contact.',
    es: 'El operador no ha publicado un contacto de seguridad.',
    pt: 'Quem opera não publicou um contato de segurança.',
    hi: 'संचालक ने सुरक्षा का कोई संपर्क प्रकाशित नहीं किया है।',
  },
  'no-number': {
    en: 'No number has been published yet: too little has happened, or nobody may see the pages.',
    es: 'Aún no se ha publicado ninguna cifra: ha ocurrido demasiado poco, o nadie puede ver las páginas.',
    pt: 'Nenhum número foi publicado ainda: aconteceu pouco demais, ou ninguém pode ver as páginas.',
    hi: 'अभी कोई आँकड़ा प्रकाशित नहीं हुआ: बहुत कम हुआ है, या पृष्ठ कोई देख नहीं सकता।',
  },
  'no-witness': {
    en: 'Nobody has named a witness.',
    es: 'Nadie ha nombrado un testigo.',
    pt: 'Ninguém nomeou uma testemunha.',
    hi: 'किसी ने कोई साक्षी नामित नहीं किया है।',
  },
  'nothing-erased': {
    en: 'No account has been erased here.',
    es: 'Aquí no se ha borrado ninguna cuenta.',
    pt: 'Nenhuma conta foi apagada aqui.',
    hi: 'यहाँ कोई खाता मिटाया नहीं गया।',
  },
} as const satisfies Readonly<Record<string, Sentence>>;

export type RemarkId = keyof typeof remarks;

/** What was reported in another language; undefined for what stands in no list, such as a thing that was found. */
export function remarkIn(why: string, language: Language): string | undefined {
  return Object.values(remarks).find(({ en }) => en === why)?.[language];
}
