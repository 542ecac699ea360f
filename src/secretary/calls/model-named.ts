import type { Item } from '#base';
import type { TextModel } from '#adapters/models';

/** The model an agent chose; the scripted receptionist when that one is no longer there. */
export function modelNamed(models: readonly Item<TextModel>[], id: string): TextModel {
  const found = models.find((one) => one.id === id) ?? models.find((one) => one.id === 'scripted');
  if (!found) throw new Error('the scripted receptionist is missing');
  return found.item;
}
