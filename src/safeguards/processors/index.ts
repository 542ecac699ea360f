export { askProcessors, type Asked } from './ask-processors.ts';
export { listProcessorErasures, type Wanted } from './list.ts';
export { processorEraser, type EraserCtx } from './eraser.ts';
export { areSettled, processorStates, type ErasureState, type ProcessorErasure, type Stay } from './states.ts';
export { processorWatch, type WatchCtx } from './watch.ts';
