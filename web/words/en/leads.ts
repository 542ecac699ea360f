/** People who might become customers. */
export const leads = {
  title: 'Leads',
  about: 'Callers who might become customers: what they want, and where it stands.',
  show: 'Show',
  all: 'All',
  statuses: { new: 'New', contacted: 'Contacted', won: 'Won', lost: 'Lost' },
  status: (name: string) => `Where it stands with ${name}`,
  anonymous: 'No name given',
  nothingSaid: 'Did not say what it is about',
  call: 'The call',
  empty: {
    title: 'No leads yet',
    about:
      'When a caller is interested in something you offer, they appear here with what they want, so that you can call back. Play a new customer yourself to see how.',
    action: 'Call your secretary',
  },
  none: {
    new: { title: 'No new leads', about: 'Everybody has been contacted. New ones appear here by themselves.' },
    contacted: { title: 'Nobody is being talked with', about: 'Say of a new lead that you contacted them.' },
    won: { title: 'Nobody won yet', about: 'When a lead becomes a customer, mark it as won.' },
    lost: { title: 'Nobody lost', about: 'Leads that came to nothing are kept here.' },
  },
};
