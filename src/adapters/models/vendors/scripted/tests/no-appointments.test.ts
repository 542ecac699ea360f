import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Call } from './desk.ts';

const appointment = /appointment|\bcitas?\b/i;
const refusal = /cannot make or change|not made over this line|no puedo dar ni cambiar|no damos citas/i;

const says = [
  { language: 'en-US', said: 'I would like to book an appointment for Monday at ten' },
  { language: 'en-US', said: 'I need to cancel my appointment' },
  { language: 'es-ES', said: 'Quiero pedir una cita para el lunes' },
  { language: 'es-ES', said: 'Quiero anular mi cita' },
] as const;

for (const { language, said } of says) {
  test(`where no appointments are made, "${said}" is told so and leads to a message, and no tool is asked for`, async () => {
    const call = new Call({ briefing: { language, canBook: false, canTransfer: false } });
    await call.start();
    const spoken = await call.turn({ type: 'heard', text: said, interrupted: false });
    const words = spoken.map(({ text }) => text).join(' ');
    assert.match(words, refusal);
    assert.match(words, /message|mensaje/i);
    assert.deepEqual(call.uses, []);
  });
}

test('where no appointments are made none are offered, neither as help nor as the end of a story', async () => {
  for (const said of ['What can you do?', 'My tooth hurts since yesterday and it gets worse']) {
    const call = new Call({ briefing: { canBook: false } });
    await call.start();
    const spoken = await call.turn({ type: 'heard', text: said, interrupted: false });
    for (const { text } of spoken) assert.doesNotMatch(text, appointment, said);
    assert.ok(spoken.length > 0);
  }
});
