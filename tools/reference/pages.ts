import { apiTypes } from './api-types.ts';
import { claimsPage } from './claims.ts';
import { commandsPage } from './commands.ts';
import { configPage } from './config.ts';
import { dataMapPage } from './data-map.ts';
import { frameworksPage } from './frameworks.ts';
import { apiKeysPage, permissionsPage } from './permissions.ts';
import { declaredRoutes } from './routes.ts';

export type Page = { readonly file: string; readonly text: string };

/** The generated part of docs/reference, and the types of the API for the dashboard, as they should be for the code that is there. */
export async function referencePages(): Promise<readonly Page[]> {
  const pages: readonly (readonly [string, string])[] = [
    ['claims', await claimsPage()],
    ['commands', await commandsPage()],
    ['config', configPage()],
    ['api-keys', apiKeysPage()],
    ['data-map', await dataMapPage()],
    ['frameworks', await frameworksPage()],
    ['permissions', permissionsPage()],
  ];
  return [
    ...pages.map(([name, text]) => ({ file: `docs/reference/${name}.md`, text: `${text}\n\n${notice}\n` })),
    { file: 'web/api/schema.gen.ts', text: apiTypes(await declaredRoutes()) },
  ];
}

const notice = '<!-- Made by node tools/reference.ts from the code. Changes made here are lost. -->';
