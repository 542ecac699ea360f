import type { Config } from './config.ts';

/** Two years, as the preload list wants it at least half as long (hstspreload.org). */
const hstsSeconds = 63_072_000;

/** Every feature that a page could use or hand on, off: nothing here needs one. W3C permissions registry, 2026. */
const features =
  'accelerometer|ambient-light-sensor|attribution-reporting|autoplay|bluetooth|browsing-topics|camera|compute-pressure|' +
  'cross-origin-isolated|display-capture|encrypted-media|fullscreen|gamepad|geolocation|gyroscope|hid|' +
  'identity-credentials-get|idle-detection|keyboard-map|local-fonts|magnetometer|microphone|midi|otp-credentials|payment|' +
  'picture-in-picture|publickey-credentials-create|publickey-credentials-get|screen-wake-lock|serial|speaker-selection|' +
  'storage-access|usb|web-share|window-management|xr-spatial-tracking';

/** What makes a page's policy its own: the nonces or hashes of its style and script, and what else it may do. */
export type PageNeeds = {
  /** Sources for styles, such as `'sha256-…'` or `'nonce-…'`. */
  readonly style?: string;
  /** Sources for scripts. */
  readonly script?: string;
  /** Where scripts may connect to, and their forms post to: `'self'` or nothing. */
  readonly connect?: "'self'";
  /** Forms of a page without scripts may be sent, to us. */
  readonly forms?: true;
  readonly image?: "'self'";
  readonly font?: "'self'";
  /** Sound. */
  readonly media?: "'self'";
  /** The one trusted-types policy that a script may make; without it none. */
  readonly types?: 'default';
};

/**
 * The content security policy of a page: nothing from anywhere but what is named, no frame round it, and no text that
 * becomes markup in a script's hands.
 */
export function pagePolicy({ style, script, connect, forms, image, font, media, types }: PageNeeds = {}): string {
  return [
    "default-src 'none'",
    style && `style-src ${style}`,
    script && `script-src ${script}`,
    connect && `connect-src ${connect}`,
    image && `img-src ${image}`,
    font && `font-src ${font}`,
    media && `media-src ${media}`,
    "base-uri 'none'",
    `form-action ${connect ?? (forms ? "'self'" : "'none'")}`,
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${types ?? "'none'"}`,
  ]
    .filter(Boolean)
    .join('; ');
}

/** The Permissions-Policy in which a page may use these features itself and hand none of them on; all others stay off. */
export function openedFeatures(opened: readonly string[]): string {
  return features
    .split('|')
    .map((feature) => `${feature}=(${opened.includes(feature) ? 'self' : ''})`)
    .join(', ');
}

/**
 * On every answer of every status. A route may replace the policy and the caching for its own page;
 * what it does not replace stays closed.
 */
const safeHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': pagePolicy(),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': openedFeatures([]),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-frame-options': 'DENY',
};

/** The same, and over https the promise that it stays https (RFC 6797: never over plain http). */
export function closedHeaders(
  config: Pick<Config, 'hsts' | 'publicUrl' | 'tlsCert'>,
): Readonly<Record<string, string>> {
  const { hsts, publicUrl, tlsCert } = config;
  if (tlsCert === undefined && !publicUrl?.startsWith('https:')) return safeHeaders;
  const reach = hsts === 'subdomains' ? '; includeSubDomains; preload' : '';
  return { ...safeHeaders, 'strict-transport-security': `max-age=${hstsSeconds}${reach}` };
}
