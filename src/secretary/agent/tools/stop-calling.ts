import { Type } from 'typebox';
import { suppress } from '#secretary/contacts';
import { strict } from '../inputs.ts';
import { refuse } from '../refusal.ts';
import { tool } from '../tool.ts';

/** For the number the caller rings from alone: nobody can silence someone else's. */
export default tool({
  describe: 'Makes sure the number the caller rings from is never called or written to again.',
  input: Type.Object({}, strict),
  async run(ctx, tx, call) {
    const { organisation, callerNumber: phone, callId } = call;
    if (!phone) throw refuse('number-withheld');
    await suppress(ctx, tx, { organisation, phone, reason: 'asked-in-call', callId });
    return {};
  },
});
