/** What a browser said of itself, in words its owner knows it by; null for what it did not say. */
export type Device = { readonly browser: string | null; readonly system: string | null };

/** In this order: later ones name the earlier ones too, for old servers' sake. */
const browsers: readonly (readonly [string, RegExp])[] = [
  ['Edge', /\bEdgA?\/|\bEdgiOS\//],
  ['Opera', /\bOPR\/|\bOPiOS\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\bFirefox\/|\bFxiOS\//],
  ['Chrome', /\bChrome\/|\bCriOS\/|\bChromium\//],
  ['Safari', /\bVersion\/[\d.]+ .*\bSafari\//],
  ['curl', /^curl\//],
];

const systems: readonly (readonly [string, RegExp])[] = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b|\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
];

/** Reads a User-Agent. For the eye alone: it is what the browser claims. */
export function deviceOf(agent: string): Device {
  const named = (list: typeof browsers) => list.find(([, shape]) => shape.test(agent))?.[0] ?? null;
  return { browser: named(browsers), system: named(systems) };
}
