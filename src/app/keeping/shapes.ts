import { Type, type Static } from 'typebox';
import type { Mistake } from '#base';
import { dayMs, days, mostDays, presets, windowMistakes, type Window, type Windows } from '#safeguards/retention';

const usual = await presets();

const wholeDays = Type.Integer({ minimum: 1, maximum: mostDays });
/** What an account may keep as long as it lasts. */
const orAccount = Type.Union([wholeDays, Type.Literal('account')]);

/** Days of what a business sets, by the name of the rule. */
const daysShape = {
  recordings: { ...wholeDays, description: 'Days that recordings are kept, from when they were made.' },
  calls: {
    ...wholeDays,
    description: "Days that a call's words, summary, number and name are kept, from its end. The call itself stays.",
  },
  messages: { ...wholeDays, description: 'Days that messages are kept, from when they were taken.' },
};
/** Days of what may also be kept as long as the account. */
const longerShape = {
  people: {
    ...orAccount,
    description: 'Days that the number and name of a caller are kept, from their latest call; or `account`.',
  },
  leads: { ...orAccount, description: 'Days that leads are kept, from when they were written down; or `account`.' },
  appointments: {
    ...orAccount,
    description: 'Days that appointments are kept, from when they are over; or `account`.',
  },
};

/** What somebody chooses: of what is left out the days stay as they are. */
export const chosenDays = Type.Object({
  ...daysShape,
  people: Type.Optional(longerShape.people),
  leads: Type.Optional(longerShape.leads),
  appointments: Type.Optional(longerShape.appointments),
});

/** As it is told: the product's own organisations keep things for minutes, which is a part of a day. */
const told = Type.Number({ exclusiveMinimum: 0, maximum: mostDays });
const toldOrAccount = Type.Union([told, Type.Literal('account')]);

/** Days of everything, as they are. */
export const allDays = Type.Object({
  recordings: { ...told, description: daysShape.recordings.description },
  calls: { ...told, description: daysShape.calls.description },
  messages: { ...told, description: daysShape.messages.description },
  people: { ...toldOrAccount, description: longerShape.people.description },
  leads: { ...toldOrAccount, description: longerShape.leads.description },
  appointments: { ...toldOrAccount, description: longerShape.appointments.description },
});

/** The names of the presets. */
export const presetNames: readonly string[] = usual.map(({ id }) => id);

export type ChosenDays = Static<typeof chosenDays>;

/** The windows of chosen days; of what is left out, those given. */
export function windowsFrom(chosen: ChosenDays, otherwise: Windows): Windows {
  const longer = (rule: 'people' | 'leads' | 'appointments') => {
    const count = chosen[rule];
    if (count === undefined) return otherwise[rule];
    return count === 'account' ? count : days(count);
  };
  return {
    recordings: days(chosen.recordings),
    calls: days(chosen.calls),
    messages: days(chosen.messages),
    people: longer('people'),
    leads: longer('leads'),
    appointments: longer('appointments'),
  };
}

/** What is wrong with the days that somebody chose for a new business, of which nothing is set yet. */
export function daysMistakes(chosen: ChosenDays): Mistake[] {
  const { windows } = usual.find(({ id }) => id === 'standard')!.item;
  return windowMistakes(windowsFrom(chosen, windows)).map(({ at, fix }) => ({ at: `/keeping${at}`, fix }));
}

/** The windows in days, as they are shown. */
export function daysOf({ recordings, calls, messages, people, leads, appointments }: Windows) {
  return {
    recordings: recordings.ms / dayMs,
    calls: calls.ms / dayMs,
    messages: messages.ms / dayMs,
    people: daysIn(people),
    leads: daysIn(leads),
    appointments: daysIn(appointments),
  };
}

function daysIn(window: Window): number | 'account' {
  return window === 'account' ? window : window.ms / dayMs;
}
