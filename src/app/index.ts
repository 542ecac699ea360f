export { openApp, routesOf, type App, type AppSenses } from './app.ts';
export { idsFor, planFromFile, setUpBusiness, type BusinessPlan } from './business.ts';
export { demoNumber, demoZone, makeReadingKey, setUpDemo, type DemoSetUp } from './demo-business.ts';
export { certificateByHand, eraseByHand, type AskedByHand, type ErasedByHand } from './erasure/by-hand.ts';
export { firstStepsOf } from './entry/first-run.ts';
export { welcome } from './pages.ts';
export { openHub } from './events/hub.ts';
export { openSenses, type Senses } from './senses.ts';
