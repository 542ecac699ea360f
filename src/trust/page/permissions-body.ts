import { permissions, roles, ruleOf, wordsOf, type Permission, type Role } from '#access';
import { markup, type Markup } from '#base';
import type { Language } from '../claim.ts';
import { claimNames } from '../claim-names.ts';
import { permissionWords } from './permissions-words.ts';

/** The matrix that guards, as it is: nothing of it is written down here. */
export type PermissionState = {
  readonly roles: readonly Role[];
  readonly permissions: readonly PermissionLine[];
};

export type PermissionLine = {
  readonly permission: Permission;
  readonly say: ReturnType<typeof wordsOf>;
  readonly isFresh: boolean;
  readonly roles: Readonly<Partial<Record<Role, 'all' | 'own'>>>;
};

/** Reads the constant that every request is judged by. */
export function permissionState(): PermissionState {
  return { roles, permissions: permissions.map(lineOf) };
}

function lineOf(permission: Permission): PermissionLine {
  const rule = ruleOf(permission);
  const able = roles.flatMap((role) => (rule[role] ? [[role, rule[role]] as const] : []));
  return { permission, say: wordsOf(permission), isFresh: rule.isFresh ?? false, roles: Object.fromEntries(able) };
}

/** The page of the matrix: the roles, the table, and the rules that stand beside it. */
export function permissionsBody(state: PermissionState, language: Language): Markup {
  const text = permissionWords[language];
  const { own, factor, keys, giving, checked } = text;
  return markup`<section>
<h2>${text.rolesOf.title}</h2>
<dl class="facts">${state.roles.map((role) => markup`<div><dt>${text.roles[role]}</dt><dd>${text.rolesOf.says[role]}</dd></div>`)}</dl>
</section>
<section>
<h2>${text.matrix}</h2>
${matrixTable(state, language)}
</section>
${[own, factor, keys, giving].map(({ title, says }) => markup`<section><h2>${title}</h2><p>${says}</p></section>`)}
<section><h2>${checked.title}</h2><p>${checked.says} <a href="/trust/claims/roles-may-what-is-published">${claimNames['roles-may-what-is-published'][language]}</a>.</p></section>`;
}

function matrixTable(state: PermissionState, language: Language): Markup {
  const text = permissionWords[language];
  const head = [text.permission, ...state.roles.map((role) => text.roles[role]), text.fresh];
  return markup`<div class="scroll" role="region" aria-label="${text.matrix}" tabindex="0"><table class="stack narrow">
<thead><tr>${head.map((one) => markup`<th scope="col">${one}</th>`)}</tr></thead>
<tbody>${state.permissions.map((line) => row(line, state.roles, language))}</tbody>
</table></div>`;
}

function row(
  { permission, say, isFresh, roles: able }: PermissionLine,
  all: readonly Role[],
  language: Language,
): Markup {
  const text = permissionWords[language];
  const cells = all.map((role) => markup`<td data-head="${text.roles[role]}">${reach(able[role], language)}</td>`);
  return markup`<tr id="${permission.replace(':', '-')}"><th scope="row">${say[language]}<br><code>${permission}</code></th>${cells}
<td data-head="${text.fresh}">${isFresh ? text.isFresh : quiet(text.none)}</td></tr>`;
}

function reach(found: 'all' | 'own' | undefined, language: Language): Markup {
  const text = permissionWords[language];
  return found === undefined ? quiet(text.none) : markup`${text.reach[found]}`;
}

function quiet(words: string): Markup {
  return markup`<span class="quiet">${words}</span>`;
}
