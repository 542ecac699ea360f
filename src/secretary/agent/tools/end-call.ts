import { Type } from 'typebox';
import { strict } from '../inputs.ts';
import type { ControlTool } from '../tool.ts';

export default {
  describe: 'Ends the call after what was said has been spoken.',
  input: Type.Object({}, strict),
  control: true,
} satisfies ControlTool;
