export { listMessages, type MessageView } from './list-messages.ts';
export { takeMessage } from './take-message.ts';
