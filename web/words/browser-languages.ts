/**
 * The languages that the browser asks for, the dearest first, as tags that `Intl` takes. Some systems hand their own
 * names through, such as `en-US@posix`; what cannot be read as a tag is left out.
 */
export function browserLanguages(asked: readonly string[] = navigator.languages): readonly string[] {
  return asked.flatMap((one) => {
    try {
      return Intl.getCanonicalLocales(one.replace(/[@.].*$/, '').replaceAll('_', '-'));
    } catch {
      return [];
    }
  });
}
