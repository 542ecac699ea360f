import { keysInput } from '../keys.ts';
import type { ControlTool } from '../tool.ts';

export default {
  describe: 'Presses keys of the telephone, only when a machine on the other side of the call asks for them.',
  input: keysInput,
  control: true,
} satisfies ControlTool;
