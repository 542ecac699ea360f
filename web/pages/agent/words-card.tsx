import { Select, SimpleGrid, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useMe } from '../../api/me.ts';
import { Card } from '../../parts/card.tsx';
import { errorAt } from '../../parts/mistakes.ts';
import { useLocale, useWords } from '../../words/use-words.ts';
import type { PartProps } from './editor.tsx';
import { useOpening } from './use-opening.ts';

/** Name, language, greeting, and whether it says that it is an AI. */
export function WordsCard({ draft, options, isLocked }: PartProps) {
  const { words: say, mistakes: wrong } = useWords('agent');
  const { agent, set, mistakes } = draft;
  return (
    <Card title={say.title} about={say.about}>
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={say.name}
            description={say.nameAbout}
            value={agent.name}
            onChange={({ currentTarget: { value } }) => set({ name: value })}
            error={errorAt(mistakes, '/name', wrong.name)}
            disabled={isLocked}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
          />
          <LanguageField draft={draft} options={options} isLocked={isLocked} />
        </SimpleGrid>
        <Textarea
          label={say.greeting}
          description={say.greetingAbout}
          value={agent.greeting}
          onChange={({ currentTarget: { value } }) => set({ greeting: value })}
          error={errorAt(mistakes, '/greeting', wrong.greeting)}
          disabled={isLocked}
          autosize
          minRows={2}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
        />
        <Disclosure draft={draft} options={options} isLocked={isLocked} />
      </Stack>
    </Card>
  );
}

function LanguageField({ draft, options, isLocked }: PartProps) {
  const { words: say, mistakes: wrong } = useWords('agent');
  const names = new Intl.DisplayNames(useLocale(), { type: 'language' });
  const { agent, set, mistakes } = draft;
  const tags = options.languages.includes(agent.language) ? options.languages : [agent.language, ...options.languages];
  return (
    <Select
      label={say.language}
      description={say.languageAbout}
      data={tags.map((tag) => ({ value: tag, label: names.of(tag) ?? tag }))}
      value={agent.language}
      onChange={(tag) => tag && set({ language: tag })}
      error={errorAt(mistakes, '/language', wrong.language)}
      disabled={isLocked}
      allowDeselect={false}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
    />
  );
}

/** Where the law demands it the switch stands and cannot be moved. */
function Disclosure({ draft, isLocked }: PartProps) {
  const { words: say } = useWords('agent');
  const { agent, set } = draft;
  const { heard } = useOpening(draft);
  const isDemanded = heard?.disclosure.why === 'law';
  const place = new Intl.DisplayNames(useLocale(), { type: 'region' });
  const region = useMe().organisation?.region ?? '';
  return (
    <Switch
      label={say.disclose}
      description={isDemanded ? say.discloseLaw(placeName(place, region)) : say.discloseFree}
      checked={isDemanded || agent.discloseAi}
      onChange={({ currentTarget: { checked } }) => set({ discloseAi: checked })}
      disabled={isLocked || isDemanded}
    />
  );
}

/** `US-CA` as "United States (CA)". */
function placeName(names: Intl.DisplayNames, code: string): string {
  const [country = '', part] = code.split('-');
  const name = country === '' ? '' : (names.of(country) ?? country);
  return part ? `${name} (${part})` : name;
}
