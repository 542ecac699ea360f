import { isProblem } from '#base';

/** Whether the way out refused. Only that counts: a host that did not answer was dialled all the same. */
export async function isRefused(leave: () => Promise<unknown>): Promise<boolean> {
  try {
    await leave();
    return false;
  } catch (error) {
    return isProblem(error, 'host-not-listed') || isProblem(error, 'address-blocked');
  }
}
