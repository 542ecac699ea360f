export { askProcessors, type Asked } from './ask-processors.ts';
export { areSettled, processorStates, type ErasureState, type ProcessorErasure, type Stay } from './states.ts';
