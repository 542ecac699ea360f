/** A number as it is written. */
export function count(value: number): string {
  return value.toLocaleString('en');
}
