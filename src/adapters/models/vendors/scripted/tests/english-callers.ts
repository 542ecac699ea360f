import type { Dialogue } from './dialogue.ts';

/** Callers as they are: in a hurry, chatty, vague, with everything in one breath. */
export const englishCallers: readonly Dialogue[] = [
  {
    promise: 'an impatient caller is done in five turns',
    talk: [
      [
        "yeah hi listen I've got like two minutes, need a cleaning, tomorrow, whenever's fine",
        { says: /Saturday the 21st, at 10/, uses: ['find-slot'] },
      ],
      ['10', /10 in the morning, good.*name/],
      ['Rick', /ending/],
      ['yeah yeah', /what is the appointment for/],
      ['bye', { says: /booked.*Goodbye/, uses: [['book', { name: 'Rick' }], 'end-call'], ends: true }],
    ],
    outcome: 'appointment-booked',
  },
  {
    promise: 'an elderly caller is followed through asides and corrections',
    talk: [
      ['Hello? Hello dear. Is that the dentist?', /You've reached Hill Street Dental/],
      ["Oh good. I'd like to see the doctor about my dentures, if that's possible", /day and time/],
      ['Oh, well, Tuesday is bridge. What about Wednesday?', /Wednesday the 25th/],
      ['In the morning, yes, not too early', /at 9 or at 11 in the morning/],
      ["The eleven o'clock one please", /11 in the morning, good.*name/],
      ["Oh it's Mrs Margaret Hill", /Mrs Margaret Hill.*ending/],
      ['Pardon?', /Of course\. Can we reach you/],
      [
        "Yes that's my telephone",
        { says: /booked/, uses: [['book', { name: 'Mrs Margaret Hill', reason: 'my dentures' }]] },
      ],
      ["Thank you dear, you're very kind. Goodbye", { says: /welcome.*Goodbye/, ends: true }],
    ],
    outcome: 'appointment-booked',
  },
  {
    promise: 'a caller who tells a long story is offered what fits it',
    talk: [
      [
        "Hi yes um so my name is Joan and I've been coming to you for years, anyway my bridge has been wobbling since last Tuesday and I was wondering what I should do",
        { says: /appointment for that.*message/, uses: [] },
      ],
      ['an appointment I guess', { says: /day and time/ }],
      ['well whenever you can', { says: /today at 10:30/, uses: ['find-slot'] }],
      ["yes that's fine", { says: /ending/, not: /name, please/ }],
    ],
  },
  {
    promise: 'the described old time of an appointment is not taken for the new one',
    desk: { mine: ['2026-11-24T15:00'] },
    talk: [
      [
        'my name is Sandra Bell and I have an appointment on Tuesday at 3 but I need to change it',
        { says: /day and time/, uses: ['find-mine'] },
      ],
      ['friday at 9', /from Tuesday the 24th at 3 in the afternoon to Friday the 27th at 9/],
    ],
  },
  {
    promise: 'a wish and a question in one breath both get their due',
    talk: [['Can I get a cleaning and how much is it?', /90 dollars.*day and time/]],
  },
  {
    promise: 'how long is not answered by how much',
    talk: [['How long does a cleaning take?', { says: /don't have that information/, not: /90/ }]],
  },
  {
    promise: 'its own name is no question about its address',
    talk: [['Is this Hill Street Dental?', { says: /You've reached/, not: /library/ }]],
  },
  {
    promise: 'a person to be told something is a message, however short',
    talk: [['just tell him Mike called', /got that.*name/]],
  },
  {
    promise: 'a question about somebody today is no booking',
    talk: [['Is Dr Lee in today?', { says: /don't have that information/, uses: [] }]],
  },
  {
    promise: 'an afternoon after school is an afternoon',
    talk: [
      ['I would like to book an appointment for my son', /day and time/],
      ['Thursday after school', /Thursday the 26th at 12 noon, at 2, or at 4 in the afternoon/],
    ],
  },
  {
    promise: 'a cancel where a move was to be confirmed never moves',
    desk: { mine: ['2026-11-24T15:00'] },
    talk: [
      ['move my appointment to Thursday at 10', /Shall I change it/],
      ['actually cancel the appointment', { says: /Shall I cancel it/, uses: [] }],
    ],
  },
  {
    promise: 'another offered time can be named instead of a yes',
    desk: { mine: ['2026-11-24T15:00'] },
    talk: [
      ['move my appointment to Thursday', /9, at 11/],
      ['the first one', /to Thursday the 26th at 9/],
      ['no, the last one', { says: /on Thursday the 26th at 1 in the afternoon/, uses: [] }],
    ],
  },
  {
    promise: 'a booking can be dropped at the last question',
    talk: [
      ['book monday at 9, this is Al', /free/],
      ['yes', /for\?/],
      ['wait', /Take your time/],
      ['never mind', /leave that|never mind/],
    ],
  },
  {
    promise: 'a business without hours or facts says so and still helps',
    desk: { briefing: { facts: [], hours: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] } } },
    talk: [
      ['when are you open', /no opening hours noted/],
      ['where are you', /don't have that information/],
      ['yes', /name/],
    ],
  },
  {
    promise: 'a call in which two things were done is summed up with both, each with what it was about',
    talk: [
      ['book monday at 9, this is Al', /free/],
      ['yes', /for\?/],
      ['a cleaning', { uses: ['book'] }],
      ['take a message', /pass on|about/],
      ['the gate is open', /urgent/],
      ['no', { uses: ['take-message'] }],
      ['bye', { ends: true }],
    ],
    outcome: 'appointment-booked',
    lead: true,
    summary:
      /^Al booked an appointment for Monday.*Reason: a cleaning\. Al left a message\. It says: the gate is open\. Callback number: \+\d{7,}\.$/i,
  },
  {
    promise: 'later in the day is later, not tomorrow and not what the visit is for',
    talk: [
      ['an appointment on Monday afternoon', /12 noon, at 2, or at 4/],
      ['what about later in the day', { says: /Monday the 23rd at 4:30/, not: /tomorrow/ }],
      ['the first one', /name/],
      ['Maria Lopez', /number/],
      ['yes', /for\?/],
    ],
  },
  {
    promise: 'the week after, same time, counts from the appointment just made; what came of it is one booking',
    talk: [
      ['book Thursday at noon, this is Maria', /free/],
      ['yes', /for\?/],
      ['a checkup', { uses: ['book'] }],
      ['oh, can you make it the week after, same time?', /to Thursday the 3rd of December at 12 noon/],
      ['yes', { uses: [['move', { startsAt: '2026-12-03T17:00:00Z' }]] }],
      ['bye', { ends: true }],
    ],
    outcome: 'appointment-booked',
    summary: /^Maria booked an appointment for Thursday the 3rd of December at 12 noon\. Reason: a checkup\. Callback/,
  },
  {
    promise: 'another day at the same time keeps the hour of the appointment',
    desk: { mine: ['2026-11-24T15:00'] },
    talk: [
      ['when is my appointment?', /Tuesday the 24th at 3/],
      ['can you move it to Wednesday, same time', /to Wednesday the 25th at 3 in the afternoon/],
    ],
  },
  {
    promise: 'a no after something was done ends the call, however it was asked',
    talk: [
      ['stop calling me', { uses: ['stop-calling'] }],
      ['yes', /listening|here|go ahead/i],
      ['no', { ends: true }],
    ],
  },
  {
    promise: 'a no to the very first question does not end the call',
    talk: [['no', { says: /\?$/, uses: [] }]],
  },
  {
    promise: 'a question is answered whatever is told before it',
    talk: [['hey so my kid has a fever and a tooth thing, do you guys see children?', /from the age of three/]],
  },
  {
    promise: 'who it is for may be the answer to the name',
    talk: [
      ['book monday at 9', /name/],
      ["it's for my daughter, Lily Chen", /Lily Chen/],
    ],
  },
  {
    promise: 'running late is passed on without more ado',
    talk: [["hi I'm running late", { says: /name/, not: /would you like/i }]],
  },
  {
    promise: 'a hesitant choice is a choice, and another question is none',
    talk: [
      ["I'm not sure who to ask about the thing in the mail", /appointment for that, or .* message/],
      ['whatever. what are your hours', { says: /9 in the morning/, not: /Which day/ }],
      ["it's about a bill I got in the mail and I don't understand it", /message|note it for the team/],
      ['a message I guess', /name/],
    ],
  },
  {
    promise: 'what a message is about, said with the wish, is not asked again',
    talk: [
      ["hi, take a message, it's about my invoice", { says: /name/, not: /pass on/ }],
      ['I was charged twice', /name/],
      ['Tom Baker', /number/],
      ['yes', /urgent/],
      ['no', { uses: [['take-message', { body: "hi, take a message, it's about my invoice I was charged twice" }]] }],
    ],
  },
  {
    promise: 'another day right after the hours is a question for its hours',
    talk: [
      ['when do you open tomorrow', /10 in the morning/],
      ['and on sunday', { says: /closed/, uses: [] }],
      ['what about Monday?', { says: /9 in the morning/, uses: [] }],
      ['can I come Monday?', { uses: ['find-slot'] }],
    ],
  },
  {
    promise: 'somebody else may come too',
    talk: [['can my 5 year old come on Saturday', { says: /Saturday the 21st/, uses: ['find-slot'] }]],
  },
  {
    promise: 'asking for the earliest time is asking for an appointment',
    talk: [["what's the earliest you have", /today at 10:30/]],
  },
  {
    promise: 'nothing special is no reason',
    talk: [
      ['book monday at 9, this is Al', /free/],
      ['yes', /for\?/],
      ['nothing special', { uses: [['book', { reason: null }]] }],
    ],
  },
];
