import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type AnyRoute,
  type RouteComponent,
} from '@tanstack/react-router';
import { pageRoutes, type PageRoute } from '../routes.ts';
import { Broken } from './broken.tsx';
import { Layout } from './layout.tsx';
import { NotFound } from './not-found.tsx';
import { Permitted } from './permitted.tsx';

type PageModule = { readonly default: RouteComponent };

/** Each page is a file of its own, loaded when it is first shown. */
const pages = import.meta.glob<PageModule>('../pages/*/page.tsx');

/** The router over `pageRoutes`: who is not signed in sees only the pages for all. */
export function newRouter() {
  const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });
  const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: Layout });
  const forAll = pageRoutes.filter(({ may }) => may === 'all').map((page) => routeOf(page, root));
  const forMembers = pageRoutes.filter(({ may }) => may !== 'all').map((page) => routeOf(page, inside));
  return createRouter({
    routeTree: root.addChildren([...forAll, inside.addChildren(forMembers)]),
    defaultErrorComponent: Broken,
    defaultPreload: 'intent',
    scrollRestoration: true,
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const words = new URLSearchParams(search as Record<string, string>).toString();
      return words === '' ? '' : `?${words}`;
    },
  });
}

function routeOf({ path, page, may }: PageRoute, parent: AnyRoute): AnyRoute {
  const load = pages[`../pages/${page}/page.tsx`];
  if (!load) throw new Error(`web/pages/${page} has no page.tsx`);
  const Page = lazyRouteComponent(load);
  const component = may.includes(':')
    ? () => (
        <Permitted may={may}>
          <Page />
        </Permitted>
      )
    : Page;
  return createRoute({ getParentRoute: () => parent, path, component });
}
