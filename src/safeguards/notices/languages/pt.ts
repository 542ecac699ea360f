import type { Language } from '../language.ts';
import type { FactorChange } from '../notice.ts';

/** So many promises are named in one mail. */
const mostNamed = 20;

export default {
  letters: {
    'sign-in-link': ({ minutes }) => ({
      subject: 'Seu link de acesso',
      before: [`Com este link você entra no Sotto. Ele serve uma única vez, durante ${count(minutes, 'minuto')}.`],
      link: 'Entrar',
      after: ['Se você não o pediu, não faça nada: sem o link ninguém entra. Não o compartilhe.'],
    }),
    'sign-up-link': ({ minutes }) => ({
      subject: 'Confirme seu endereço',
      before: [
        'Alguém quer abrir uma conta no Sotto com este endereço.',
        `Se foi você, confirme em até ${count(minutes, 'minuto')}.`,
      ],
      link: 'Confirmar e continuar',
      after: ['Se não foi você, não faça nada: sem este link nenhuma conta é criada.'],
    }),
    'account-exists': () => ({
      subject: 'Você já tem uma conta',
      before: [
        'Alguém quis abrir uma conta no Sotto com este endereço. Já existe uma, então nada foi alterado.',
        'Se foi você, entre nela; se perdeu a senha, peça lá um link de acesso.',
        'Se não foi você, não há nada a fazer.',
      ],
    }),
    'locked': ({ minutes }) => ({
      subject: 'Seu acesso está bloqueado por enquanto',
      before: [
        `Houve tentativas demais, sem sucesso, de entrar na sua conta; por isso senhas e códigos são recusados durante ${count(minutes, 'minuto')}. Uma chave de acesso continua funcionando.`,
        'Se não foi você, alguém está tentando adivinhar: escolha outra senha e adicione uma chave de acesso ou um aplicativo autenticador.',
      ],
    }),
    'password-changed': () => ({
      subject: 'Sua senha foi alterada',
      before: [
        'A senha da sua conta foi alterada e todas as outras sessões foram encerradas.',
        'Se não foi você, peça logo um link de acesso, escolha outra senha e reveja seus métodos de acesso.',
      ],
    }),
    'factor-changed': ({ what }) => ({
      subject: 'Seus métodos de acesso foram alterados',
      before: [
        factors[what],
        'Se não foi você, entre logo, desfaça a alteração, escolha outra senha e encerre todas as outras sessões.',
      ],
    }),
    'invitation': ({ organisation, by, days }) => ({
      subject: 'Um convite para o Sotto',
      before: [
        `${by} convida você a trabalhar com “${organisation}” no Sotto, onde ligações são atendidas e recados são anotados.`,
        `O convite é para este endereço e vale ${count(days, 'dia')}.`,
      ],
      link: 'Aceitar o convite',
      after: ['Se você não conhece essa pessoa, não faça nada.'],
    }),
    'unusual-sign-in': () => ({
      subject: 'Um acesso a partir de um lugar novo',
      before: [
        'Alguém entrou na sua conta a partir de um dispositivo ou lugar que ainda não tínhamos visto com ela.',
        'Se não foi você, entre logo, encerre essa sessão e escolha outra senha.',
      ],
    }),
    'key-made': ({ name }) => ({
      subject: 'Uma chave de API foi criada',
      before: [
        `Uma chave de API chamada “${name}” foi criada na sua organização.`,
        'Se ninguém de vocês a criou, revogue-a logo: quem a tiver pode fazer o que os escopos dela permitem.',
      ],
    }),
    'account-closing': ({ organisation, day }) => ({
      subject: 'Sua conta será encerrada',
      before: [
        `Uma das pessoas proprietárias de “${organisation}” pediu para encerrar a conta no Sotto. Em ${day} (UTC) tudo será apagado: ligações, gravações, recados, contatos comerciais, agendamentos, membros e configurações. Depois disso nada pode ser recuperado.`,
        'Até esse dia as ligações são atendidas como sempre, e qualquer pessoa proprietária pode voltar atrás nas Configurações.',
        'Se não foi ninguém de vocês, entre logo, volte atrás e reveja seus membros e sessões.',
      ],
    }),
    'deletions-unconfirmed': ({ companies, late, givenUp }) => ({
      subject: 'Exclusões em outros lugares não estão confirmadas',
      before: [
        `O que a sua organização apagou aqui também precisa desaparecer em ${companies.join(', ')}. Lá isso não está confirmado.`,
        ...(late > 0
          ? [
              `${count(late, 'exclusão', 'exclusões')}: pedido feito há mais de um dia. Continuamos pedindo, em geral por uma semana.`,
            ]
          : []),
        ...(givenUp > 0
          ? [
              `${count(givenUp, 'exclusão', 'exclusões')}: desistimos. O que ficar lá precisa ser apagado por vocês, na conta de lá.`,
            ]
          : []),
        'Veja em Conexões se a sua conta de lá está conectada e aceita; assim que estiver, continuamos por conta própria.',
      ],
    }),
    'claims-turned': ({ failing, over }) => ({
      subject: failing.length > 0 ? 'Uma promessa não está sendo cumprida' : 'Uma promessa voltou a ser cumprida',
      before: [
        ...(failing.length > 0 ? ['As verificações desta instalação encontraram estas promessas quebradas:'] : []),
        ...failing.slice(0, mostNamed).map(({ claim, since, found }) => `${claim}, desde ${since}: ${found}`),
        ...(failing.length > mostNamed ? [`E mais ${failing.length - mostNamed}.`] : []),
        ...(over.length > 0 ? ['Estas voltaram a ser cumpridas:'] : []),
        ...over.slice(0, mostNamed).map(({ claim, since }) => `${claim}, quebrada desde ${since}`),
        'Na máquina: ./sotto prove',
      ],
      link: 'Abrir a página de confiança',
    }),
    'clock-doubted': ({ says, known }) => ({
      subject: 'O relógio da máquina pode estar errado',
      before: [
        `Ele diz ${says} (UTC). Pelo que se sabia por último, é ${known} ou um pouco depois.`,
        'Até que isso se esclareça, nada é apagado por causa da idade: o que se apaga cedo demais não pode ser recuperado. As chamadas são atendidas como sempre.',
        'Se o relógio está errado, acerte-o. Se está certo, diga isso na máquina: ./sotto keys clock --believe',
      ],
    }),
    'documents-ending': ({ documents }) => ({
      subject: 'Um documento da página de confiança está vencendo',
      before: [
        'Depois do seu último dia, um documento já não sustenta nada na página de confiança:',
        ...documents.map(({ title, issuer, until }) => `“${title}”, de ${issuer}: último dia ${until} (UTC).`),
        'Adicione o próximo na máquina: ./sotto attest add FILE',
      ],
      link: 'Abrir a página de confiança',
    }),
    'report-received': ({ report, until }) => ({
      subject: 'Uma vulnerabilidade foi relatada',
      before: [
        `Alguém relatou uma vulnerabilidade desta instalação: ${report}.`,
        `Foi prometido dizer até ${until} que o relato chegou. Na máquina: ./sotto reports show ${report}`,
        'O que ele diz não está neste e-mail.',
      ],
    }),
    'report-due': ({ report, what, until }) => ({
      subject: 'Um prazo de uma vulnerabilidade relatada está acabando',
      before: [`Relato ${report}: ${promised[what]} até ${until}.`, `Na máquina: ./sotto reports show ${report}`],
    }),
    'report-missed': ({ report, what, until }) => ({
      subject: 'Um prazo de uma vulnerabilidade relatada não foi cumprido',
      before: [
        `Relato ${report}: ${promised[what]} até ${until}. O prazo passou, e a página de confiança diz isso.`,
        `Na máquina: ./sotto reports show ${report}`,
      ],
    }),
    'report-step': ({ step }) => ({
      subject: 'Novidades sobre o que você nos relatou',
      before: [
        steps[step],
        'A página cujo endereço você recebeu ao enviar o relato mostra a situação dele e as nossas respostas. Obrigado por nos contar.',
        'Se você não relatou nada, alguém digitou o endereço errado: não há nada a fazer.',
      ],
    }),
    'processor-coming': ({ processor: { name, purpose, data, region }, days, to }) => ({
      subject: `Uma nova empresa vai tratar dados: ${name}`,
      before: [
        `${to === 'customer' ? 'A sua organização usa esta instalação do Sotto.' : 'Você pediu avisos sobre mudanças nesta instalação do Sotto.'} Ela vai recorrer a uma empresa que não usava antes: ${name}.`,
        `Para quê: ${purpose}. O que ela chega a ver: ${data.join('; ')}. Onde: ${region}.`,
        `Ela não recebe nada antes de se completar o prazo de ${count(days, 'dia')}, contado a partir do momento em que todos tiverem sido avisados. Quem se opõe pode escrever a quem opera esta instalação; o endereço está na página do registro.`,
      ],
      link: register(to),
    }),
    'processor-urgent': ({ processor: { name, purpose, data, region }, reason, to }) => ({
      subject: `Uma nova empresa trata dados a partir de hoje: ${name}`,
      before: [
        `Esta instalação do Sotto recorre, sem a espera habitual, a uma empresa que não usava antes: ${name}.`,
        `Para quê: ${purpose}. O que ela chega a ver: ${data.join('; ')}. Onde: ${region}.`,
        `Quem opera esta instalação diz por que não podia esperar: “${reason}”`,
        'Esta decisão, sua hora e seu motivo são publicados e constam do registro de auditoria.',
      ],
      link: register(to),
    }),
    'processor-withdrawn': ({ processor: { name }, reason, to }) => ({
      subject: `Uma empresa não será usada: ${name}`,
      before: [
        `Esta instalação do Sotto tinha anunciado uma empresa que trataria dados: ${name}. Isso foi retirado, e a partir de agora ela não recebe nada.`,
        `Quem opera esta instalação diz por quê: “${reason}”`,
      ],
      link: register(to),
    }),
    'register-subscription': ({ hours }) => ({
      subject: 'Confirme sua inscrição',
      before: [
        'Alguém quer que cheguem e-mails a este endereço sempre que esta instalação do Sotto começar a usar outra empresa que trata dados.',
        `Se foi você, confirme em até ${count(hours, 'hora')}.`,
      ],
      link: 'Confirmar',
      after: ['Se não foi você, não faça nada: nada é enviado, e o endereço é apagado.'],
    }),
  },
  footer: (origin) => `Enviado pelo Sotto em ${origin}. Ninguém lê as respostas a este e-mail.`,
} satisfies Language;

