/** Un número como se escribe. */
export function count(value: number): string {
  return value.toLocaleString('es', { useGrouping: 'always' });
}
