export { mustDisclose, openingSentence, regionFor, regions } from './disclosure.ts';
export type { Region, Source } from './region.ts';
