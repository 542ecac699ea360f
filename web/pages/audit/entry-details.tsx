import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { When } from '../../parts/when.tsx';
import { pageRoutes } from '../../routes.ts';
import { useWords } from '../../words/use-words.ts';
import classes from './audit.module.css';
import type { Entry } from './entry-row.tsx';
import type { Named } from './named.ts';

type Props = { readonly entry: Entry; readonly named: Named };

/** All that an entry holds. */
export function EntryDetails({ entry, named }: Props) {
  const say = useWords('audit');
  const details = Object.entries(entry.details ?? {}).filter(([, value]) => value !== null && value !== undefined);
  return (
    <div className={classes['details']}>
      {entry.state === 'damaged' && <Text size="sm">{say.damagedAbout}</Text>}
      {entry.state === 'erased' && (
        <Text size="sm">
          {say.erased}. {say.erasedAbout}
        </Text>
      )}
      <dl>
        {entry.object !== null && (
          <Field name={say.object}>
            <ObjectLink object={entry.object} named={named} />
          </Field>
        )}
        {details.map(([name, value]) => (
          <Field key={name} name={say.fields[name] ?? name}>
            <Value name={name} value={value} named={named} />
          </Field>
        ))}
        <Field name={say.entry}>
          <code>
            {entry.action} {entry.id}
          </code>
        </Field>
      </dl>
    </div>
  );
}

function Field({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

type ValueProps = { readonly name: string; readonly value: unknown; readonly named: Named };

/** A detail as text: names, words and times where there are some. */
function Value({ name, value, named }: ValueProps) {
  const say = useWords('audit');
  const { roles, may } = useWords('access');
  const words: Readonly<Record<string, { readonly name: string }>> = roles;
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return <When at={value} />;
  const textOf = (one: unknown): string => {
    if (typeof one === 'boolean') return one ? say.yes : say.no;
    if (typeof one !== 'string') return JSON.stringify(one);
    if (name === 'address') return one.slice(0, 12);
    return named.nameOf('person', one) ?? words[one]?.name ?? may[one] ?? one;
  };
  return Array.isArray(value) ? value.map(textOf).join(', ') : textOf(value);
}

/** The page on which something is shown. */
const pages: Readonly<Record<string, string>> = {
  'agent': '/agent',
  'api-key': '/keys',
  'appointment': '/appointments',
  'call': '/calls/$id',
  'credential': '/connections',
  'invitation': '/team',
  'lead': '/leads',
  'line': '/connections',
  'message': '/messages',
  'organisation': '/settings',
  'person': '/team',
};

function ObjectLink({ object, named }: { readonly object: string; readonly named: Named }) {
  const say = useWords('audit');
  const [kind = '', id = ''] = object.split(':');
  const label = named.nameOf(kind, id) ?? say.kinds[kind] ?? kind;
  const path = pages[kind];
  if (path === undefined || !pageRoutes.some((page) => page.path === path)) {
    return (
      <>
        {label} <code>{id}</code>
      </>
    );
  }
  return (
    <>
      <Anchor renderRoot={(props) => <Link {...props} to={path} params={{ id } as never} />} fz="inherit">
        {label}
      </Anchor>{' '}
      <code>{id}</code>
    </>
  );
}
