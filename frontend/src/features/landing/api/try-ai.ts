import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/ai.gen";
import { ai } from "@/shared/api/clients";
import { inTime } from "@/shared/api/in-time";

type Schemas = components["schemas"];

/** What a visitor can have done with a few words. */
export type Tool = "search" | "tags" | "chat";

export type Tried =
  | { tool: "search"; text: string; hits: Schemas["HitOut"][] }
  | { tool: "tags"; tags: string[]; language: string; english: string | null }
  | { tool: "chat"; text: string; /** Whether it reached its greatest length. */ cut: boolean };

export interface Trying {
  tool: Tool;
  text: string;
  signal: AbortSignal;
  /** Told what a chat has said so far. */
  onSaid: (text: string) => void;
}

const PATIENCE = 60; // seconds: a model may have to be loaded first

const tools: Record<Tool, (trying: Trying) => Promise<Tried>> = {
  search: async ({ text, signal }) => {
    const body = { query: text.slice(0, 200) };
    const { items } = (await answer(ai.POST("/api/ai/trial/search", { body, signal }))).data;
    return { tool: "search", text, hits: items };
  },
  tags: async ({ text, signal }) => {
    const body = { text };
    const [tags, language] = await Promise.all([
      answer(ai.POST("/api/ai/trial/tags", { body, signal })),
      answer(ai.POST("/api/ai/trial/language", { body, signal })),
    ]);
    return {
      tool: "tags",
      tags: tags.data.items.map(({ tag }) => tag),
      language: language.data.languages[0]?.code ?? "und",
      english: language.data.english,
    };
  },
  chat: async ({ text, signal, onSaid }) => {
    // Loaded when it is first used: the landing page stays small.
    const { modelStream } = await import("@/shared/api/model-stream");
    const messages = [{ role: "user", content: text }];
    let said = "";
    let cut = false;
    for await (const piece of modelStream(
      "/api/ai/trial/chat",
      { messages, stream: true },
      signal,
    )) {
      said += piece.text ?? "";
      cut ||= piece.ended === "length";
      if (piece.text) onSaid(said);
    }
    return { tool: "chat", text: said, cut };
  },
};

export const tryAi = (trying: Trying): Promise<Tried> =>
  trying.tool === "chat"
    ? tools.chat(trying)
    : inTime(PATIENCE, trying.signal, (signal) => tools[trying.tool]({ ...trying, signal }));
