// OpenAI's own client for JavaScript at the real door: node openai-client.mjs <address of /api/ai/v1> <key> <key of who has nothing left>
// Says as JSON what became of each thing; tests/journey/test_openai_clients.py compares.
import OpenAI, { APIError, AuthenticationError, NotFoundError, RateLimitError } from "openai";

const [baseURL, apiKey, usedUp] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey });
const messages = [{ role: "user", content: "Hola" }];

/** The words of a stream, up to `most` pieces. */
async function heard(model, most = Infinity) {
  const stream = await client.chat.completions.create({ model, messages, stream: true });
  let words = "";
  let pieces = 0;
  for await (const piece of stream) {
    words += piece.choices[0]?.delta.content ?? "";
    if (++pieces >= most) break;
  }
  return words;
}

/** What an attempt is refused with. */
async function refusal(attempt, kind) {
  try {
    await attempt();
  } catch (error) {
    return error instanceof kind
      ? { status: error.status ?? null, code: error.code }
      : String(error);
  }
  return "not refused";
}

const listed = [];
for await (const model of client.models.list()) listed.push(model.id);
const told = await client.chat.completions.create({ model: "steady", messages });
const { data } = await client.embeddings.create({
  model: "all-minilm-l6-v2",
  input: ["casa", "house"],
});
const poor = new OpenAI({ baseURL, apiKey: usedUp });
const stranger = new OpenAI({ baseURL, apiKey: "sk-wrong" });

console.log(
  JSON.stringify({
    listed: listed.includes("steady"),
    said: told.choices[0].message.content,
    tokens: told.usage.total_tokens,
    streamed: await heard("steady"),
    broken_off: await heard("wordy", 2),
    embedded: data.map((entry) => entry.embedding.length),
    stranger: await refusal(() => stranger.models.list(), AuthenticationError),
    unknown: await refusal(
      () => client.chat.completions.create({ model: "gpt-4o", messages }),
      NotFoundError,
    ),
    used_up: await refusal(
      () => poor.chat.completions.create({ model: "steady", messages }),
      RateLimitError,
    ),
    died: await refusal(() => heard("dies"), APIError),
  }),
);
