import type { Dialogue } from './dialogue.ts';

/** Messages, numbers, questions, people, moods and silence in English. */
export const englishTalk: readonly Dialogue[] = [
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
