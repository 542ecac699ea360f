import { iso } from '#base';
import type { Held } from '#safeguards/register';

/** What is held back until when, and what happens meanwhile, for whoever runs the installation. */
export function heldWords({ processor, name, until, isWithdrawn, meanwhile }: Held): string {
  const why = isWithdrawn
    ? 'was taken back and gets nothing'
    : until === null
      ? 'is held back until everybody affected has been told, and their days are over'
      : `is held back until ${iso(until)}`;
  return `${name} ${why}. ${meanwhile} (./sotto processors; ${processor})`;
}
