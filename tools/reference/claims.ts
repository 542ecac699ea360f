import { groups, loadClaims, type Claim } from '#trust';

/** docs/reference/claims.md: what the trust page says, and how each sentence is checked. */
export async function claimsPage(): Promise<string> {
  const claims = await loadClaims();
  const sections = groups.flatMap((group) => {
    const items = claims.filter(({ item }) => item.group === group);
    return items.length === 0 ? [] : ['', `## ${group}`, ...items.flatMap(({ id, item }) => section(id, item))];
  });
  return [
    '# Claims',
    '',
    'Every public promise, word for word as on `/trust`. The status is not here: it is computed in the running system, and nobody can type it. Ids such as `ACC-01` name the promises of `spec/claims.yaml`.',
    ...sections,
  ].join('\n');
}

function section(id: string, claim: Claim): readonly string[] {
  const file = `src/trust/claims/${id}.ts`;
  return [
    '',
    `### ${id}`,
    '',
    `> ${claim.say.en}`,
    '',
    `Fulfils ${claim.fulfils.join(', ')}. ${howItIsShown(claim)} [${file}](../../${file})`,
  ];
}

function howItIsShown(claim: Claim): string {
  switch (claim.kind) {
    case 'proven':
      return `Checked every ${claim.every / 60_000} minutes. ${claim.how.en}`;
    case 'process':
      return `People do it, the product keeps the clock. ${claim.how.en}`;
    case 'attested':
      return `Shown while a document of the kind \`${claim.document}\` is in date; without one: ${claim.otherwise.en}`;
    case 'declined':
      return `Not claimed. ${claim.why.en}`;
    case 'roadmap':
      return claim.missing ? `Not built yet. ${claim.missing.en}` : 'Not built yet.';
  }
}
