import { Type } from 'typebox';
import { Check } from 'typebox/value';
import type { Ctx, VendorCheck } from '#base';
import type { CarrierAccount, CarrierAddress, CarrierNumber, NumberLook, Pointing } from '../carrier.ts';
import { askApi } from './ask.ts';
import type { Api } from './rest.ts';

const text = Type.Union([Type.String(), Type.Null()]);

/** The part of an IncomingPhoneNumber that says where its calls go (twilio-oai, twilio_api_v2010.json). */
const incoming = Type.Object({
  sid: Type.String({ pattern: '^PN[0-9a-zA-Z]{2,64}$' }),
  phone_number: Type.String(),
  voice_url: Type.Optional(text),
  voice_method: Type.Optional(text),
  status_callback: Type.Optional(text),
  status_callback_method: Type.Optional(text),
  voice_application_sid: Type.Optional(text),
  trunk_sid: Type.Optional(text),
  voice_receive_mode: Type.Optional(text),
  capabilities: Type.Optional(Type.Object({ voice: Type.Optional(Type.Boolean()) })),
});

const listed = Type.Object({ incoming_phone_numbers: Type.Array(incoming) });

type Incoming = Type.Static<typeof incoming>;

/**
 * Looks a number up: `GET …/IncomingPhoneNumbers.json?PhoneNumber=`, which also finds numbers that contain what is asked
 * for, so that only the very same one counts.
 */
export async function lookUpNumber(
  http: Ctx['http'],
  api: Api,
  { account, e164 }: { readonly account: CarrierAccount; readonly e164: string },
): Promise<NumberLook> {
  const path = `/IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(e164)}`;
  const reply = await askApi(http, api, { account, path });
  if (reply.result !== 'ok') return { result: reply.result };
  if (!Check(listed, reply.body)) return { result: 'not-understood' };
  const found = reply.body.incoming_phone_numbers.find((one) => one.phone_number === e164);
  return { result: 'ok', number: found && settingsOf(found) };
}

/**
 * Points a number: `POST …/IncomingPhoneNumbers/{number}.json`. An application or a trunk is taken off it, because while it
 * has one its own addresses are ignored.
 */
export async function pointNumber(
  http: Ctx['http'],
  api: Api,
  { account, pointing }: { readonly account: CarrierAccount; readonly pointing: Pointing },
): Promise<VendorCheck> {
  const form = {
    VoiceUrl: pointing.voiceUrl,
    VoiceMethod: 'POST',
    StatusCallback: pointing.statusUrl,
    StatusCallbackMethod: 'POST',
    VoiceApplicationSid: '',
    TrunkSid: '',
    VoiceReceiveMode: 'voice',
  };
  const path = `/IncomingPhoneNumbers/${encodeURIComponent(pointing.numberId)}.json`;
  return (await askApi(http, api, { account, path, form })).result;
}

function settingsOf(one: Incoming): CarrierNumber {
  return {
    id: one.sid,
    takesCalls: one.capabilities?.voice !== false && one.voice_receive_mode !== 'fax',
    voice: addressOf(one.voice_url, one.voice_method),
    status: addressOf(one.status_callback, one.status_callback_method),
    divertedTo: diversionOf(one),
  };
}

function diversionOf({ trunk_sid: trunk, voice_application_sid: application }: Incoming): CarrierNumber['divertedTo'] {
  if (trunk) return 'trunk';
  return application ? 'application' : undefined;
}

/** An empty address is none. */
function addressOf(url: string | null | undefined, method: string | null | undefined): CarrierAddress {
  return { url: url || null, method: method?.toUpperCase() || null };
}
