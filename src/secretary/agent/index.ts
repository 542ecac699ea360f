export { briefingOf, loadAgent, saveAgent, type Agent } from './agent.ts';
export { instructionsFor, promptFor, termsOf } from './instructions.ts';
export { keysIn, numbersIn } from './keys.ts';
export { runTool, toolsDone, type KeyedUse } from './run-tool.ts';
export { controlTools, optionalTools, type ToolCall } from './tool.ts';
export { toolList, type ToolListing } from './tool-list.ts';
