import { field, type Fields } from '../twilio/form.ts';

/** A number of the emulated account, set up as somebody left it in the carrier's console. */
export type EmulatedNumber = {
  readonly phoneNumber: string;
  voiceUrl?: string;
  voiceMethod?: string;
  statusCallback?: string;
  statusCallbackMethod?: string;
  voiceApplicationSid?: string;
  trunkSid?: string;
  readonly takesCalls?: boolean;
};

/** The numbers that contain what is asked for, as the list of the real one finds them; all when nothing is asked for. */
export function listNumbers(numbers: readonly EmulatedNumber[], asked: string | undefined): object {
  const found = numbers.flatMap((one, at) =>
    one.phoneNumber.includes(asked ?? '') ? [resourceOf(one, sidOf(at))] : [],
  );
  return { incoming_phone_numbers: found, page: 0, page_size: 50, next_page_uri: null };
}

/** Changes what the form names, as the real one does: an application takes the trunk off, and the other way round. */
export function changeNumber(numbers: readonly EmulatedNumber[], sid: string, fields: Fields): object | undefined {
  const at = numbers.findIndex((_, index) => sidOf(index) === sid);
  const one = numbers[at];
  if (!one) return undefined;
  const take = (name: string, to: Exclude<keyof EmulatedNumber, 'phoneNumber' | 'takesCalls'>) => {
    const value = field(fields, name);
    if (value !== undefined) one[to] = value;
    return value;
  };
  take('VoiceUrl', 'voiceUrl');
  take('VoiceMethod', 'voiceMethod');
  take('StatusCallback', 'statusCallback');
  take('StatusCallbackMethod', 'statusCallbackMethod');
  if (take('VoiceApplicationSid', 'voiceApplicationSid')) one.trunkSid = '';
  if (take('TrunkSid', 'trunkSid')) one.voiceApplicationSid = '';
  return resourceOf(one, sid);
}

function sidOf(at: number): string {
  return `PN${String(at).padStart(32, '0')}`;
}

function resourceOf(one: EmulatedNumber, sid: string): object {
  return {
    sid,
    phone_number: one.phoneNumber,
    friendly_name: one.phoneNumber,
    voice_url: one.voiceUrl ?? '',
    voice_method: one.voiceMethod ?? 'POST',
    status_callback: one.statusCallback ?? '',
    status_callback_method: one.statusCallbackMethod ?? 'POST',
    voice_application_sid: one.voiceApplicationSid ?? '',
    trunk_sid: one.trunkSid ?? null,
    voice_receive_mode: 'voice',
    capabilities: { voice: one.takesCalls ?? true, sms: true, mms: true, fax: false },
    status: 'in-use',
  };
}
