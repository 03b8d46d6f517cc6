// node run.mjs CLIENT < calls.json > results.json
// The calls are a list of [name, base url, key, method, arguments...]; the results go by name.
import { text } from 'node:stream/consumers';

const { default: client } = await import(`./${process.argv[2]}.mjs`);
const results = {};
for (const [call, baseUrl, key, method, ...rest] of JSON.parse(await text(process.stdin))) {
  try {
    const { message, ...result } = await client(baseUrl, key)[method](...rest);
    results[call] = method === 'failure' ? { ...result, message } : result;
  } catch (error) {
    results[call] = { failed: `${error.name} ${error.status ?? error.statusCode ?? ''}: ${error.message}` };
  }
}
process.stdout.write(JSON.stringify(results));
