/** A call as it is put into a business of the tests; times in minutes. */
export type SeededCall = {
  /** Since the server's clock stood when the business was opened. */
  readonly ago: number;
  readonly lasted: number;
  /** Absent: withheld. */
  readonly from?: string;
  readonly name?: string;
  /** `now`: it goes on. */
  readonly end: 'now' | 'completed' | 'caller-hung-up' | 'caller-silent' | 'transferred';
  readonly outcome: string;
  readonly summary: string;
  /** In turns, the secretary first, after its opening. */
  readonly said: readonly string[];
  readonly message?: { readonly body: string; readonly urgent: boolean };
  readonly lead?: string;
  /** Begins so many hours from then; reason. */
  readonly books?: { readonly inHours: number; readonly reason: string };
  /** How long the caller waited for each answer, where it was a live call. */
  readonly waits?: readonly number[];
  /** The tools that were run, in order. */
  readonly did?: readonly string[];
  readonly mine?: true;
};

const day = 24 * 60;

/** What a dental practice hears in a few days, newest first. */
export const callsOfAWeek: readonly SeededCall[] = [
  {
    ago: 1,
    lasted: 1,
    from: '+12075550156',
    end: 'now',
    outcome: '',
    summary: '',
    said: [
      'How can I help you today?',
      'Do you take children as patients? My daughter is six.',
      'Yes, from the first tooth on. Would you like an appointment for her?',
    ],
    waits: [590],
  },
  {
    ago: 6,
    lasted: 2.3,
    from: '+12075550147',
    name: 'Maria Lopez',
    end: 'completed',
    outcome: 'appointment-booked',
    summary:
      'Maria Lopez has had toothache since Friday. Booked for Tuesday at ten; she will bring her insurance card.',
    did: ['find-slot', 'book', 'end-call'],
    said: [
      'How can I help you today?',
      'Hi, I have had a toothache since Friday and I would like to see somebody soon.',
      'I am sorry to hear that. I have tomorrow, Tuesday, at ten or at half past two. Which suits you?',
      'Ten is good.',
      'May I have your name, please?',
      'Maria Lopez.',
      'Thank you, Maria. You are booked for Tuesday at ten. Please bring your insurance card.',
      'I will. Thank you!',
    ],
    lead: 'Toothache since Friday, wants to be seen soon',
    books: { inHours: 24, reason: 'Toothache, upper left' },
    waits: [640, 720, 580, 690],
    mine: true,
  },
  {
    ago: 22,
    lasted: 1.6,
    from: '+12075550188',
    name: 'Tom Becker',
    end: 'caller-hung-up',
    outcome: 'message-taken',
    summary: 'Tom Becker lost a crown while travelling and wants to be called back today, before five.',
    did: ['take-message'],
    said: [
      'How can I help you today?',
      'My crown came off this morning and I am on the road. Can the doctor call me?',
      'I will pass that on right away. Until when can you be reached?',
      'Until five, on this number.',
      'I have noted that it is urgent. Somebody will call you before five.',
    ],
    message: {
      body: 'Lost a crown this morning, is travelling. Please call back before five, on the number he called from.',
      urgent: true,
    },
    lead: 'Lost crown, travelling until Thursday',
    waits: [810, 760],
  },
  {
    ago: 41,
    lasted: 0.8,
    from: '+12075550119',
    end: 'completed',
    outcome: 'question-answered',
    summary: 'Asked whether there is parking. Told that it is free, behind the building.',
    did: ['end-call'],
    said: [
      'How can I help you today?',
      'Is there parking at your place?',
      'Yes, there is free parking behind the building.',
      'Great, thanks, that was all.',
      'You are welcome. Goodbye!',
    ],
    waits: [530],
  },
  {
    ago: 63,
    lasted: 3.4,
    from: '+12075550102',
    name: 'Grace Kim',
    end: 'completed',
    outcome: 'appointment-moved',
    summary: 'Grace Kim moved her cleaning from Wednesday to Thursday at three.',
    did: ['find-mine', 'find-slot', 'move', 'end-call'],
    said: [
      'How can I help you today?',
      'I have a cleaning on Wednesday and need to move it.',
      'I see it: Wednesday at nine. Thursday at three is free. Would that do?',
      'Perfect.',
      'It is moved to Thursday at three. Anything else?',
      'No, thank you.',
    ],
    books: { inHours: 77, reason: 'Cleaning' },
    mine: true,
  },
  {
    ago: 95,
    lasted: 1.2,
    from: '+12075550171',
    end: 'transferred',
    outcome: 'transferred',
    summary: 'Had a question about a bill. Put through to the front desk.',
    did: ['transfer'],
    said: [
      'How can I help you today?',
      'I got a bill that I do not understand.',
      'Let me put you through to the front desk.',
    ],
  },
  {
    ago: 130,
    lasted: 0.6,
    end: 'caller-silent',
    outcome: 'abandoned',
    summary: 'A call to Riverside Dental without words.',
    said: ['How can I help you today?', '', 'Are you still there?', ''],
  },
  {
    ago: day + 12,
    lasted: 2.9,
    from: '+12075550133',
    name: 'Ahmed Farouk',
    end: 'completed',
    outcome: 'appointment-booked',
    summary: 'New patient, wants a first check-up and asked what it costs. Booked for Wednesday at eleven.',
    did: ['find-slot', 'book', 'end-call'],
    said: [
      'How can I help you today?',
      'Are you taking new patients? And what is a cleaning?',
      'Yes, we are taking new patients, and a cleaning is 95 dollars. Shall I book one?',
      'Yes, Wednesday in the morning, please.',
      'Wednesday at eleven is free. May I have your name?',
      'Ahmed Farouk.',
      'Thank you, Ahmed. You are booked.',
    ],
    lead: 'New patient, first check-up and cleaning',
    books: { inHours: 73, reason: 'First check-up and cleaning' },
    waits: [600, 1_450, 700],
  },
  {
    ago: day + 180,
    lasted: 0.7,
    from: '+12075550195',
    end: 'completed',
    outcome: 'do-not-contact',
    summary: 'Asked not to be called about offers any more. The number will not be contacted.',
    did: ['stop-calling', 'end-call'],
    said: [
      'How can I help you today?',
      'Please stop calling me about offers.',
      'Of course. You will not be contacted again.',
    ],
  },
  {
    ago: 2 * day + 45,
    lasted: 1.8,
    from: '+12075550164',
    name: 'Pilar Núñez',
    end: 'completed',
    outcome: 'message-taken',
    summary: 'Pilar Núñez asks for her X-rays to be sent to her new dentist.',
    did: ['take-message', 'end-call'],
    said: [
      'How can I help you today?',
      'Could you send my X-rays to my new dentist?',
      'I will pass that on. Where should they go?',
      'Harbor Dental, they know about it.',
    ],
    message: { body: 'Please send her X-rays to Harbor Dental; they know about it.', urgent: false },
  },
  {
    ago: 3 * day + 200,
    lasted: 1.1,
    from: '+12075550128',
    end: 'completed',
    outcome: 'appointment-cancelled',
    summary: 'Cancelled the appointment on Monday; will call again in spring.',
    did: ['find-mine', 'cancel', 'end-call'],
    said: [
      'How can I help you today?',
      'I need to cancel my appointment on Monday.',
      'It is cancelled. Shall I find another time?',
      'No, I will call in spring.',
    ],
  },
];
