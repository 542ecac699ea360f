import { Type } from 'typebox';
import { strict } from '../inputs.ts';
import type { ControlTool } from '../tool.ts';

export default {
  describe: 'Puts the caller through to a person. A result comes only when nobody could be reached.',
  input: Type.Object({}, strict),
  control: true,
} satisfies ControlTool;
