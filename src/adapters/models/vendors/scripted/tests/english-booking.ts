import type { Dialogue } from './dialogue.ts';

/** Appointments made in English. Today is Friday the 20th of November, 10 in the morning. */
export const englishBooking: readonly Dialogue[] = [
  {
    promise: 'an appointment is booked step by step and confirmed only after the tool',
    talk: [
      ["Hi, I'd like to book an appointment", { says: /day and time/, uses: [] }],
      [
        'tomorrow morning',
        { says: /tomorrow, Saturday the 21st, at 10, at 10:30, or at 11 in the morning/, uses: ['find-slot'] },
      ],
      ['the second one', { says: /10:30 in the morning.*your name/, not: /booked/, uses: [] }],
      ['Maria Lopez', { says: /Thank you, Maria Lopez.*ending in 0 0 0 6/, digits: true }],
      ['yes please', { says: /what is the appointment for/, not: /booked/ }],
      [
        'a cleaning',
        {
          says: /You're booked for tomorrow, Saturday the 21st, at 10:30 in the morning, Maria Lopez\./,
          uses: [
            [
              'book',
              { startsAt: '2026-11-21T15:30:00Z', name: 'Maria Lopez', phone: '+15005550006', reason: 'a cleaning' },
            ],
          ],
        },
      ],
      ['no thanks', { says: /Goodbye/, uses: ['end-call'], ends: true }],
    ],
    outcome: 'appointment-booked',
    lead: true,
  },
  {
    promise: 'a caller who says everything at once is asked only what is missing',
    talk: [
      [
        "This is Bob Smith, I'd like to book something for Monday at three, my number is 212 555 0187",
        {
          says: /Monday the 23rd at 3 in the afternoon is free.*2 1 2, 5 5 5, 0 1 8 7\. Is that right/,
          not: /your name/,
          uses: ['find-slot'],
        },
      ],
      ["yes, that's right", /appointment for/],
      [
        'toothache',
        {
          says: /booked/,
          uses: [['book', { startsAt: '2026-11-23T20:00:00Z', name: 'Bob Smith', phone: '+12125550187' }]],
        },
      ],
    ],
    outcome: 'appointment-booked',
  },
  {
    promise: 'a day and a reason said in the first sentence are not asked again',
    talk: [
      ['Hello, I need an appointment for a root canal on Thursday', { says: /Thursday the 26th/, uses: ['find-slot'] }],
      ['at eleven', /Thursday the 26th at 11 in the morning, good.*name/],
      ['my name is Dana', /Thank you|ending in/],
      ['sure', { says: /booked/, uses: [['book', { reason: 'a root canal', name: 'Dana' }]] }],
    ],
  },
  {
    promise: 'a time that is taken is named so, and the nearest times are offered',
    desk: { taken: ['2026-11-23T15:00'] },
    talk: [
      ['Can I come in Monday at 3', /3 in the afternoon isn't free.*at 2, at 2:30, or at 3:30 in the afternoon/],
      ['what about 4', /4 in the afternoon, good/],
    ],
  },
  {
    promise: 'a day that is full is named so before later days are offered',
    desk: { free: ['2026-11-25T09:00', '2026-11-25T14:00'] },
    talk: [
      [
        "I'd like to book for Monday",
        {
          says: /nothing free on Monday the 23rd.*Wednesday the 25th at 9 in the morning or at 2 in the afternoon/,
          uses: ['find-slot', 'find-slot'],
        },
      ],
    ],
  },
  {
    promise: 'a day when the business is closed is named so',
    talk: [
      [
        "I'd like to come in on Sunday",
        { says: /closed on Sunday the 22nd|closed .*Sunday.*Monday the 23rd/, uses: ['find-slot', 'find-slot'] },
      ],
    ],
  },
  {
    promise: 'with nothing free for weeks a message is offered instead',
    desk: { free: [] },
    talk: [
      ['book me in tomorrow', { says: /nothing free in the coming weeks.*message/, not: /booked/ }],
      ['yes', /pass on|name/],
    ],
  },
  {
    promise: 'the earliest time, a later one, another day: each leads to concrete times',
    talk: [
      ["I'd like the earliest appointment please", /today at 10:30 in the morning\. Would that suit/],
      ['something later', /today at 11 in the morning, at 1, or at 3 in the afternoon/],
      ['another day', /tomorrow, Saturday the 21st, at 10/],
      ['none of those', /Monday the 23rd/],
      ['Wednesday afternoon', /Wednesday the 25th at/],
      ['the last one', /Wednesday the 25th at 4 in the afternoon.*name/],
    ],
  },
  {
    promise: 'an earlier time than the earliest is refused kindly and the offer stands',
    talk: [
      ['book the earliest one', /10:30/],
      ['anything earlier?', { says: /nothing earlier.*10:30/, uses: ['find-slot'] }],
      ['ok that works', /10:30 in the morning.*name/],
    ],
  },
  {
    promise: 'a corrected day replaces the first and keeps the hour',
    talk: [
      ['book me for Monday at 2', /Monday the 23rd at 2 in the afternoon is free.*name/],
      [
        'actually Thursday',
        { says: /Thursday the 26th at 2 in the afternoon is available.*name/, uses: ['find-slot'] },
      ],
      ['Jim', { says: /Jim/ }],
    ],
  },
  {
    promise: 'afternoon, between and after are understood as what they are',
    talk: [
      ['I want to book for Monday between 2 and 4', /Monday the 23rd at 2.*4 in the afternoon/],
      ['after 3 please', /at 3.*in the afternoon/],
      ['3:30', /3:30 in the afternoon.*name/],
    ],
  },
  {
    promise: 'the day of the month is enough of a date',
    talk: [
      [
        'I need an appointment on the twenty-fourth at half past three',
        /Tuesday the 24th at 3:30 in the afternoon is free/,
      ],
    ],
  },
  {
    promise: 'a date in another month is said with its month',
    talk: [['book me for the first of December around noon', /Tuesday the 1st of December at 12 noon is free/]],
  },
  {
    promise: 'a time already past today is not offered',
    talk: [['can I book today at 9 in the morning', { says: /today at/, not: /at 9 in the morning is free/ }]],
  },
  {
    promise: 'a day that is past is named so and another asked for',
    talk: [['I want to book an appointment for yesterday', { says: /past.*(day|when)/i, uses: [] }]],
  },
  {
    promise: 'when somebody was faster, nothing is claimed and near times are offered',
    desk: { refuse: { book: ['taken'] } },
    talk: [
      ['Do you have anything tomorrow at 11?', /is free.*name/],
      ['John', /ending/],
      ['yes', /for\?/],
      [
        'no reason',
        {
          says: /somebody was faster.*at 10, at 10:30, or at 11:30/,
          not: /You're booked/,
          uses: ['book', 'find-slot'],
        },
      ],
      [
        'the first one',
        { says: /You're booked for tomorrow, Saturday the 21st, at 10 in the morning/, uses: ['book'] },
      ],
    ],
    outcome: 'appointment-booked',
  },
  {
    promise: 'a booking refused for the hours names the hours',
    desk: { refuse: { book: ['outside-hours'] } },
    talk: [
      ['book monday at 9, this is Al', /free/],
      ['yes', /for\?/],
      ['skip', { says: /outside our opening hours.*Monday to Friday from 9.*day and time/, not: /booked/ }],
    ],
  },
  {
    promise: 'a booking refused as past asks for another time',
    desk: { refuse: { book: ['past'] } },
    talk: [
      ['book monday at 9, this is Al', /free/],
      ['yes', /for\?/],
      ['skip', { says: /past.*day and time/, not: /booked/ }],
    ],
  },
  {
    promise: 'a calendar that does not answer leads to a person or a message',
    desk: { refuse: { 'find-slot': ['unavailable'] } },
    talk: [
      ['book me in for monday at 9', { says: /can't get into the calendar.*person.*message/, not: /booked/ }],
      ['no I mean a message', /name/],
      ['Zoe', /ending/],
      ['yes', /urgent/],
      [
        'no',
        { says: /message is saved/, uses: [['take-message', { body: 'Would like an appointment.', urgent: false }]] },
      ],
    ],
    outcome: 'message-taken',
  },
  {
    promise: 'a booking that fails becomes a message that is already written',
    desk: { refuse: { book: ['failed'] }, briefing: { canTransfer: false } },
    talk: [
      ['book me in for monday at 9, this is Ann', /free/],
      ['yes', /for\?/],
      ['a checkup', { says: /message/, not: /booked/ }],
      ['yes please', /urgent/],
      [
        'no',
        {
          uses: [
            [
              'take-message',
              { body: 'Would like an appointment for Monday the 23rd at 9 in the morning, reason: a checkup.' },
            ],
          ],
        },
      ],
    ],
  },
];
