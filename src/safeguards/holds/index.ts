export { askHold, type HoldTarget } from './ask-hold.ts';
export { approveHold } from './approve-hold.ts';
export { countHolds, heldAmong, notHeldIn, type Held } from './held.ts';
export { holdKeeper } from './keeper.ts';
export { heldKinds, type HeldKind } from './kinds.ts';
export { liftHold } from './lift-hold.ts';
export { listHolds, readHold, type HoldView } from './read-holds.ts';
