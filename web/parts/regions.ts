import { browserLanguages } from '../words/browser-languages.ts';

/** ISO 3166-1: countries, without what nobody does business in. */
const countries =
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CD CF CG CH CI CK CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW';

/** ISO 3166-2: states of the USA, whose laws differ in what callers must be told. */
const states =
  'AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming';

type Option = { readonly value: string; readonly label: string };

/** Countries by the names they have in that language, in its order. */
export function countryOptions(locale: string): Option[] {
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  return countries
    .split(' ')
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .toSorted((one, other) => one.label.localeCompare(other.label, locale));
}

/** The states of a country whose law depends on them; none for the others. */
export function stateOptions(country: string): Option[] {
  if (country !== 'US') return [];
  return states.split('|').map((line) => ({ value: `US-${line.slice(0, 2)}`, label: line.slice(3) }));
}

/** What is most likely true of whoever sits here, from their browser alone. */
export function guessPlace(): { readonly timeZone: string; readonly region: string; readonly language: string } {
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'Etc/UTC';
  const { language, region = 'US' } = new Intl.Locale(browserLanguages()[0] ?? 'en-US').maximize();
  const tags = phoneLanguages.filter((tag) => tag.startsWith(`${language}-`));
  const exact = tags.find((tag) => tag.endsWith(`-${region}`));
  return { timeZone, region, language: exact ?? tags[0] ?? 'en-US' };
}

/** What the secretary that needs no key speaks. */
export const phoneLanguages = ['en-US', 'en-GB', 'en-CA', 'en-AU', 'es-ES', 'es-MX', 'es-US'] as const;
