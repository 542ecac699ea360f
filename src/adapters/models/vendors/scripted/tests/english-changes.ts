import type { Dialogue } from './dialogue.ts';

/** Appointments moved, cancelled and looked up in English. */
export const englishChanges: readonly Dialogue[] = [
  {
    promise: 'an appointment is moved after a yes, and called moved only by the tool',
    desk: { mine: ['2026-11-24T15:00'] },
    talk: [
      ['I need to move my appointment to Thursday', { says: /Thursday the 26th/, uses: ['find-mine', 'find-slot'] }],
      [
        'the last one',
        { says: /change it from Tuesday the 24th at 3 in the afternoon to Thursday the 26th at 1/, not: /is moved/ },
      ],
      [
        'yes',
        {
          says: /is moved to Thursday the 26th at 1 in the afternoon/,
          uses: [['move', { startsAt: '2026-11-26T18:00:00Z' }]],
        },
      ],
    ],
    outcome: 'appointment-moved',
  },
  {
    promise: 'the old day of a move is not taken for the new one',
    desk: { mine: ['2026-11-24T15:00'] },
    talk: [
      [
        'can I reschedule my Tuesday appointment to Wednesday at 10',
        /from Tuesday the 24th.*to Wednesday the 25th at 10 in the morning/,
      ],
    ],
  },
  {
    promise: 'an appointment is cancelled after a yes',
    desk: { mine: ['2026-11-24T15:00'] },
    talk: [
      [
        'cancel my appointment please',
        {
          says: /Tuesday the 24th at 3 in the afternoon\. Shall I cancel it/,
          not: /is cancelled/,
          uses: ['find-mine'],
        },
      ],
      ['yes', { says: /is cancelled/, uses: ['cancel'] }],
    ],
    outcome: 'appointment-cancelled',
    lead: false,
  },
  {
    promise: 'a no to the cancellation leaves the appointment alone',
    desk: { mine: ['2026-11-24T15:00'] },
    talk: [
      ['I want to cancel my appointment', /Shall I cancel/],
      ['no, leave it', { says: /stays as it is/, uses: [] }],
    ],
    outcome: 'nothing-needed',
  },
  {
    promise: 'with several appointments the right one is found first',
    desk: { mine: ['2026-11-24T15:00', '2026-11-27T10:00'] },
    talk: [
      ["I can't make my appointment", /Tuesday the 24th.*Friday the 27th.*Which/],
      ['the second one', /Friday the 27th at 10.*move it or to cancel it/],
      ['cancel', /Friday the 27th.*Shall I cancel/],
      ['go ahead', { says: /Friday the 27th at 10 in the morning is cancelled/, uses: ['cancel'] }],
    ],
  },
  {
    promise: 'one of several appointments may be named by its day',
    desk: { mine: ['2026-11-24T15:00', '2026-11-27T10:00'] },
    talk: [
      ['cancel my appointment', /Which/],
      ['the one on Tuesday', /Tuesday the 24th.*Shall I cancel/],
    ],
  },
  {
    promise: 'the time of an appointment is looked up by the number rung from',
    desk: { mine: ['2026-11-24T15:00'] },
    talk: [
      [
        'when is my appointment?',
        { says: /You have an appointment on Tuesday the 24th at 3 in the afternoon/, uses: ['find-mine'] },
      ],
      ['can we make it Wednesday at 10 instead', /from Tuesday.*to Wednesday the 25th at 10/],
      ['yes', { says: /moved/, uses: ['move'] }],
    ],
  },
  {
    promise: 'without a number to see no appointment is looked up, and a message is offered',
    desk: { callerNumber: null, refuse: { 'find-mine': ['number-withheld'] } },
    talk: [
      ['move my appointment', { says: /can't see the number.*message/, uses: ['find-mine'] }],
      ['yes', /name/],
      ['Sam', /number can we reach/],
    ],
  },
  {
    promise: 'no appointment to be found is said plainly',
    talk: [['cancel my appointment', { says: /can't find an appointment.*message/, not: /is cancelled/ }]],
  },
  {
    promise: 'a move that fails does not claim to have happened',
    desk: { mine: ['2026-11-24T15:00'], refuse: { move: ['not-found'] } },
    talk: [
      ['move my appointment to Thursday at 10', /Shall I change it/],
      ['yes', { says: /can't find an appointment/, not: /is moved|It's moved/ }],
    ],
  },
  {
    promise: 'an appointment just booked can be cancelled in the same call',
    talk: [
      ['book monday at 9, this is Al', /free/],
      ['yes', /for\?/],
      ['skip', /booked/],
      ['actually cancel it', { says: /Shall I cancel/, uses: [] }],
      ['yes', { says: /is cancelled/, uses: ['cancel'] }],
    ],
    outcome: 'appointment-cancelled',
  },
  {
    promise: 'a booking that is called off half way is dropped',
    talk: [
      ['book monday at 9', /name/],
      ['never mind', { says: /leave that|never mind that/, uses: [] }],
      ['no', { ends: true }],
    ],
    outcome: 'nothing-needed',
  },
  {
    promise: 'a goodbye after the time was settled books it before hanging up',
    talk: [
      ['book monday at 9', /name/],
      ['Al Green', /ending/],
      ['yes, thanks, bye', { says: /booked.*Goodbye/, uses: ['book', 'end-call'], ends: true }],
    ],
    outcome: 'appointment-booked',
  },
  {
    promise: 'only a yes moves or cancels an appointment',
    desk: { mine: ['2026-11-24T15:00'] },
    talk: [
      ['move my appointment to Thursday at 10', /Shall I change it/],
      ['my dog ate the calendar', { says: /(yes or no|Shall I)/, uses: [] }],
      ['no', /day/],
      ['I want to cancel my appointment', /Shall I cancel it/],
      ['my dog ate the calendar', { says: /(yes or no|Shall I)/, uses: [] }],
    ],
    outcome: 'abandoned',
  },
];
