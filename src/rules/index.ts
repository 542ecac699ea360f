export { mustDisclose, openingSentence, recordingSentence, regionFor, regions } from './disclosure.ts';
export type { Region, Source } from './region.ts';
