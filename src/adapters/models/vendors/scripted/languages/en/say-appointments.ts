import type { Language } from '../../language.ts';

/** What the receptionist says in English about appointments. */
export const sayOfAppointments = {
  askWhen: [
    'Which day and time would suit you?',
    'When would you like to come? A day such as Tuesday, or simply the earliest.',
    'Tell me a day, a time, or say: the earliest.',
  ],
  askReason: ['And what is the appointment for?', 'What should I put down as the reason? You can also say skip.'],
  lookingUp: ['Let me have a look.', 'One moment, I am looking at the calendar.', 'Let me check that.'],
  lookingFurther: ['Let me look a little further.', 'I am looking at the days after that.'],
  offerTimes: [
    'I have {times}. Which one would you like?',
    'There is {times}. What suits you best?',
    'The free times are {times}. Which shall it be?',
  ],
  offerOneTime: [
    'I have {times}. Would that suit you?',
    'There is {times}. Shall we take that?',
    'The one free time is {times}. Yes or no?',
  ],
  timeIsFree: ['{when} is free.', 'Yes, {when} is available.'],
  timeTaken: ["{when} isn't free, I'm afraid.", 'I am sorry, {when} is taken.'],
  dayFull: ['There is nothing free {onDay}.', 'I see nothing open {onDay}.'],
  dayClosed: ['We are closed {onDay}.', 'There is nobody here {onDay}.'],
  timePast: ['That time is already past.', 'That is in the past already.'],
  timeOutsideHours: [
    'That is outside our opening hours. We are open {hours}.',
    'We are not open then. Our hours are {hours}.',
  ],
  noLater: ['There is nothing free after that.', 'I see nothing later, I am afraid.'],
  noEarlier: ['There is nothing earlier.', 'I am afraid that is as early as it gets.'],
  nothingFree: [
    "I'm sorry, I find nothing free in the coming weeks.",
    'I am afraid there is no free time in the weeks ahead.',
  ],
  notByTelephone: [
    'I cannot make or change appointments in this call.',
    'Appointments are not made over this line, I am afraid.',
  ],
  calendarDown: [
    "I'm sorry, I can't get into the calendar at the moment.",
    'The calendar is still not answering, I am sorry.',
  ],
  chosen: ['{when}, good.', '{when}, all right.', 'Good, {when}.'],
  bookingNow: ['One moment, I am putting you in for {when}.', 'Let me enter {when} for you.'],
  booked: ["You're booked for {when}[, {name}].", 'Your appointment is booked: {when}[, {name}].'],
  bookTaken: [
    "I'm sorry, somebody was faster and that time has just gone.",
    'I am sorry, that one went this very moment as well.',
  ],
  wantsAppointment: ['Would like an appointment[ for {when}][, reason: {reason}].'],
  askWhich: ['I see {times}. Which one do you mean?', 'There is more than one: {times}. Which one is it about?'],
  yourAppointment: ['You have an appointment {onWhen}.', 'Your appointment is {onWhen}.'],
  yourAppointments: ['You have appointments {times}.', 'These are your appointments: {times}.'],
  noAppointment: [
    "I can't find an appointment under the number you're calling from.",
    'There is no appointment under this number.',
  ],
  mineWithheld: [
    "I can't see the number you're calling from, and I may only look up appointments by that number.",
    'Without your number on my display I cannot look up appointments.',
  ],
  askMoveOrCancel: [
    'You have an appointment {onWhen}. Would you like to move it or to cancel it?',
    'It is {onWhen}. Move it, or cancel it?',
  ],
  confirmCancel: [
    'You have an appointment {onWhen}. Shall I cancel it?',
    'So I take out the appointment {onWhen}, yes or no?',
  ],
  confirmMove: ['Shall I change it from {from} to {when}?', 'So instead of {from} you come {onWhen}, yes or no?'],
  movingNow: ['One moment, I am changing it.', 'Let me change that.'],
  cancellingNow: ['One moment, I am taking it out.', 'Let me take that out.'],
  moved: ['Your appointment is moved to {when}.', "It's moved: you now come {onWhen}."],
  cancelled: ['Your appointment {onWhen} is cancelled.', 'The appointment {onWhen} is cancelled.'],
  keptAppointment: ['All right, your appointment {onWhen} stays as it is.', 'Fine, we leave it {onWhen}.'],
  changeFailed: ["I'm sorry, I couldn't change the appointment.", 'That did not work, I am sorry.'],
  wantsChange: ['Would like to change or call off an appointment[: {when}].'],
} satisfies Partial<Language['phrases']>;
