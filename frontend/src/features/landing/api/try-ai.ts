import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/ai.gen";
import { ai } from "@/shared/api/clients";

type Schemas = components["schemas"];

/** What a visitor can have done with a few words. */
export type Tool = "search" | "tags" | "chat";

export type Tried =
  | { tool: "search"; hits: Schemas["HitOut"][] }
  | { tool: "tags"; tags: string[]; language: string; english: string | null }
  | { tool: "chat"; text: string };

const tools: Record<Tool, (text: string) => Promise<Tried>> = {
  search: async (text) => {
    const body = { query: text.slice(0, 200) };
    const { items } = (await answer(ai.POST("/api/ai/trial/search", { body }))).data;
    return { tool: "search", hits: items };
  },
  tags: async (text) => {
    const body = { text };
    const [tags, language] = await Promise.all([
      answer(ai.POST("/api/ai/trial/tags", { body })),
      answer(ai.POST("/api/ai/trial/language", { body })),
    ]);
    return {
      tool: "tags",
      tags: tags.data.items.map(({ tag }) => tag),
      language: language.data.languages[0]?.code ?? "und",
      english: language.data.english,
    };
  },
  chat: async (text) => {
    const messages = [{ role: "user", content: text }];
    const body = { messages, stream: false };
    const { choices } = (await answer(ai.POST("/api/ai/trial/chat", { body }))).data;
    const content = choices[0]?.message.content;
    return { tool: "chat", text: typeof content === "string" ? content : "" };
  },
};

export const tryAi = ({ tool, text }: { tool: Tool; text: string }): Promise<Tried> =>
  tools[tool](text);
