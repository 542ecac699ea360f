import type { Dialogue } from './dialogue.ts';

/** Messages, names and numbers in English. */
export const englishMessages: readonly Dialogue[] = [
  {
    promise: 'a message is taken with name, number read back and urgency, and saved before it is called saved',
    talk: [
      ['I want to leave a message', /pass on/],
      ['Please call me back about the invoice', /name/],
      ["John O'Brien", /Thank you, John O'Brien.*ending in 0 0 0 6/],
      ['no, use another one', { says: /What number/, digits: true }],
      ['it is 212 555', { says: /2 1 2, 5 5 5, go on/, digits: true }],
      ['oh one double two', /2 1 2, 5 5 5, 0 1 2 2\. Is that right/],
      ["no, it's 3 not 0", /2 1 2, 5 5 5, 3 1 2 2/],
      ['correct', { says: /urgent/, not: /saved/ }],
      [
        'yes, very',
        {
          says: /saved for the team at Hill Street Dental and marked as urgent/,
          uses: [
            [
              'take-message',
              {
                name: "John O'Brien",
                callback: '+12125553122',
                body: 'Please call me back about the invoice',
                urgent: true,
              },
            ],
          ],
        },
      ],
      ["that's all, thank you", { says: /welcome.*Goodbye/, ends: true }],
    ],
    outcome: 'message-taken',
    lead: true,
  },
  {
    promise: 'words to pass on are a message without being asked for one',
    talk: [
      ["Can you tell Dr Lee I'll be ten minutes late", { says: /got that.*name/i }],
      ['Anna', /ending/],
      ['yes', /urgent/],
      [
        "no it's not urgent",
        {
          says: /saved/,
          uses: [['take-message', { body: "Can you tell Dr Lee I'll be ten minutes late", urgent: false }]],
        },
      ],
    ],
  },
  {
    promise: 'a caller who gives name, number and reason in one breath only confirms',
    talk: [
      [
        "Hi, can you have someone call me back? It's about my bill. My number is two one two five five five oh one eight seven, and it's Dana.",
        /2 1 2, 5 5 5, 0 1 8 7\. Is that right/,
      ],
      ['yes', /urgent/],
      [
        'not urgent',
        { says: /saved/, uses: [['take-message', { name: 'Dana', callback: '+12125550187', urgent: false }]] },
      ],
    ],
  },
  {
    promise: 'a rambling caller who goes on telling instead of naming themselves loses no word',
    talk: [
      ['leave a message please', /pass on/],
      ["It's about the crown you put in last month", /name/],
      ['and it also hurts when I drink something cold you know', { says: /name/ }],
      ['Rosa', /ending/],
      ['yes', /urgent/],
      [
        'can wait',
        {
          uses: [
            [
              'take-message',
              {
                body: "It's about the crown you put in last month and it also hurts when I drink something cold you know",
              },
            ],
          ],
        },
      ],
    ],
  },
  {
    promise: 'nobody has to give a name, a number or a reason',
    talk: [
      ['take a message', /pass on/],
      ['The door was open last night, tell them', /name/],
      ["I'd rather not say", /without a name.*ending|ending/],
      ["I don't want to leave a number", /urgent/],
      ['no', { says: /saved/, uses: [['take-message', { name: null, callback: null }]] }],
    ],
  },
  {
    promise: 'a number is spelled out with doubles and triples, or keyed',
    desk: { callerNumber: null },
    talk: [
      ['leave a message', /pass on/],
      ['call me please', /name/],
      ['Kim', { says: /What number/, digits: true }],
      ['two one two triple five', /2 1 2, 5 5 5/],
      ['#0187', /2 1 2, 5 5 5, 0 1 8 7\. Is that right/],
      ['#2', /number again.*number/i],
      ['#2125550199#', /0 1 9 9\. Is that right|0 1 9 9, correct|0 1 9 9\. Yes/],
      ['#1', /urgent/],
    ],
  },
  {
    promise: 'the last digits can be corrected by themselves',
    talk: [
      ['have someone call me back about the invoice for my crown, this is Bo, my number is 212 555 0187', /0 1 8 7/],
      ['no it ends in 99', /2 1 2, 5 5 5, 0 1 9 9/],
      ['no, the area code is 646', /6 4 6, 5 5 5, 0 1 9 9/],
      ['yes', /urgent/],
    ],
  },
  {
    promise: 'too many digits are refused and asked for again',
    desk: { callerNumber: null },
    talk: [
      ['leave a message', /./],
      ['hello there it is me again', /name/],
      ['Bo', /number/],
      ['2 1 2 5 5 5 0 1 8 7 9 9 9 9 9 9 9', { says: /too many digits.*number/, digits: true }],
    ],
  },
  {
    promise: 'a spelled name is taken as spelled',
    talk: [
      ['leave a message', /pass on/],
      ['call me back soon please', /name/],
      ['Smith, S M Y T H', { says: /Thank you, Smyth/ }],
    ],
  },
  {
    promise: 'a name can be corrected later on',
    talk: [
      ['leave a message', /pass on/],
      ['I will be late today', /name/],
      ['Jon', /ending/],
      ['sorry, my name is Joan', /ending/],
      ['yes', /urgent/],
      ['no', { uses: [['take-message', { name: 'Joan' }]] }],
    ],
  },
  {
    promise: 'a message that cannot be saved is not called saved, and tried again',
    desk: { refuse: { 'take-message': ['failed'] }, briefing: { canTransfer: false } },
    talk: [
      ['leave a message', /pass on/],
      ['I will be late', /name/],
      ['Jo', /ending/],
      ['yes', /urgent/],
      ['no', { says: /couldn't save the message.*once more/, not: /is saved/ }],
      ['yes', { says: /is saved/, uses: ['take-message'] }],
    ],
  },
  {
    promise: 'a goodbye in the middle of a message saves it first',
    talk: [
      ['I need to leave a message', /pass on/],
      ['the heating is off in room two', /name/],
      ['I have to go, bye', { says: /saved.*Goodbye/, uses: ['take-message', 'end-call'], ends: true }],
    ],
    outcome: 'message-taken',
  },
  {
    promise: 'silence in the middle of a message saves it before the call ends',
    talk: [
      ['I need to leave a message', /pass on/],
      ['the heating is off in room two', /name/],
      ['~', /there/],
      ['~', /hear/],
      ['~', { says: /saved/, uses: ['take-message', 'end-call'] }],
    ],
    outcome: 'message-taken',
  },
];
