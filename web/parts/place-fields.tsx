import { Select, SimpleGrid } from '@mantine/core';
import { useMemo } from 'react';
import { useLocale, useWords } from '../words/use-words.ts';
import { countryOptions, phoneLanguages, stateOptions } from './regions.ts';

/** Where a business is, as the API takes it. */
export type Place = { readonly timeZone: string; readonly language: string; readonly region: string };

type Props = {
  readonly value: Place;
  readonly onChange: (change: Partial<Place>) => void;
  /** What the server found wrong, by field. */
  readonly mistakes?: Partial<Record<keyof Place, string>>;
};

/** Time zone, language on the phone, country, and where its law depends on it the state. */
export function PlaceFields({ value, onChange, mistakes = {} }: Props) {
  const say = useWords('place');
  const locale = useLocale();
  const countries = useMemo(() => countryOptions(locale), [locale]);
  const country = value.region.slice(0, 2);
  const states = stateOptions(country);
  const common = { searchable: true, allowDeselect: false, nothingFoundMessage: say.nothingFound } as const;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="md">
      <Select
        {...common}
        label={say.country}
        description={say.countryAbout}
        autoComplete="off"
        data={countries}
        value={country}
        error={mistakes.region}
        onChange={(next) => next !== null && onChange({ region: next })}
      />
      {states.length > 0 && (
        <Select
          {...common}
          label={say.state}
          description={'\u00a0'}
          autoComplete="off"
          data={[{ value: country, label: say.stateAny }, ...states]}
          value={value.region}
          onChange={(next) => next !== null && onChange({ region: next })}
        />
      )}
      <Select
        {...common}
        label={say.language}
        data={languagesWith(value.language, say.languages)}
        value={value.language}
        error={mistakes.language}
        onChange={(next) => next !== null && onChange({ language: next })}
      />
      <TimeZoneField value={value.timeZone} onChange={onChange} mistake={mistakes.timeZone} />
    </SimpleGrid>
  );
}

type ZoneProps = Pick<Props, 'onChange'> & { readonly value: string; readonly mistake: string | undefined };

function TimeZoneField({ value, onChange, mistake }: ZoneProps) {
  const say = useWords('place');
  const zones = useMemo(() => [...new Set([value, ...Intl.supportedValuesOf('timeZone')])].toSorted(), [value]);
  return (
    <Select
      label={say.timeZone}
      searchable
      allowDeselect={false}
      nothingFoundMessage={say.nothingFound}
      limit={200}
      autoComplete="off"
      data={zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      value={value}
      error={mistake}
      onChange={(next) => next !== null && onChange({ timeZone: next })}
    />
  );
}

/** The languages there are, and the one that was set by other means. */
function languagesWith(current: string, names: Readonly<Record<string, string>>) {
  const all = [...new Set([...phoneLanguages, current])];
  return all.map((value) => ({ value, label: names[value] ?? value }));
}