const factors: Readonly<Record<FactorChange, string>> = {
  'totp-added': 'Um aplicativo autenticador foi adicionado à sua conta.',
  'totp-removed': 'O aplicativo autenticador foi removido da sua conta.',
  'passkey-added': 'Uma chave de acesso foi adicionada à sua conta.',
  'passkey-removed': 'Uma chave de acesso foi removida da sua conta.',
  'recovery-codes-made': 'Novos códigos de recuperação foram criados para a sua conta; os anteriores já não funcionam.',
  'recovery-code-used': 'Um código de recuperação da sua conta foi usado. Ele não funciona de novo.',
  'passkey-copied':
    'Uma chave de acesso da sua conta foi recusada: a contagem de usos dela andou para trás, então pode existir uma cópia. Remova-a e adicione outra.',
  'outside-linked': 'O acesso por outro provedor foi vinculado à sua conta.',
  'outside-unlinked': 'O acesso por outro provedor foi desvinculado da sua conta.',
};

const promised = {
  acknowledgement: 'confirmar o recebimento',
  assessment: 'avaliar',
  fix: 'corrigir, por ser de gravidade alta,',
} as const;

const steps = {
  acknowledged: 'Recebemos o que você relatou, e alguém está olhando.',
  assessed: 'Examinamos o que você relatou e dissemos quão grave o consideramos.',
  fixed: 'O que você relatou está corrigido.',
  closed: 'Encerramos o que você relatou.',
  answered: 'Respondemos ao que você relatou.',
} as const;

function register(to: 'customer' | 'subscriber'): string {
  return to === 'customer'
    ? 'O registro das empresas que recebem dados'
    : 'O registro, e como deixar de receber estes e-mails';
}

function count(number: number, unit: string, units = `${unit}s`): string {
  return `${number} ${number === 1 ? unit : units}`;
}
