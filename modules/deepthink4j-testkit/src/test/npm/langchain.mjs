import { ChatDeepSeek } from '@langchain/deepseek';
import { HumanMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { z } from 'zod';
import { shape, shapes } from './shape.mjs';

const weather = tool(async () => '20 degrees', {
  name: 'weather',
  description: 'The weather in a city',
  schema: z.object({ location: z.string() }),
});

export default function client(baseURL, apiKey = 'sk-test') {
  const chat = (model, tools) => {
    const it = new ChatDeepSeek({ model, apiKey, maxRetries: 0, configuration: { baseURL } });
    return tools ? it.bindTools([weather]) : it;
  };
  const answer = it => ({
    thinking: it.additional_kwargs.reasoning_content ?? '',
    text: it.content,
    calls: it.tool_calls.map(call => ({ name: call.name, arguments: call.args })),
    finish: it.response_metadata.finish_reason,
    usage: {
      prompt: it.usage_metadata?.input_tokens,
      completion: it.usage_metadata?.output_tokens,
      reasoning: it.usage_metadata?.output_token_details?.reasoning ?? 0,
    },
  });
  const parsed = it => shape({
    content: it.content, kwargs: it.additional_kwargs, metadata: it.response_metadata, usage: it.usage_metadata, calls: it.tool_calls,
  });

  return {
    async whole(model, question, tools) {
      const it = await chat(model, tools).invoke([new HumanMessage(question)]);
      return { ...answer(it), shape: parsed(it) };
    },
    async streamed(model, question, tools) {
      const chunks = [];
      for await (const chunk of await chat(model, tools).stream([new HumanMessage(question)])) chunks.push(chunk);
      const all = chunks.reduce((one, two) => one.concat(two));
      return { ...answer(all), pieces: chunks.length, shape: shapes(chunks.map(it => ({ content: it.content, kwargs: it.additional_kwargs }))) };
    },
    async secondTurn(model, first, second) {
      const messages = [new HumanMessage(first)];
      messages.push(await chat(model).invoke(messages), new HumanMessage(second));
      return answer(await chat(model).invoke(messages));
    },
    async toolLoop(model, question) {
      const messages = [new HumanMessage(question)];
      const call = await chat(model, true).invoke(messages);
      messages.push(call, new ToolMessage({ tool_call_id: call.tool_calls[0].id, content: '20 degrees' }));
      return answer(await chat(model, true).invoke(messages));
    },
    async failure(model, question) {
      try {
        await chat(model).invoke([new HumanMessage(question)]);
        return { status: 200 };
      } catch (error) {
        return { status: error.status, message: error.message };
      }
    },
  };
}
