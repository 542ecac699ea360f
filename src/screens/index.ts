export { screenRoutes } from './routes.ts';
export { builtScreens, type Screens } from './built.ts';
