import type { Leg } from './leg.ts';

/** Posts a webhook of this call and returns the document it is answered with. Throws when there is none. */
export async function askProduct(leg: Leg, url: string, fields: Readonly<Record<string, string>>): Promise<string> {
  const { repeatWebhooks, delayMs } = leg.options.faults ?? {};
  if (delayMs !== undefined) await leg.wait(delayMs);
  const form = { ...callFields(leg), ...fields };
  const asked = [post(leg, url, form)];
  if (repeatWebhooks === 'at-once') asked.push(post(leg, url, form));
  const answers = await Promise.all(asked);
  if (repeatWebhooks === 'after') answers.push(await post(leg, url, form));
  const [first, repeated] = answers;
  if (repeated)
    leg.log(repeated.body === first?.body ? 'repetition-answered-alike' : 'repetition-answered-differently');
  if (first?.status !== 200) throw new Error(`a webhook was answered with status ${first?.status}`);
  return first.body;
}

/** Tells the number's status URL how the call stands. What it answers is of no consequence, not even a failure. */
export async function tellStatus(leg: Leg, status: string, sequence: number): Promise<void> {
  const url = leg.options.statusUrl;
  if (url === undefined) return;
  const { clock } = leg.pace;
  try {
    await post(leg, url, {
      ...callFields(leg),
      CallStatus: status,
      CallbackSource: 'call-progress-events',
      SequenceNumber: String(sequence),
      Timestamp: new Date(clock.now()).toUTCString(),
      ...(status === 'in-progress' ? {} : lengthOf(leg)),
    });
  } catch {
    leg.log('status-not-delivered');
  }
}

/** Length of the call so far: in emulated seconds, and in the minutes that are charged. */
function lengthOf(leg: Leg): Record<string, string> {
  const seconds = Math.ceil((leg.steps.at(-1)?.atMs ?? 0) / 1_000);
  return { CallDuration: String(seconds), Duration: String(Math.ceil(seconds / 60)) };
}

async function post(leg: Leg, url: string, form: Readonly<Record<string, string>>) {
  leg.log('webhook', new URL(url).pathname);
  const answer = await leg.line.post(url, form);
  leg.log('answered', answer.status);
  return answer;
}

function callFields(leg: Leg): Record<string, string> {
  return {
    AccountSid: leg.account,
    ApiVersion: '2010-04-01',
    CallSid: leg.callId,
    CallStatus: leg.status,
    Called: leg.options.to,
    Caller: leg.from,
    Direction: 'inbound',
    From: leg.from,
    To: leg.options.to,
  };
}
