import type { Dialogue } from './dialogue.ts';

/** Silence, moods, misunderstandings and goodbyes in English. */
export const englishManners: readonly Dialogue[] = [
  {
    promise: 'silence is asked about, rephrased and ends the call at the third',
    talk: [
      ['~', /still there/],
      ['~', /can't hear you/],
      ['~', { says: /hang up now.*Goodbye/, uses: ['end-call'], ends: true }],
    ],
    outcome: 'abandoned',
    lead: false,
  },
  {
    promise: 'a caller who asks for a moment gets it',
    talk: [
      ['hold on a second', { says: /Take your time/ }],
      ['~', /hurry|here/],
      ['~', /here/],
      ['~', /still there/],
      ['book monday at 9', /name/],
    ],
  },
  {
    promise: 'what was said is repeated on request, and not endlessly in the same words',
    talk: [
      ['book tomorrow', /10.*Which/],
      ['sorry, what was that?', /10.*Which/],
      ['can you repeat that', /10.*Which/],
      ['pardon?', /10.*Which/],
    ],
  },
  {
    promise: 'not understanding asks again, then offers a person or a message, in the end gives up politely',
    talk: [
      ['florb', /didn't quite get that/],
      ['grbl', /trouble|apologies/],
      ['zzz', /person, or leave a message/],
      ['florb', /person/],
      ['grbl', /person/],
      ['zzz', /./],
      ['florb', { says: /call Hill Street Dental again.*Goodbye/, ends: true }],
    ],
  },
  {
    promise: 'a question that stays unanswered is let go',
    talk: [
      ['book monday at 9', /name/],
      ['the the the thing', /name/],
      ['that that that', /name/],
      ['there is is is', { says: /without a name.*ending|ending/ }],
    ],
  },
  {
    promise: 'anger gets one apology and then help',
    talk: [
      ['this is ridiculous', { says: /sorry.*person, or leave a message/ }],
      ['you are useless', { not: /sorry about this/, says: /person/ }],
      ['I want to cancel my stupid appointment', { uses: ['find-mine'] }],
    ],
  },
  {
    promise: 'an angry wish is granted in the same breath',
    talk: [
      ['This is ridiculous, get me a manager', { says: /sorry about this.*putting you through/, uses: ['transfer'] }],
    ],
  },
  {
    promise: 'endless abuse ends the call politely',
    talk: [
      ['fuck you', /sorry/],
      ['fuck this', /help/],
      ['shit', /help/],
      ['fuck off', { says: /end the call.*Goodbye/, ends: true }],
    ],
  },
  {
    promise: 'a wrong number is let go kindly',
    talk: [['oh sorry, wrong number', { says: /No problem.*Goodbye/, ends: true }]],
    outcome: 'nothing-needed',
    lead: false,
  },
  {
    promise: 'thanks and goodbye end the call',
    talk: [['thank you, goodbye', { says: /welcome.*Goodbye/, ends: true }]],
  },
  {
    promise: 'a goodbye with a wish in it is a wish',
    talk: [['before I say goodbye, can I book an appointment', { says: /day and time/, uses: [] }]],
  },
  {
    promise: 'a line that was cut goes on where it was',
    talk: [
      ['book monday at 9', /name/],
      ['^', /cut off.*name/],
      ['Al', /ending/],
    ],
  },
  {
    promise: 'an interruption that makes no sense is met by listening',
    talk: [
      ['!um I w', /listening|Go ahead/],
      ['!book monday at 9', /name/],
    ],
  },
  {
    promise: 'who is there is told',
    talk: [
      ['who is this?', /Hill Street Dental.*Sunny.*AI/],
      ['what can you do?', /book, move or cancel/],
      ['how are you today', /well/],
    ],
  },
  {
    promise: 'a tale without a wish is met with an appointment or a message',
    talk: [
      [
        'well you see my bridge has been wobbling since last Tuesday and my husband says it might just fall out',
        { says: /appointment for that.*message/ },
      ],
      ['a message', /name/],
      ['Joan', /ending/],
    ],
  },
  {
    promise: 'one can change from a booking to a message',
    talk: [
      ['book monday at 9', /name/],
      ["actually I'd rather leave a message", /pass on/],
      ['I will call again', /name/],
    ],
  },
  {
    promise: 'a number given out of the blue is not lost',
    talk: [
      ['212 555 0187', /message/],
      ['yes', /pass on/],
      ['ask them to send the invoice please', /name/],
      ['Al', /2 1 2, 5 5 5, 0 1 8 7/],
    ],
  },
  {
    promise: 'a greeting that asks is not followed by a second question',
    desk: { briefing: { greeting: 'Hill Street Dental, how can I help?' } },
    talk: [['hello', /Hello\./]],
  },
  {
    promise: 'several yeses to a choice take the first',
    talk: [
      ['book tomorrow', /10/],
      ['yes', /which one/],
      ['yes', /10 in the morning.*name/],
    ],
  },
];
