import { Type } from 'typebox';
import { Personal } from '#base';
import { organisation } from '#safeguards/accounts';
import { takeMessage } from '#secretary/messages';
import { personal, said, spokenNumber, strict } from '../inputs.ts';
import { tool } from '../tool.ts';

/** Without a number to call back, the one the caller rings from is meant. */
export default tool({
  describe: 'Takes a message for the business.',
  input: Type.Object(
    {
      name: said('who calls', 200),
      callback: said('number to call back, when it is not the one they ring from', 60),
      body: Type.String({ minLength: 1, maxLength: 10_000, description: 'what it is about, in their words' }),
      urgent: Type.Boolean({ description: 'true only when the caller says so' }),
    },
    strict,
  ),
  async run(ctx, tx, call, input) {
    const business = await organisation(tx, call.organisation);
    const messageId = await takeMessage(ctx, tx, {
      organisation: call.organisation,
      callId: call.callId,
      contactId: call.contactId,
      name: personal(input.name),
      callback: spokenNumber(input.callback, business) ?? call.callerNumber,
      body: new Personal(input.body),
      urgent: input.urgent,
    });
    return { messageId };
  },
});
