import type { Dialogue } from './dialogue.ts';

const clinica = {
  language: 'es-ES',
  timeZone: 'Europe/Madrid',
  business: 'Clínica Sol',
  greeting: 'Clínica Sol, buenos días.',
};
const madrid = { briefing: clinica, callerNumber: '+34612345678' };

/** Calls in Spanish, and from one language to the other. */
export const spanish: readonly Dialogue[] = [
  {
    promise: 'Spanish is answered in Spanish, and a whole booking goes through in it',
    talk: [
      ['Hola, quiero pedir una cita', { says: /día/, language: 'es-US' }],
      [
        'mañana por la mañana',
        { says: /mañana, sábado 21, a las 10, a las 10 y media, o a las 11 de la mañana/, uses: ['find-slot'] },
      ],
      [
        'mejor el lunes a las tres y media de la tarde',
        { says: /El lunes 23 a las 3 y media de la tarde está libre.*nombre/, uses: ['find-slot'] },
      ],
      ['Me llamo Lucía Pérez', /Gracias, Lucía Pérez|0 0 0 6/],
      ['sí, ese mismo', /para qué es la cita/],
      [
        'una limpieza',
        {
          says: /reservada para el lunes 23 a las 3 y media de la tarde, Lucía Pérez/,
          uses: [['book', { startsAt: '2026-11-23T20:30:00Z', name: 'Lucía Pérez', reason: 'una limpieza' }]],
        },
      ],
      ['no, gracias', { says: /De nada.*Adiós/, ends: true }],
    ],
    outcome: 'appointment-booked',
    lead: true,
  },
  {
    promise: 'todo de una vez: only the number is confirmed',
    talk: [
      [
        'Buenos días, soy Carlos Ruiz, quisiera una cita para el martes a las diez, mi teléfono es dos uno dos, cinco cinco cinco, cero uno ocho siete',
        { says: /martes 24 a las 10 de la mañana está libre.*2 1 2, 5 5 5, 0 1 8 7/, uses: ['find-slot'] },
      ],
      ['correcto', /para qué/],
      ['dolor de muelas', { says: /reservada/, uses: [['book', { name: 'Carlos Ruiz', phone: '+12125550187' }]] }],
    ],
  },
  {
    promise: 'a message in Spanish with a number in pairs',
    desk: madrid,
    talk: [
      ['quiero dejar un mensaje', { says: /¿Qué quiere que les diga\?/, language: 'es-ES' }],
      ['que me llamen por lo de mi factura', /nombre/],
      ['Ana Gómez', /6 7 8/],
      ['no, a otro', { says: /número/, digits: true }],
      ['seiscientos doce, treinta y cuatro, cincuenta y seis, setenta y nueve', /6 1 2, 3 4, 5 6, 7 9/],
      ['sí', /urgente/],
      [
        'no es urgente',
        { says: /guardado/, uses: [['take-message', { name: 'Ana Gómez', callback: '+34612345679', urgent: false }]] },
      ],
      ['eso es todo, gracias', { ends: true }],
    ],
    outcome: 'message-taken',
  },
  {
    promise: 'a Spanish correction of digits: no es 9, es 8',
    desk: madrid,
    talk: [
      ['quiero dejar un mensaje', /diga/],
      ['que llego tarde hoy', /nombre/],
      ['Eva', /6 7 8/],
      ['no, el 912 345 670', /9 1 2/],
      ['no, termina en 71', /6 7 1|7 1/],
      ['exacto', /urgente/],
    ],
  },
  {
    promise: 'moving an appointment in Spanish',
    desk: { ...madrid, mine: ['2026-11-24T15:00'] },
    talk: [
      ['quiero cambiar mi cita del martes para el jueves', { says: /jueves 26/, uses: ['find-mine', 'find-slot'] }],
      ['la última', /del martes 24.*al jueves 26|de(l| el) martes/],
      ['sí', { says: /cambiada/, uses: ['move'] }],
    ],
    outcome: 'appointment-moved',
  },
  {
    promise: 'cancelling in Spanish, confirmed only after the tool',
    desk: { ...madrid, mine: ['2026-11-24T15:00'] },
    talk: [
      ['quiero anular mi cita', { says: /¿La anulo\?/, not: /queda anulada/ }],
      ['sí', { says: /Su cita del martes 24 a las 3 de la tarde queda anulada/, uses: ['cancel'] }],
    ],
    outcome: 'appointment-cancelled',
  },
  {
    promise: 'a time in 24 hours and a day of the month',
    desk: madrid,
    talk: [['quería una cita el 24 a las 16:30', /martes 24 a las 4 y media de la tarde está libre/]],
  },
  {
    promise: 'the day after tomorrow in Spanish',
    desk: madrid,
    talk: [['una cita para pasado mañana', { says: /cerrado el domingo 22|domingo/ }]],
  },
  {
    promise: 'next week in Spanish',
    desk: madrid,
    talk: [['quiero cita la semana que viene por la tarde', /lunes 23 a las 12 del mediodía|lunes 23 a/]],
  },
  {
    promise: 'the earliest in Spanish',
    desk: madrid,
    talk: [['necesito una cita lo antes posible', { uses: ['find-slot'], says: /Tengo/ }]],
  },
  {
    promise: 'hours and facts in Spanish',
    talk: [
      [
        '¿Están abiertos el sábado?',
        { says: /sábado 21, abrimos de las 10 de la mañana a la 1 de la tarde/, language: 'es-US' },
      ],
      ['¿Cuál es su horario?', /de lunes a viernes de las 9 de la mañana a las 5 de la tarde/i],
      ['¿Tienen estacionamiento?', /anotado.*free parking/],
      ['¿Están abiertos ahora?', /abierto/],
    ],
  },
  {
    promise: 'it says in Spanish that it is an AI',
    desk: madrid,
    talk: [
      ['¿Es usted un robot?', /inteligencia artificial/],
      ['¿hablo con una persona real?', { says: /inteligencia artificial/, uses: [] }],
    ],
  },
  { promise: 'a person in Spanish', desk: madrid, talk: [['quiero hablar con una persona', { uses: ['transfer'] }]] },
  {
    promise: 'stop calling is heard in Spanish even in an English call',
    talk: [['no me llamen más', { says: /lista de no llamar/, uses: ['stop-calling'], language: 'es-US' }]],
    outcome: 'do-not-contact',
  },
  {
    promise: 'quíteme de la lista is an opt-out',
    desk: madrid,
    talk: [['quíteme de la lista', { uses: ['stop-calling'] }]],
  },
  {
    promise: 'deje de llamar is an opt-out',
    desk: madrid,
    talk: [['deje de llamar a este número', { uses: ['stop-calling'] }]],
  },
  { promise: 'an emergency in Spanish', desk: madrid, talk: [['mi marido no puede respirar', /cuelgue.*emergencias/]] },
  {
    promise: 'the language changes when asked, and back',
    talk: [
      ['Do you speak Spanish?', { says: /español/, language: 'es-US' }],
      ['in English please', { says: /English/, language: 'en-US' }],
      ['do you speak French?', { says: /English and Spanish/, language: 'en-US' }],
    ],
  },
  {
    promise: 'a Spanish name in an English call does not change the language',
    talk: [
      ['leave a message', /pass on/],
      ['call me back about my bill please', /name/],
      ['Maria de la Cruz', { says: /Maria de la Cruz/i, language: 'en-US' }],
    ],
  },
  {
    promise: 'silence in Spanish',
    desk: madrid,
    talk: [
      ['~', /ahí/],
      ['~', /oigo/],
      ['~', { says: /colgar.*Adiós/, ends: true }],
    ],
  },
  {
    promise: 'anger and repetition in Spanish',
    desk: madrid,
    talk: [
      ['esto es ridículo', /Siento mucho.*persona/],
      ['¿cómo?', /persona/],
      ['deje un mensaje', /./],
    ],
  },
  {
    promise: 'a wrong number in Spanish',
    desk: madrid,
    talk: [['perdón, me he equivocado de número', { says: /No pasa nada.*Adiós/, ends: true }]],
  },
  {
    promise: 'what is not known in Spanish',
    desk: madrid,
    talk: [
      ['¿Hacen implantes?', { says: /no la tengo.*mensaje/ }],
      ['sí', /nombre/],
    ],
  },
  {
    promise: 'a Spanish caller with a tale, then an appointment, an earlier one asked for, and the offer taken',
    desk: madrid,
    talk: [
      [
        'Hola buenas, mire, es que tengo un dolor en una muela desde el martes y no sé qué hacer',
        { says: /una cita para eso.*mensaje/, uses: [] },
      ],
      ['una cita, sí', /día/],
      ['pues esta tarde si puede ser', /hoy a las 4 y media de la tarde/],
      ['¿y no hay nada antes?', { says: /Antes no hay nada.*4 y media/, uses: ['find-slot'] }],
      ['vale, la primera', /4 y media.*nombre/],
      ['Soy Pilar', /Pilar/],
      ['sí sí, este mismo', { says: /reservada/, uses: [['book', { name: 'Pilar', phone: '+34612345678' }]] }],
      ['no, nada más, muchas gracias', { ends: true }],
    ],
    outcome: 'appointment-booked',
  },
  {
    promise: 'a number in pairs and chunks, corrected: es 79 no 78',
    desk: { briefing: clinica, callerNumber: null },
    talk: [
      ['Dígale a la doctora que he llamado por lo del presupuesto', /nombre/],
      ['Juan Carlos Ortega', { says: /número/, digits: true }],
      ['seis doce', /6 1 2, siga/],
      ['treinta y cuatro cincuenta y seis', /6 1 2, 3 4, 5 6/],
      ['setenta y ocho', /6 1 2, 3 4, 5 6, 7 8/],
      ['no, es 79 no 78', /6 1 2, 3 4, 5 6, 7 9/],
      ['sí', /urgente/],
      [
        'sí, bastante',
        { says: /guardado.*urgente/, uses: [['take-message', { callback: '+34612345679', urgent: true }]] },
      ],
    ],
  },
  {
    promise: 'a caller without Spanish is met in English',
    desk: madrid,
    talk: [
      ["I don't speak Spanish", { says: /English/, language: 'en-US' }],
      ['can I book for Monday at 10', /Monday the 23rd at 10/],
    ],
  },
  {
    promise: 'los domingos are Sundays',
    desk: madrid,
    talk: [
      ['¿abren los domingos?', /domingo 22 está cerrado/i],
      ['¿Me puede poner con alguien?', { uses: ['transfer'] }],
    ],
  },
  {
    promise: 'la semana siguiente a la misma hora counts from the appointment just made',
    desk: madrid,
    talk: [
      ['Quiero una cita el jueves a las 12 del mediodía, me llamo Ana', /jueves 26/],
      ['sí', /para qué/],
      ['una limpieza', { uses: ['book'] }],
      ['¿puede cambiar la cita para la semana siguiente, a la misma hora?', /jueves 3 de diciembre a las 12/],
      ['sí', { uses: ['move'] }],
    ],
  },
  {
    promise: 'que me vean lo antes posible asks for an appointment',
    desk: madrid,
    talk: [['necesito que me vean lo antes posible', { uses: ['find-slot'] }]],
  },
  {
    promise: 'a question for the insurance in Spanish is answered in Spanish',
    talk: [['¿Aceptan seguro dental Acme?', { says: /Acme Dental/, language: 'es-US' }]],
  },
  {
    promise: 'anger in Spanish is heard, in Spanish',
    talk: [['¡Llevo tres días llamando y nadie contesta!', { says: /lament|siento|disculp/i, language: 'es-US' }]],
  },
  {
    promise: 'llego tarde is passed on without more ado',
    desk: madrid,
    talk: [['Hola, llego un poco tarde a la clínica', /nombre/]],
  },
  {
    promise: 'what a recado is about, said with the wish, is not asked again',
    desk: madrid,
    talk: [['Quiero dejar un recado, es sobre mi factura', /nombre/]],
  },
];
