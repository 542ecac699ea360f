export { briefingOf, loadAgent, saveAgent, type Agent } from './agent.ts';
export { runTool } from './run-tool.ts';
export { controlTools, type ToolCall } from './tool.ts';
export { toolList } from './tool-list.ts';
