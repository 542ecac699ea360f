import type { Dialogue } from './dialogue.ts';

/** Questions, people, opt-outs and dangers in English. */
export const englishQuestions: readonly Dialogue[] = [
  {
    promise: 'opening hours are told for the week, a day and this moment',
    talk: [
      [
        'what are your opening hours',
        /Monday to Friday from 9 in the morning to 5 in the afternoon and Saturday from 10/,
      ],
      [
        'are you open on Saturday?',
        /tomorrow, Saturday the 21st, we are open from 10 in the morning to 1 in the afternoon/i,
      ],
      [
        'and on Sunday, are you open?',
        /Sunday the 22nd,? we are closed. We open again on Monday|Sunday the 22nd we are closed.*next time.*Monday/,
      ],
      ['are you open now?', /open now, until 5 in the afternoon/],
      ['when do you close today?', /today we are open from 9|open from 9.*today/i],
    ],
    outcome: 'question-answered',
    lead: false,
  },
  {
    promise: 'closed is said when closed, with the next opening',
    desk: { now: Date.UTC(2026, 10, 22, 15) },
    talk: [['are you open right now?', /closed at the moment.*tomorrow, Monday the 23rd, at 9 in the morning/]],
  },
  {
    promise: 'questions are answered from the facts, whatever their wording',
    talk: [
      ['how much is a cleaning?', { says: /90 dollars/, not: /250/ }],
      ['where are you located?', /12 Hill Street/],
      ['is there anywhere to park', /free parking/],
      ['do you take Globe?', /Globe Health/],
      ['do you see kids?', /age of three/],
      ['what would whitening cost me', { says: /250 dollars/, not: /90/ }],
    ],
    outcome: 'question-answered',
  },
  {
    promise: 'what is not known is admitted and offered to the team',
    talk: [
      ['do you do implants?', { says: /don't have that information.*message/, uses: [] }],
      ['yes please', /name/],
      ['Pat', /ending/],
      ['yes', /urgent/],
      ['no', { uses: [['take-message', { body: 'do you do implants?' }]] }],
    ],
  },
  {
    promise: 'a question in between is answered and the talk goes on where it was',
    talk: [
      ['book monday at 9', /name/],
      ['is there parking?', /free parking.*name/],
      ['Kim', /ending/],
    ],
  },
  {
    promise: 'it says that it is an AI whenever asked, in whatever words',
    talk: [
      ['are you a robot?', /AI/],
      ['am I talking to a real person?', { says: /AI|artificial/, uses: [] }],
      ["you're not a human, are you", /AI|artificial/],
      ['book monday at 9', /name/],
      ['wait, is this a machine?', /(AI|artificial).*name/],
    ],
  },
  {
    promise: 'a person is called when asked for, and a message offered when nobody answers',
    desk: { refuse: { transfer: ['no-answer'] } },
    talk: [
      [
        'can I speak to a real person please',
        { says: /putting you through.*nobody is picking up.*message/, uses: ['transfer'] },
      ],
      ['no', /anything else/i],
    ],
  },
  {
    promise: 'a busy line is called busy and the open task goes on after it',
    desk: { refuse: { transfer: ['busy'] } },
    talk: [
      ['book monday at 9', /name/],
      ['let me speak to someone', /busy.*message/],
      ['no', /name/],
      ['Al', /ending/],
    ],
  },
  {
    promise: 'where no transfer is possible that is said, never tried',
    desk: { briefing: { canTransfer: false } },
    talk: [['operator', { says: /can't connect.*message/, uses: [] }]],
  },
  {
    promise: 'key 0 asks for a person',
    talk: [['#0', { says: /putting you through/, uses: ['transfer'] }]],
    outcome: 'transferred',
  },
  {
    promise: 'stop calling is carried out first and confirmed after',
    talk: [
      ['stop calling me', { says: /do-not-call list/, uses: ['stop-calling'] }],
      ['no', { ends: true }],
    ],
    outcome: 'do-not-contact',
    lead: false,
  },
  {
    promise: 'stop calling without a visible number becomes an urgent note with the number',
    desk: { callerNumber: null, refuse: { 'stop-calling': ['number-withheld'] } },
    talk: [
      ['take me off your list', { says: /can't see the number.*Which number/, not: /Done/, digits: true }],
      ['212 555 0187', /Is that right/],
      [
        'yes',
        { uses: [['take-message', { callback: '+12125550187', body: 'The caller asks not to be called any more.' }]] },
      ],
    ],
    lead: false,
  },
  {
    promise: 'stop calling that fails is noted for the team and not claimed',
    desk: { refuse: { 'stop-calling': ['unavailable'] } },
    talk: [
      [
        "don't ever call this number again",
        { says: /could not put that through/, not: /Done|do-not-call/, uses: ['stop-calling', 'take-message'] },
      ],
    ],
  },
  {
    promise: '"do not call me before nine" is no opt-out',
    talk: [["please don't call me before nine", { not: /do-not-call/, uses: [] }]],
  },
  {
    promise: 'key 9 is confirmed before the number is taken off',
    talk: [
      ['#9', { says: /stop calling this number/, uses: [] }],
      ['yes', { says: /Done/, uses: ['stop-calling'] }],
    ],
  },
  {
    promise: 'an emergency is sent to the emergency number at once, in the middle of anything',
    talk: [
      ['book monday at 9', /name/],
      ["I think I'm having a heart attack", { says: /hang up.*emergency number/, not: /name/ }],
      ['my house is on fire', /emergency/],
    ],
  },
  {
    promise: 'card numbers are refused, spoken or masked',
    talk: [
      ['my card is 4111 1111 1111 1111', /don't give me card/],
      ['it was [card]', /card/],
    ],
  },
];
