import type { Mistake } from '#base';
import type { Profile } from './profile.ts';

const contacts = ['privacyContact', 'supportContact', 'securityContact'] as const;

/** What cannot be published as it is, by field. */
export function mistakesIn(profile: Profile): readonly Mistake[] {
  const { legalName, address, slug, timeZone } = profile;
  const wrong = contacts.filter((field) => {
    const contact = profile[field];
    return contact !== null && !isContact(contact);
  });
  return [
    ...wrong.map((field) => ({
      at: `/${field}`,
      fix: 'must be a mail address, or an address that begins with https://',
    })),
    ...(isLine(legalName, 200) ? [] : [{ at: '/legalName', fix: 'must be one line of 1 to 200 characters' }]),
    ...(isLine(address, 300) ? [] : [{ at: '/address', fix: 'must be one line of 1 to 300 characters' }]),
    ...(slug === null || /^[a-z0-9](-?[a-z0-9]){1,39}$/.test(slug)
      ? []
      : [{ at: '/slug', fix: 'must be 2 to 40 small letters and digits, with single hyphens between them' }]),
    ...(timeZone === null || isTimeZone(timeZone) ? [] : [{ at: '/timeZone', fix: 'must be an IANA time zone' }]),
  ];
}

/** How a contact is linked: mail as `mailto:`. */
export function contactLink(contact: string): string {
  return contact.startsWith('https://') ? contact : `mailto:${contact}`;
}

function isContact(text: string): boolean {
  if (!isLine(text, 300)) return false;
  if (!text.startsWith('https://')) return /^[^\s@<>"'(),:;\\[\]?&#%]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text);
  const address = URL.parse(text);
  return address?.href === text || `${text}/` === address?.href;
}

function isLine(text: string | null, most: number): boolean {
  return text === null || (text.length <= most && text.trim() === text && /^\P{C}+$/u.test(text));
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}
