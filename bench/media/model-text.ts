import type { IncomingMessage, ServerResponse } from 'node:http';

/** What the stand-in says came of a call, when it is asked over the Responses API after the hang-up. */
const debrief = {
  summary: 'The caller said the same things again and again, and heard all of them.',
  language: 'en',
  ending: 'nothing-needed',
  isLead: false,
  name: null,
  callback: null,
  reason: null,
  appointmentAt: null,
  urgent: null,
};

/** `POST /v1/responses`, for any question: always the same answer, complete and unstored. */
export function answerQuestion(request: IncomingMessage, answer: ServerResponse): void {
  request.resume();
  request.on('end', () => {
    const content = [{ type: 'output_text', text: JSON.stringify(debrief), annotations: [] }];
    const message = { id: 'msg_bench', type: 'message', status: 'completed', role: 'assistant', content };
    const usage = { input_tokens: 200, output_tokens: 50, total_tokens: 250 };
    const response = { id: 'resp_bench', object: 'response', status: 'completed', output: [message], usage };
    answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(response));
  });
}
