import type { Language } from '../claim.ts';

type Said = { readonly title: string; readonly says: string };

export type FailureWords = {
  /** Nothing at that address. */
  readonly missing: Said;
  /** Asked too often. */
  readonly often: Said;
  /** What was sent cannot be taken. */
  readonly wrong: Said;
  /** It is our fault. */
  readonly broken: Said;
  readonly overview: string;
};

/** What people are told when a request fails. */
export const failureWords: { readonly [L in Language]: FailureWords } = {
  en: {
    missing: {
      title: 'There is no page here',
      says: 'Nothing lies at this address. It may have been mistyped or copied in part, or what was here has ended.',
    },
    often: {
      title: 'One moment, please',
      says: 'Too many requests came from your network in a short time. Please wait a minute and try again.',
    },
    wrong: {
      title: 'This could not be taken',
      says: 'What was sent does not have the form that is expected here. Please go back, load the page again and try once more.',
    },
    broken: {
      title: 'This did not work',
      says: 'The fault is ours, not yours. Please try again in a few minutes.',
    },
    overview: 'To the overview of the Trust Center',
  },
  es: {
    missing: {
      title: 'Aquí no hay ninguna página',
      says: 'No hay nada en esta dirección. Puede que esté mal escrita o copiada a medias, o que lo que había aquí ya no exista.',
    },
    often: {
      title: 'Un momento, por favor',
      says: 'Llegaron demasiadas peticiones desde su red en poco tiempo. Espere un minuto e inténtelo de nuevo, por favor.',
    },
    wrong: {
      title: 'No se pudo aceptar',
      says: 'Lo enviado no tiene la forma que se espera aquí. Vuelva atrás, cargue la página de nuevo e inténtelo otra vez, por favor.',
    },
    broken: {
      title: 'No ha funcionado',
      says: 'El fallo es nuestro, no suyo. Inténtelo de nuevo dentro de unos minutos, por favor.',
    },
    overview: 'Al inicio del Centro de confianza',
  },
  pt: {
    missing: {
      title: 'Não há nenhuma página aqui',
      says: 'Não há nada neste endereço. Ele pode ter sido digitado errado ou copiado pela metade, ou o que havia aqui já não existe.',
    },
    often: {
      title: 'Um momento, por favor',
      says: 'Chegaram solicitações demais da sua rede em pouco tempo. Por favor, espere um minuto e tente de novo.',
    },
    wrong: {
      title: 'Não foi possível aceitar',
      says: 'O que foi enviado não tem a forma esperada aqui. Por favor, volte, recarregue a página e tente mais uma vez.',
    },
    broken: {
      title: 'Não funcionou',
      says: 'A falha é nossa, não sua. Por favor, tente de novo em alguns minutos.',
    },
    overview: 'Ir para o início da Central de confiança',
  },
  hi: {
    missing: {
      title: 'यहाँ कोई पृष्ठ नहीं है',
      says: 'इस पते पर कुछ नहीं है। हो सकता है कि पता ग़लत लिखा गया हो या अधूरा कॉपी हुआ हो, या जो यहाँ था वह अब न हो।',
    },
    often: {
      title: 'कृपया थोड़ा रुकें',
      says: 'आपके नेटवर्क से थोड़े समय में बहुत अधिक अनुरोध आए। कृपया एक मिनट रुककर फिर प्रयास करें।',
    },
    wrong: {
      title: 'इसे स्वीकार नहीं किया जा सका',
      says: 'जो भेजा गया वह यहाँ अपेक्षित रूप में नहीं है। कृपया वापस जाएँ, पृष्ठ दोबारा लोड करें और फिर प्रयास करें।',
    },
    broken: {
      title: 'यह काम नहीं कर पाया',
      says: 'ग़लती हमारी है, आपकी नहीं। कृपया कुछ मिनट बाद फिर प्रयास करें।',
    },
    overview: 'विश्वास केंद्र के मुख्य पृष्ठ पर जाएँ',
  },
};
