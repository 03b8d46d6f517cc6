import OpenAI from 'openai';
import { shape, shapes } from './shape.mjs';

const TOOLS = [{
  type: 'function',
  function: {
    name: 'weather',
    description: 'The weather in a city',
    parameters: { type: 'object', properties: { location: { type: 'string' } }, required: ['location'] },
  },
}];

export default function client(baseURL, apiKey = 'sk-test') {
  const openai = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
  const usage = it => ({
    prompt: it.prompt_tokens,
    completion: it.completion_tokens,
    reasoning: it.completion_tokens_details?.reasoning_tokens ?? 0,
  });
  const answer = (message, finish, used) => ({
    thinking: message.reasoning_content ?? '',
    text: message.content ?? '',
    calls: (message.tool_calls ?? []).map(it => ({ name: it.function.name, arguments: JSON.parse(it.function.arguments) })),
    finish,
    usage: usage(used),
  });

  async function whole(model, messages, tools) {
    const it = await openai.chat.completions.create({ model, messages, ...(tools && { tools: TOOLS }) });
    const { message, finish_reason } = it.choices[0];
    return { ...answer(message, finish_reason, it.usage), message, shape: shape(it) };
  }

  async function streamed(model, messages, tools) {
    const stream = await openai.chat.completions.create({
      model, messages, stream: true, stream_options: { include_usage: true }, ...(tools && { tools: TOOLS }),
    });
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    const message = { content: '', reasoning_content: '', tool_calls: [] };
    for (const { choices: [{ delta }] } of chunks) {
      message.content += delta.content ?? '';
      message.reasoning_content += delta.reasoning_content ?? '';
      for (const call of delta.tool_calls ?? []) {
        const known = (message.tool_calls[call.index] ??= { id: call.id, function: { name: '', arguments: '' } });
        known.function.name += call.function.name ?? '';
        known.function.arguments += call.function.arguments ?? '';
      }
    }
    const last = chunks.at(-1);
    return { ...answer(message, last.choices[0].finish_reason, last.usage), pieces: chunks.length, shape: shapes(chunks) };
  }

  const user = content => ({ role: 'user', content });
  return {
    whole: (model, question, tools) => whole(model, [user(question)], tools),
    streamed: (model, question, tools) => streamed(model, [user(question)], tools),
    async secondTurn(model, first, second) {
      const { message } = await whole(model, [user(first)]);
      return whole(model, [user(first), { role: 'assistant', content: message.content }, user(second)]);
    },
    async toolLoop(model, question) {
      const messages = [user(question)];
      const { message } = await whole(model, messages, true);
      messages.push(message, { role: 'tool', tool_call_id: message.tool_calls[0].id, content: '20 degrees' });
      return whole(model, messages, true);
    },
    async failure(model, question) {
      try {
        await whole(model, [user(question)]);
        return { status: 200 };
      } catch (error) {
        return { status: error.status, message: error.message };
      }
    },
  };
}
