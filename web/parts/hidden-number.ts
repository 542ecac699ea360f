/** A masked number as it is shown: dots stand level in every typeface, stars do not. */
export function hiddenNumber(phone: string): string {
  return phone.replaceAll('***-***-', '••• ••• ');
}
