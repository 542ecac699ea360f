import { Anchor } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useZone } from '../../api/me.ts';
import { useLocale, useWords } from '../../words/use-words.ts';
import type { Erasure } from './erasure.ts';

/** Where the certificate of a deletion is fetched. Nothing before something was deleted: there is none. */
export function CertificateLink({ erasure: { id, scope, askedAt, erasedAt } }: { readonly erasure: Erasure }) {
  const { list: say } = useWords('deletion');
  const format = new Intl.DateTimeFormat(useLocale(), { dateStyle: 'medium', timeStyle: 'short', timeZone: useZone() });
  if (erasedAt === null) return null;
  return (
    <Anchor
      href={`/api/v1/erasures/${id}/certificate`}
      download={`deletion-${id}.txt`}
      size="sm"
      aria-label={say.certificateOf(say.scopes[scope], format.format(new Date(askedAt)))}
      style={level}
    >
      <IconDownload size={15} aria-hidden />
      {say.certificate}
    </Anchor>
  );
}

const level = { display: 'inline-flex', alignItems: 'center', gap: 5, whiteSpace: 'nowrap' } as const;
