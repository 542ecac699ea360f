export {
  mustDisclose,
  openingLanguages,
  openingParts,
  openingSentence,
  recordingSentence,
  regionFor,
  regions,
  type OpeningPart,
} from './disclosure.ts';
export type { Region, Source } from './region.ts';
