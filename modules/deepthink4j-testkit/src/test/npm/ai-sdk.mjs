import { createDeepSeek } from '@ai-sdk/deepseek';
import { generateText, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';
import { shape, shapes } from './shape.mjs';

export default function client(baseURL, apiKey = 'sk-test') {
  const deepseek = createDeepSeek({ baseURL, apiKey });
  const common = { maxRetries: 0 };
  const weather = execute =>
    tool({
      description: 'The weather in a city',
      inputSchema: z.object({ location: z.string() }),
      ...(execute && { execute: async () => '20 degrees' }),
    });
  const answer = (it, usage) => ({
    thinking: it.reasoningText ?? '',
    text: it.text,
    calls: it.toolCalls.map(call => ({ name: call.toolName, arguments: call.input })),
    finish: it.finishReason,
    usage: { prompt: usage.inputTokens, completion: usage.outputTokens, reasoning: usage.reasoningTokens ?? 0 },
  });

  return {
    async whole(model, prompt, tools) {
      const it = await generateText({ model: deepseek(model), prompt, ...common, ...(tools && { tools: { weather: weather() } }) });
      return {
        ...answer(it, it.usage),
        shape: shape({ content: it.content, usage: it.usage, providerMetadata: it.providerMetadata, body: it.response.body }),
      };
    },
    async streamed(model, prompt, tools) {
      const it = streamText({
        model: deepseek(model), prompt, ...common, includeRawChunks: true, ...(tools && { tools: { weather: weather() } }),
      });
      const parts = [];
      for await (const part of it.fullStream) parts.push(part);
      const error = parts.find(part => part.type === 'error');
      if (error) throw error.error;
      const all = { reasoningText: await it.reasoningText, text: await it.text, toolCalls: await it.toolCalls, finishReason: await it.finishReason };
      return {
        ...answer(all, await it.usage),
        pieces: parts.filter(part => part.type.endsWith('-delta')).length,
        // Apart, since how many chunks lie between two parts differs from answer to answer.
        shape: {
          chunks: shapes(parts.filter(part => part.type === 'raw').map(part => part.rawValue)),
          parts: shapes(parts.filter(part => part.type !== 'raw').map(part => ({ [part.type]: '' }))),
        },
      };
    },
    async secondTurn(model, first, second) {
      const messages = [{ role: 'user', content: first }];
      const one = await generateText({ model: deepseek(model), messages, ...common });
      messages.push(...one.response.messages, { role: 'user', content: second });
      const two = await generateText({ model: deepseek(model), messages, ...common });
      return answer(two, two.usage);
    },
    async toolLoop(model, prompt) {
      const it = await generateText({
        model: deepseek(model), prompt, ...common, tools: { weather: weather(true) }, stopWhen: stepCountIs(3),
      });
      return answer(it, it.usage);
    },
    async failure(model, prompt) {
      try {
        await generateText({ model: deepseek(model), prompt, ...common });
        return { status: 200 };
      } catch (error) {
        return { status: error.statusCode, message: error.message };
      }
    },
  };
}
