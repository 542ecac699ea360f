export { agentMistakes, textMistakes } from './agent-mistakes.ts';
export { briefingOf, listAgents, loadAgent, saveAgent, type Agent } from './agent.ts';
export { modelMistakes } from './model-mistakes.ts';
export { instructionsFor, promptFor, termsOf } from './instructions.ts';
export { keysIn, numbersIn } from './keys.ts';
export { runTool, toolsDone, type KeyedUse } from './run-tool.ts';
export { controlTools, optionalTools, type ToolCall } from './tool.ts';
export { isTool, toolList, type ToolListing } from './tool-list.ts';
export { toolOverview, type ToolOverview } from './tool-overview.ts';
