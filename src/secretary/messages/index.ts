export { messagesAmong } from './messages-among.ts';
export { listMessages, type MessageFilter, type MessageView } from './list-messages.ts';
export { messagesWaiting, numberOfMessage, seeToMessage } from './see-to-message.ts';
export { takeMessage } from './take-message.ts';
