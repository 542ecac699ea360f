import type { Words } from '../en/index.ts';
import { count } from './count.ts';

export const settings: Words['settings'] = {
  title: 'Ajustes',
  about: 'Lo que su negocio dice de sí mismo, para qué usa los datos de quien llama y cuánto tiempo los guarda.',
  business: {
    title: 'Negocio',
    about: 'Quien llama oye el nombre; el país decide qué hay que decirle.',
    name: 'Nombre del negocio',
    nameAbout: 'Tal como se dice por teléfono.',
    wrong: 'Revise esto.',
    save: 'Guardar',
    saved: 'Guardado. Se oirá en la próxima llamada.',
  },
  readOnly: 'Solo un propietario o administrador puede cambiarlo.',
  discard: 'Deshacer',
  meanwhile: {
    title: 'Alguien lo ha cambiado entretanto',
    about: 'Su cambio no se ha guardado. Mire el otro y vuelva a hacer el suyo.',
    show: 'Ver el otro',
  },
  purposes: {
    title: 'Para qué se usan los datos de quien llama',
    about: 'Para lo que usted acepta aquí, y para nada más. Vale desde la próxima llamada; lo que ya hay se queda.',
    decided: (when, who) => `Aceptado el ${when}, ${who}`,
    withdrawn: (when, who) => `Sin aceptar desde el ${when}, ${who}`,
    never: 'Nadie lo ha aceptado todavía',
    byYou: 'por usted',
    byMember: 'por alguien de su equipo',
    byKey: 'mediante una clave de API',
    bySetUp: 'al configurarlo',
    save: 'Guardar lo aceptado',
    saved: 'Guardado. Vale desde la próxima llamada.',
  },
  keeping: {
    title: 'Cuánto tiempo se guarda',
    about:
      'Al acabar su plazo deja de mostrarse en todas partes y se borra para siempre. Antes se destruye su clave, para que tampoco puedan leerse las copias de seguridad de la base de datos.',
    stays:
      'De una llamada queda cuándo fue, cuánto duró, con qué secretaria y cómo terminó. Lo que se conserva mientras dure la cuenta acaba 30 días después de cerrarla.',
    goesAtOnce: (parts, oldest) => `Esto borra de inmediato: ${parts}. Lo más antiguo es del ${oldest}.`,
    nothingGoes: 'Con esto no se borra nada de lo que hay ahora.',
    nothingReturns: 'Lo que ya se borró no vuelve.',
    dataMap: 'Todo lo que se guarda aquí, de quién es, para qué y cómo termina',
    looking: 'Mirando qué borraría esto …',
    parts: {
      calls: (n) => `las palabras, el número y el nombre de ${n === 1 ? 'una llamada' : `${count(n)} llamadas`}`,
      recordings: (n) => (n === 1 ? 'la grabación de una llamada' : `las grabaciones de ${count(n)} llamadas`),
      messages: (n) => (n === 1 ? 'un mensaje' : `${count(n)} mensajes`),
      people: (n) =>
        `el número y el nombre de ${n === 1 ? 'una persona que llamó' : `${count(n)} personas que llamaron`}`,
      leads: (n) => (n === 1 ? 'un cliente potencial' : `${count(n)} clientes potenciales`),
      appointments: (n) => (n === 1 ? 'una cita' : `${count(n)} citas`),
    },
    save: 'Guardar así',
    saved: 'Guardado. Vale desde ahora.',
    oldest: 'lo más antiguo es del',
    wrong: 'Días enteros, de 1 a 3650',
    confirm: {
      title: '¿Borrar lo más antiguo?',
      about: 'Después nadie podrá recuperarlo, ni usted ni quien gestione Sotto. Desaparecerá:',
      verb: 'Borrarlo y guardar así',
    },
  },
  closing: {
    title: 'Cerrar la cuenta',
    about: 'Para cuando su negocio ya no necesite secretaria. No se pierde nada antes de que pasen los treinta días.',
    steps: [
      'Hoy se avisa por correo a cada propietario, y cualquiera de ellos puede anularlo durante 30 días.',
      'Hasta entonces se atienden las llamadas como siempre. Mientras tanto, desvíe sus números a otro lugar.',
      'Pasados 30 días, las claves, los números y las personas pierden el acceso y todo se borra para siempre: llamadas, mensajes, clientes potenciales, citas, grabaciones y el equipo.',
    ],
    stays:
      'Quedan el registro de auditoría sin sus detalles, una entrada sin su nombre y la prueba de que se hizo. Lo que cubre una retención legal se borra cuando esta termina.',
    name: (name) => `Para confirmar, escriba cómo se llama su negocio: ${name}`,
    nameMistake: 'Letra por letra, como está arriba.',
    verb: 'Cerrar la cuenta',
    asked: 'La cuenta se cerrará. Se avisa por correo a cada propietario.',
    under: (day) => `Esta cuenta se está cerrando: todo se borra el ${day}`,
    underAbout: 'Hasta entonces se atienden las llamadas como siempre, y un propietario puede anularlo.',
    keep: 'Anular el cierre',
    kept: 'La cuenta se queda.',
  },
};
