import type { Language } from '../../language.ts';
import { sayOfAppointments } from './say-appointments.ts';

/** What the receptionist says in English. See phrases.ts for the words each may use. */
export const sayEnglish: Language['phrases'] = {
  howHelp: [
    'How can I help you?',
    'What can I do for you?',
    'You can ask me about {business}, book or change an appointment, or leave a message. What would you like?',
  ],
  anythingElse: [
    'Is there anything else I can do for you?',
    'Anything else I can help with?',
    'What else can I do for you today?',
  ],
  hello: ['Hello[ {name}].', 'Hi[ {name}].', 'Yes, hello.'],
  imWell: ["I'm doing well, thank you for asking.", 'Very well, thanks.'],
  welcome: ["You're welcome.", 'My pleasure.', 'Any time.'],
  whoIsThis: [
    "You've reached {business}. I'm {agent}, the AI assistant here.",
    'This is {business}, and I am {agent}, an AI assistant.',
  ],
  machine: [
    "Yes, I'm an AI assistant, not a person. I answer the phone for {business}.",
    "I'm an AI. You are talking to a computer program, but what I note down goes to the people at {business}.",
    "That's right, I am artificial intelligence, not a human being.",
  ],
  whatICanDo: [
    'I can answer questions about {business}, book, move or cancel an appointment, or take a message.',
    'Just tell me in your own words. For example: I would like to book an appointment, or: please pass on a message.',
  ],
  whatICanDoWithout: [
    'I can answer questions about {business}, or take a message.',
    'Just tell me in your own words. For example: please pass on a message.',
  ],
  languages: ['I speak {languages}.', 'On this line we can talk in {languages}.'],
  switched: ["Of course, let's speak English.", 'Sure, in English then.'],
  bye: ['Thank you for calling {business}. Goodbye.', 'Have a good day. Goodbye.', 'Take care. Goodbye.'],
  wrongNumber: [
    'No problem at all. This is {business}. Goodbye.',
    'That can happen. You had reached {business}. Goodbye.',
  ],
  takeYourTime: ['Take your time.', "No hurry, I'm here.", "I'm still here, whenever you are ready."],
  imHere: ["Yes, I'm listening.", 'Go ahead.', "I'm here, go on."],
  again: ['Of course. {said}', 'I said: {said}', 'Once more: {said}'],
  restate: ['{said}'],
  againLead: ['As I said:', 'Let me say that again.'],
  lineBack: ['Sorry, we were cut off for a moment.', 'There you are again. The line dropped for a moment.'],
  stillThere: ['Are you still there?', 'Hello, can you hear me?', 'Is anyone on the line?'],
  silenceHelp: [
    "I can't hear you at the moment. If you can hear me, just say what you need, or press 0 for a person or a message.",
    'I still hear nothing. You can also press 0.',
  ],
  silenceBye: [
    "I can't hear anyone, so I'll hang up now. Please call again any time. Goodbye.",
    'As there is nobody on the line, I will end the call. Goodbye.',
  ],
  notUnderstood: [
    "Sorry, I didn't quite get that.",
    "I'm sorry, could you put that another way?",
    "I'm afraid I missed that.",
  ],
  notUnderstoodAgain: [
    "I'm sorry, I'm still having trouble understanding.",
    'My apologies, I am not following yet.',
    'That is on me: I did not get it.',
  ],
  lineBad: [
    "I'm sorry, I can't make out what you need on this line. Please call {business} again in a little while. Goodbye.",
    'I am afraid we are not getting anywhere on this line. Please try again later. Goodbye.',
  ],
  sorryAnger: ["I'm sorry about this. I understand you're upset."],
  calmAnger: [
    "I hear you. Let's get this sorted.",
    'I understand. Let me help you get this done.',
    'I do want to help with this.',
  ],
  profanity: ["I'd like to help you.", 'Let us see how I can help.', 'I can help best if we stay calm.'],
  profanityBye: [
    "I don't think this is getting us anywhere today, so I'll end the call. You are welcome to call {business} again. Goodbye.",
    'I am ending the call now. Goodbye.',
  ],
  emergency: [
    "If anyone is in danger, please hang up right now and dial your local emergency number. I can't send help from here.",
    'Please do not wait on this line: hang up and dial the emergency number now.',
    'This needs the emergency services. Hang up and dial the emergency number.',
  ],
  noCards: [
    "Please don't give me card details on this line. I don't need them and haven't noted them.",
    'No card numbers here, please. I have not kept it.',
  ],
  keyUnknown: [
    'That key does nothing right now.',
    'I have no use for that key here. Press 0 for a person or a message.',
  ],
  story: ['I see.', 'Thank you for explaining.', 'Understood.'],

  oneMoment: ['One moment, please.', 'Just a second.', 'A moment, please.'],
  stillWorking: [
    "I'm still on it, one moment please.",
    'Nearly there, just a moment.',
    'It is taking a little longer, please stay on the line.',
  ],

  offerMessage: [
    'Shall I take a message for the team?',
    'I can note it down for the team and pass it on. Would you like that?',
  ],
  offerPerson: ['Would you like me to put you through to a person?', 'Shall I connect you with a person?'],
  offerPersonOrMessage: [
    'Would you like to talk to a person, or leave a message?',
    'I can put you through to a person, or take a message. Which do you prefer?',
  ],
  offerBookingOrMessage: [
    'Would you like an appointment for that, or shall I pass it on as a message?',
    'I can find you an appointment, or note it for the team. Which do you prefer?',
  ],
  offerStopCalling: [
    'You pressed 9. Should we stop calling this number?',
    'Is it right that you want no more calls to this number?',
  ],
  offerRetry: ['Shall I try once more?', 'Do you want me to try it again?'],
  whichOffer: ['Sorry, I need to know which one.', 'Just tell me which one, please.'],
  allRight: ['All right.', 'Okay.', 'Sure.'],
  dropped: ["All right, we'll leave that.", 'No problem, never mind that.'],

  putThrough: ['One moment, I am putting you through.', 'Let me try to connect you.'],
  transferBusy: ["I'm sorry, the line is busy just now.", 'They are still on another call, I am afraid.'],
  transferNoAnswer: ["I'm sorry, nobody is picking up at the moment.", 'Still no answer, I am afraid.'],
  transferFailed: ["I'm sorry, I couldn't get the connection to work.", 'The connection did not work, I am sorry.'],
  transferNotOffered: [
    "I can't connect calls from here, but whatever you tell me reaches the team.",
    'There is nobody I could connect you with right now.',
  ],

  stopNow: ['I understand. One moment.', 'Of course. One moment.'],
  stopped: [
    "Done: this number is on our do-not-call list and we won't call it again.",
    'It is done. This number will not be called any more.',
  ],
  stopWithheld: [
    "I can't see the number you are calling from, so I can't take it off by myself. I can write it down for the team. Which number should we stop calling?",
  ],
  stopFailed: [
    "I'm sorry, I could not put that through just now. I'll write it down for the team instead.",
    'That did not work yet, I am sorry. I will note it for the team.',
  ],
  stopBody: ['The caller asks not to be called any more[ at {number}].'],

  askName: [
    'May I have your name, please?',
    'What is your name, please?',
    'Just your name, please; you can spell it if you like.',
  ],
  gotName: ['Thank you, {name}.', 'Thanks, {name}.', '{name}, got it.'],
  askOwnNumber: [
    "Can we reach you on the number you're calling from, ending in {ending}?",
    'Is the number you are calling from, ending in {ending}, the right one to reach you?',
  ],
  askNumber: [
    'What number can we reach you on?',
    'Please tell me your phone number digit by digit, or key it in.',
    'Please key in your number on the phone and finish with the pound key.',
  ],
  numberSoFar: ['{number}, go on.', 'I have {number} so far. And then?', '{number}, and the rest?'],
  confirmNumber: [
    'I have {number}. Is that right?',
    'So that is {number}, correct?',
    'Let me check: {number}. Yes or no?',
  ],
  numberTooLong: ['That was too many digits for a phone number.', 'That number has too many digits.'],
  numberAgain: ["Let's do the number again.", 'Once more from the start, please.'],
  noOwnNumber: ["I can't see the number you're calling from.", 'Your number does not show here.'],
  skipName: ["That's fine, we can do without a name.", 'No problem, no name then.'],
  skipNumber: ["That's fine, no number then.", 'All right, we go without a number.'],

  askBody: [
    'What would you like me to pass on?',
    'What is it about, please?',
    'Please tell me in a sentence or two what the team should know.',
  ],
  gotBody: ["I've got that.", 'All right, noted.', 'Understood.'],
  askUrgent: ['Is it urgent?', 'Does it have to be dealt with today, or can it wait?'],
  messageSaved: [
    'Thank you[, {name}]. Your message is saved for the team at {business}.',
    'Your message is saved and the team will see it[, {name}].',
  ],
  messageSavedUrgent: [
    'Thank you[, {name}]. Your message is saved for the team at {business} and marked as urgent.',
    'Your message is saved as urgent[, {name}].',
  ],
  messageFailed: [
    "I'm sorry, I couldn't save the message just now.",
    'That did not work, I am sorry: the message is not stored yet.',
  ],
  savingFirst: ['Let me note down what you told me first.', 'One moment, I am noting what you told me.'],
  callbackBody: ['Please call back.'],

  ...sayOfAppointments,

  hoursWeek: ['We are open {hours}.', 'Our opening hours are {hours}.'],
  hoursDay: ['{onDay} we are open {hours}.', 'We are open {hours} {onDay}.'],
  closedDay: [
    '{onDay} we are closed.[ We open again {next}.]',
    'No, {onDay} we are closed.[ The next time we are open is {next}.]',
  ],
  openNow: ['Yes, we are open now, until {until}.', 'We are open at the moment, until {until}.'],
  closedNow: [
    'We are closed at the moment.[ We open again {next}.]',
    'Right now we are closed.[ The next time we are open is {next}.]',
  ],
  neverOpen: ['I have no opening hours noted here.', 'The opening hours are not noted here, I am sorry.'],
  fact: ['{answer}'],
  factElsewhere: ['Here is what I have noted: {answer}', 'My note says: {answer}'],
  noFact: [
    "I don't have that information here.",
    'That I do not know, I am sorry.',
    'I have nothing noted about that.',
  ],

  sumBooked: ['{who} booked an appointment for {when}.[ Reason: {reason}.]'],
  sumMoved: ['{who} moved an appointment to {when}.'],
  sumCancelled: ['{who} cancelled the appointment {onWhen}.'],
  sumMessage: ['{who} left a message.[ It says: {body}.]'],
  sumUrgent: ['It is urgent.'],
  sumAnswered: ['{who} asked a question and got an answer.'],
  sumTransferred: ['{who} asked for a person and was put through.'],
  sumStopped: ['{who} asked not to be called again; the number is on the do-not-call list.'],
  sumAbandoned: ['{who} was gone before anything was settled.[ It was about: {reason}.]'],
  sumNothing: ['{who} called and needed nothing further.'],
  sumCallback: ['Callback number: {number}.'],
  sumNoCallback: ['No callback number was given.'],
  sumSomeone: ['A caller'],
};
