import { iso, newId, sql, type Ctx, type Id, type Personal, type Tx } from '#base';
import { record } from '#safeguards/audit';
import { seal, sealGiven } from '#safeguards/vault';
import { reachIndex } from '#secretary/contacts';

/** Takes down what a caller wants passed on. The words are under a key of their own: they are kept as long as messages are. Returns the message's id. */
export async function takeMessage(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  message: {
    readonly organisation: Id;
    readonly callId: Id;
    readonly contactId?: Id | undefined;
    readonly name?: Personal | undefined;
    readonly callback?: Personal | undefined;
    readonly body: Personal;
    readonly urgent: boolean;
  },
): Promise<Id> {
  const { organisation, callId, contactId, urgent } = message;
  const id = newId(ctx);
  const subject = { organisation, kind: 'message', id } as const;
  const place = (column: string) => ({ table: 'messages', row: id, column });
  const name = await sealGiven(ctx, subject, place('name'), message.name);
  const callback = await sealGiven(ctx, subject, place('callback'), message.callback);
  const index = await reachIndex(ctx, tx, { organisation, number: message.callback, contactId });
  const body = await seal(ctx, subject, place('body'), message.body);
  await tx.run(sql`
    insert into app.messages
      (organisation_id, id, call_id, contact_id, channel, name, callback, callback_index, body, urgent,
        created_at)
    values (${organisation}, ${id}, ${callId}, ${contactId}, 'voice', ${name}, ${callback}, ${index},
      ${body}, ${urgent},
      ${iso(ctx.clock.now())})`);
  await record(ctx, tx, {
    organisation,
    actor: 'caller',
    action: 'message.taken',
    object: `message:${id}`,
    details: { callId },
  });
  return id;
}
