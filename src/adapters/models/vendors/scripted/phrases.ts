/**
 * Everything the receptionist can say. A language gives each key one or more wordings: the first is used first, the
 * next ones when the same has to be said again. `{word}` is filled in; `[...]` is left out when a word in it is empty.
 * The words a phrase may use stand here, so that every language can be checked against them.
 */
export const phraseWords = {
  // the call
  howHelp: ['business'],
  anythingElse: [],
  hello: ['name'],
  imWell: [],
  welcome: [],
  whoIsThis: ['business', 'agent'],
  machine: ['business'],
  whatICanDo: ['business'],
  whatICanDoWithout: ['business'],
  languages: ['languages'],
  switched: [],
  bye: ['business'],
  wrongNumber: ['business'],
  takeYourTime: [],
  imHere: [],
  again: ['said'],
  againLead: [],
  restate: ['said'],
  lineBack: [],
  stillThere: [],
  silenceHelp: [],
  silenceBye: [],
  notUnderstood: [],
  notUnderstoodAgain: [],
  lineBad: ['business'],
  sorryAnger: [],
  calmAnger: [],
  profanity: [],
  profanityBye: ['business'],
  emergency: [],
  noCards: [],
  keyUnknown: [],
  story: [],
  // waiting for a tool
  oneMoment: [],
  stillWorking: [],
  // offers
  offerMessage: [],
  offerPerson: [],
  offerPersonOrMessage: [],
  offerBookingOrMessage: [],
  offerStopCalling: [],
  offerRetry: [],
  whichOffer: [],
  allRight: [],
  dropped: [],
  // a person
  putThrough: [],
  transferBusy: [],
  transferNoAnswer: [],
  transferFailed: [],
  transferNotOffered: [],
  // stop calling
  stopNow: [],
  stopped: [],
  stopWithheld: [],
  stopFailed: [],
  stopBody: ['number'],
  // who and where to reach
  askName: [],
  gotName: ['name'],
  askOwnNumber: ['ending'],
  askNumber: [],
  numberSoFar: ['number'],
  confirmNumber: ['number'],
  numberTooLong: [],
  numberAgain: [],
  noOwnNumber: [],
  skipName: [],
  skipNumber: [],
  // a message
  askBody: [],
  gotBody: [],
  askUrgent: [],
  messageSaved: ['name', 'business'],
  messageSavedUrgent: ['name', 'business'],
  messageFailed: [],
  savingFirst: [],
  callbackBody: [],
  // appointments
  askWhen: [],
  askReason: [],
  lookingUp: [],
  lookingFurther: [],
  offerTimes: ['times'],
  offerOneTime: ['times'],
  timeIsFree: ['when'],
  timeTaken: ['when'],
  dayFull: ['day', 'onDay'],
  dayClosed: ['day', 'onDay'],
  timePast: [],
  timeOutsideHours: ['hours'],
  noEarlier: [],
  noLater: [],
  nothingFree: [],
  calendarDown: [],
  notByTelephone: [],
  chosen: ['when'],
  bookingNow: ['when'],
  booked: ['when', 'name'],
  bookTaken: [],
  wantsAppointment: ['when', 'reason'],
  askWhich: ['times'],
  yourAppointment: ['when', 'onWhen'],
  yourAppointments: ['times'],
  noAppointment: [],
  mineWithheld: [],
  askMoveOrCancel: ['when', 'onWhen'],
  confirmCancel: ['when', 'onWhen'],
  confirmMove: ['from', 'when', 'onWhen'],
  movingNow: [],
  cancellingNow: [],
  moved: ['when', 'onWhen'],
  cancelled: ['when', 'onWhen'],
  keptAppointment: ['when', 'onWhen'],
  changeFailed: [],
  wantsChange: ['when'],
  // questions
  hoursWeek: ['hours'],
  hoursDay: ['onDay', 'hours'],
  closedDay: ['onDay', 'next'],
  openNow: ['until'],
  closedNow: ['next'],
  neverOpen: [],
  fact: ['answer'],
  factElsewhere: ['answer'],
  noFact: [],
  // the debrief
  sumBooked: ['who', 'when', 'reason'],
  sumMoved: ['who', 'when', 'onWhen'],
  sumCancelled: ['who', 'when', 'onWhen'],
  sumMessage: ['who', 'body'],
  sumUrgent: [],
  sumAnswered: ['who'],
  sumTransferred: ['who'],
  sumStopped: ['who'],
  sumAbandoned: ['who', 'reason'],
  sumNothing: ['who'],
  sumCallback: ['number'],
  sumNoCallback: [],
  sumSomeone: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type PhraseKey = keyof typeof phraseWords;

/** A phrase to say, with the words to fill in. An empty word drops the bracket it stands in. */
export type Line = { readonly phrase: PhraseKey; readonly words?: Readonly<Record<string, string>> };

/**
 * Fills one wording and begins it with a capital. Values are put in last and never read as patterns themselves,
 * so a caller's words cannot smuggle one in.
 */
export function fill(wording: string, words: Readonly<Record<string, string>> = {}): string {
  const filled = wording
    .replace(/\[([^[\]]*)\]/g, (_, inner: string) => (emptyWord(inner, words) ? '' : inner))
    .replace(/\{(\w+)\}/g, (_, word: string) => words[word] ?? '')
    .replace(/[,.]+(?=[.?!](?:\s|$))|,(?=,)|(?<=[?!])\.(?=\s|$)/g, '')
    .trim();
  return filled.charAt(0).toUpperCase() + filled.slice(1);
}

function emptyWord(text: string, words: Readonly<Record<string, string>>): boolean {
  return Array.from(text.matchAll(/\{(\w+)\}/g)).some(([, word]) => !words[word!]);
}
