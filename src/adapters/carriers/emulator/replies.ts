/** An answer of the API. */
export type Reply = { readonly status: number; readonly body: object | null };

/** What whoever shows no credentials of the account is answered. */
export function unknownAccount(): Reply {
  return refusal(401, 20_003, 'Authenticate');
}

/** What a name that names nothing is answered. */
export function notThere(): Reply {
  return refusal(404, 20_404, 'The requested resource was not found');
}

/** A refusal as the API words it. */
export function refusal(status: number, code: number, message: string): Reply {
  return { status, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } };
}
