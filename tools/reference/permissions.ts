import { permissions, roles, ruleOf, type Permission } from '#access';
import { apiKeyScan } from '#safeguards/accounts';

/** docs/reference/permissions.md: the matrix that guards, as a table. */
export function permissionsPage(): string {
  return [
    '# Permissions',
    '',
    'What each role may do. This is the table that guards every route (`src/access/matrix.ts`); the product serves it at `/api/v1/permissions`. What is not listed is not allowed.',
    '',
    '"own" means calls that are assigned to the person, and what came of them. An API key is made for some of these permissions, its scopes, and reaches all of the organisation; nobody makes a key that may do more than they. Nobody gives a role, or changes or removes a member, that may do something they may not.',
    '',
    `| Permission | May … | ${roles.join(' | ')} | Second factor within ten minutes |`,
    `|---|---|${roles.map(() => '---|').join('')}---|`,
    ...permissions.map(rowOf),
  ].join('\n');
}

function rowOf(permission: Permission): string {
  const rule = ruleOf(permission);
  const reach = roles.map((role) => rule[role] ?? '–').join(' | ');
  return `| \`${permission}\` | ${rule.say} | ${reach} | ${rule.isFresh ? 'yes' : ''} |`;
}

/** docs/reference/api-keys.md: what an API key looks like, for scanners that look for secrets that got out. */
export function apiKeysPage(): string {
  const { prefix, regex, checksum, example } = apiKeyScan;
  return [
    '# API keys',
    '',
    'What a key looks like, so that scanners for secrets find one that got out and can be certain of it. The product serves the same at `/.well-known/sotto/api-key-pattern.json`. It tells nothing about any key.',
    '',
    '| | |',
    '|---|---|',
    `| Prefix | \`${prefix}\` |`,
    `| Regular expression | \`${regex}\` |`,
    `| Checksum | ${checksum} |`,
    `| Example, which opens nothing | \`${example}\` |`,
    '',
    'A key is stored as a keyed hash (HMAC-SHA-256) and shown once, when it is made or rotated. It can have an end, and networks outside of which it is refused. Rotating it gives a second secret; both live for as long as was asked, a week at most, and never three do. A key that was revoked, or whose maker was removed from the organisation, is refused by every process from the next request on.',
    '',
    'A refused key hears why only when its secret is right: `key-revoked`, `key-expired` or `address-refused`. Everything else is `key-invalid`.',
    '',
    'A rule for [gitleaks](https://github.com/gitleaks/gitleaks):',
    '',
    '```toml',
    '[[rules]]',
    'id = "sotto-api-key"',
    'description = "API key of Sotto"',
    `regex = '''${regex}'''`,
    `keywords = ["${prefix}"]`,
    '```',
  ].join('\n');
}
