import type { Ctx } from '#base';
import type { CarrierAccount, Erasing, HeldThere } from '../carrier.ts';
import { Halt, openEraser, type Eraser, type List } from './eraser.ts';
import type { Api } from './rest.ts';

/** The lists that are looked through: how names begin in them, and which field says whose they are. */
const recordings: List = { key: 'recordings', begins: 'RE', owner: 'call_sid' };
const transcriptions: List = { key: 'transcriptions', begins: 'TR', owner: 'recording_sid' };
const legs: List = { key: 'calls', begins: 'CA', owner: 'parent_call_sid' };
const media: List = { key: 'media_list', begins: 'ME', owner: 'parent_sid' };

/**
 * Has deleted what lies at Twilio under that name, in an order in which whatever breaks it off can be made up for: a
 * recording goes when the list of its transcriptions reads empty; the call, and those that it was put through to, when the
 * list of its recordings does, for without them nothing of the rest could be found (twilio-oai, twilio_api_v2010.json:
 * ListRecording, ListRecordingTranscription, ListCall, DeleteCall and so on).
 */
export async function eraseThere(
  http: Ctx['http'],
  api: Api,
  { account, held }: { readonly account: CarrierAccount; readonly held: HeldThere },
): Promise<Erasing> {
  const eraser = openEraser(http, api, account);
  try {
    await (held.item === 'call' ? eraseCall(eraser, held.name) : eraseMessage(eraser, held.name));
  } catch (error) {
    if (error instanceof Halt) return { ...error.because, ...eraser.seen() };
    throw error;
  }
  const seen = eraser.seen();
  return { result: seen.removed > 0 ? 'asked' : 'gone', ...seen };
}

async function eraseCall(eraser: Eraser, call: string): Promise<void> {
  await eraseRecordings(eraser, call);
  // A call that was put through is a call of its own there, with the numbers of both.
  for (const leg of await eraser.list(`/Calls.json?ParentCallSid=${call}`, legs, call)) {
    await eraseRecordings(eraser, leg);
    await eraser.remove(`/Calls/${leg}.json`);
  }
  await removeIfThere(eraser, `/Calls/${call}.json`);
}

function eraseRecordings(eraser: Eraser, call: string): Promise<void> {
  const path = `/Recordings.json?CallSid=${call}`;
  return empty(
    () => eraser.list(path, recordings, call),
    async (recording) => {
      const within = `/Recordings/${recording}/Transcriptions.json`;
      await empty(
        () => eraser.listWithin(within, transcriptions, recording),
        (one) => eraser.remove(`/Transcriptions/${one}.json`),
      );
      await eraser.remove(`/Recordings/${recording}.json`);
    },
  );
}

async function eraseMessage(eraser: Eraser, message: string): Promise<void> {
  const path = `/Messages/${message}`;
  await empty(
    () => eraser.listWithin(`${path}/Media.json`, media, message),
    (one) => eraser.remove(`${path}/Media/${one}.json`),
  );
  await removeIfThere(eraser, `${path}.json`);
}

async function removeIfThere(eraser: Eraser, path: string): Promise<void> {
  if (await eraser.has(path)) await eraser.remove(path);
}

/** Everything in a list goes, and then the list has to read empty; else this look ends here. */
async function empty(list: () => Promise<readonly string[]>, remove: (name: string) => Promise<void>): Promise<void> {
  const found = await list();
  for (const name of found) await remove(name);
  if (found.length > 0 && (await list()).length > 0) throw new Halt({ result: 'asked' });
}
