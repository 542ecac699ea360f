/**
 * What may change without an audit entry of its own, and why: the working state of an act that has its entry. For each
 * table the kinds of change (`insert`, `update`, `delete`) and the columns that migrations name in `sec.count_changes`; a
 * claim holds the two against each other, so that nothing is let off in one place alone. Everything else is counted.
 */
export const workingState: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  api_keys: { last_used_at: 'when a key was last used; what was done with it has entries' },
  call_decisions: { insert: 'why a running call went on as it did; that it was answered and how it ended are entries' },
  call_entries: {
    insert: 'the words of a running call, whose beginning and end are entries',
    heard: 'how much of a sentence was heard, known once it was spoken',
    heard_at: 'when that was known',
  },
  calls: {
    conversation: 'where a running call stands, after every step of it',
    turn: 'the same',
    language: 'the same: the caller may go on in another language',
    watch_at: 'when to look whether a running call has fallen silent',
    input_tokens: 'what a running call has used so far',
    output_tokens: 'the same',
    audio_seconds: 'the same',
    tries: 'how often summarising was tried; that it was done is an entry',
    next_try_at: 'when it is tried again',
    model_lost_at: 'that a running call lost its model',
  },
  canary_visits: {
    insert: 'what the product’s own caller did at the canary, for the next look',
    update: 'the same',
    delete: 'the same',
  },
  egress_books: {
    insert: 'that something left or was refused, counted by host; that somebody looked into it is an entry',
    count: 'the same',
    since_at: 'the same',
    last_at: 'the same',
  },
  erasures: {
    found: 'what an erasure has counted so far; asked, begun, emptied, done and certified are entries',
    due_at: 'when it is gone on with',
    waits_for: 'what it waits for',
    unreadable_at: 'when its keys were gone, as the certificate says',
    certificate: 'the certificate as it is so far: it is signed, and the last one has its entry',
  },
  evidence: {
    insert: 'one look at a claim; all looks of a minute are committed to by one entry',
    delete: 'looks that changed nothing, once 200 newer ones are there',
    entry_id: 'which entry that is',
  },
  first_runs: {
    insert: 'the first account being set up; that it was made is an entry',
    update: 'the same',
    delete: 'the same',
  },
  held_items: {
    insert: 'what a hold holds, found again each hour; asking, approving and releasing are entries',
    wrapped_at: 'whether a key lies under the key of holds already',
  },
  holds: { kept_at: 'when that was last seen to' },
  hygiene_runs: { insert: 'when the hourly run looked; what ended has entries', delete: 'runs of long ago' },
  installation: { insert: 'which keystore the database belongs to, once, at the first start' },
  log_cosignatures: { insert: 'what a witness signed: signatures over heads of the log itself' },
  log_witnesses: {
    size: 'how far a witness has come; that there is one is an entry',
    due_at: 'when it is sent the next head',
    tries: 'how often that was tried',
    state: 'what it last answered',
    state_at: 'when it did',
    why: 'why it refused, which turns a claim',
  },
  mails: {
    insert: 'a mail about an act that has its entry; the log of mails keeps that it was sent',
    update: 'how sending it goes',
    delete: 'the log of mails ends after a year',
  },
  outside_flows: {
    insert: 'a sign-in at another provider that is under way',
    update: 'the same',
    delete: 'the same, once it is over',
  },
  outside_identities: { last_used_at: 'when it was last used; the session that began has an entry' },
  passkey_challenges: { insert: 'a sign-in that is under way', update: 'the same', delete: 'the same' },
  passkeys: { counter: 'what the key has counted', last_used_at: 'when it was last used; the session has an entry' },
  pending_sign_ins: { insert: 'a sign-in that is under way', update: 'the same', delete: 'the same' },
  processor_erasures: {
    insert: 'what a company outside has to delete of a call, whose end here is an entry',
    update: 'how asking for it goes; what is not confirmed in time is an entry',
    delete: 'what was confirmed, a while later',
  },
  public_hours: { insert: 'public counts of an hour', delete: 'those of long ago' },
  public_weeks: { insert: 'public counts of a week', delete: 'those that are public no more' },
  recordings: { next_try_at: 'when storing a recording is tried again' },
  register_mails: {
    state: 'what became of a mail that has its entry, copied from the log of mails',
    ended_at: 'the same',
    vendor: 'the same',
  },
  register_notices: {
    told_at: 'when the first mail of a notice had gone; that it was written, and a notice by hand, are entries',
    told_by: 'the same',
  },
  repeats: {
    insert: 'the answer to a request that may be repeated; what the request did is an entry',
    update: 'the same',
    delete: 'the same, a day later',
  },
  report_clocks: { warned_at: 'that somebody was reminded of a report', missed_told_at: 'that it was told as late' },
  response_days: { insert: 'measured times', update: 'the same', delete: 'those of long ago' },
  sessions: {
    seen_at: 'when somebody was last seen',
    delete: 'sessions that had ended by themselves; those that somebody ends have entries',
  },
  sign_in_links: {
    handled_at: 'that a link that was asked for has been seen to; asking, sending and using are entries',
    request: 'what was asked, until then',
    delete: 'links that are over',
  },
  sign_in_tries: {
    insert: 'how often a sign-in failed lately; each failure and each lock is an entry',
    update: 'the same',
    delete: 'the same',
  },
  stream_tokens: {
    insert: 'the token of one socket of a running call, for a minute',
    update: 'that it was used',
    delete: 'the same',
  },
  totp_secrets: {
    insert: 'an authenticator app that counts for nothing before it is confirmed, which is an entry',
    last_step: 'the last code that was shown',
  },
  turns: { insert: 'how long a caller waited for one answer' },
  uptime_spans: { insert: 'measured times', update: 'the same', delete: 'those of long ago' },
};

/** Of these a kind of change is counted for some rows alone, on the condition that their migration names. */
export const countedWhen: Readonly<Record<string, Readonly<Partial<Record<'insert' | 'update' | 'delete', string>>>>> =
  {
    // One that was never confirmed counts for nothing, and goes without a word.
    totp_secrets: { delete: 'old.confirmed_at IS NOT NULL' },
  };
