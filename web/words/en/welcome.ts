/** The first run: three steps from nothing to one's own secretary. */
export const welcome = {
  title: 'Welcome to Sotto',
  about: 'Three short steps, and your own phone secretary answers. No keys, no mail server, no phone number needed.',
  step: (at: number, of: number) => `Step ${at} of ${of}`,
  steps: ['You', 'Your business', 'What it may do'],
  next: 'Continue',
  back: 'Back',
  mend: (step: string) => `Back to: ${step}`,
  you: {
    title: 'First, you',
    about: 'The first account owns this installation. Others come in when you invite them.',
    name: 'Your name',
    email: 'Email address',
    emailAbout: 'You sign in with it. Nothing is mailed now; you can prove later that it is yours.',
    password: 'Password',
    passwordAbout: '12 characters or more. Four unrelated words are strong and easy to remember.',
    code: 'Code from the start of Sotto',
    codeAbout: 'Sotto printed it where it was started, under its address: twelve letters and digits.',
  },
  business: {
    title: 'Your business',
    about: 'What callers hear, and when they can have an appointment. All of it can be changed later.',
    name: 'Name of the business',
    nameAbout: 'As it is said on the phone.',
    hours: 'Opening hours',
    hoursAbout: 'The secretary answers at any time, and books appointments within these.',
  },
  purposes: {
    title: 'What may your secretary do with what callers say?',
    about: 'Nothing is used for anything you do not agree to here.',
  },
  keeping: {
    title: 'How long is it kept?',
    about:
      'Then what was said, who called and recordings are destroyed, in backups of the database too. Leads and appointments stay with you. You can change it at any time.',
  },
  done: 'Make my secretary',
  closed: {
    title: 'The first account exists already',
    about: 'Sign in with it, or ask its owner for an invitation.',
    signIn: 'Sign in',
  },
  need: {
    name: 'What should we call you?',
    email: 'An address such as ana@example.com',
    password: 'At least 12 characters',
    otherPassword: 'Too short or too easy to guess; choose another, such as four unrelated words',
    code: 'Type the code that Sotto printed',
    business: 'What is the business called?',
    hours: 'Each day must end after it begins',
  },
};
